"""Give a thing another name, everywhere at once.

1. Ids are compared whole; prose, titles and quoted words are never touched.
2. A name that is malformed, taken, or a word of the language itself is refused.
3. While a part of the file cannot be read, the old name may stand there unseen, and nothing is
   renamed.
4. A clause keeps its label: it is the number in the agreement, and not ours to change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.acts import BUILT_IN as BUILT_IN_ACTS
from tregua.agreement.clause import BUILT_IN
from tregua.agreement.lsp.edit import Edit
from tregua.agreement.lsp.known import known_in
from tregua.agreement.lsp.position import stretch_of
from tregua.agreement.lsp.references import same_thing, use_at
from tregua.agreement.lsp.walk import Role
from tregua.agreement.reading.conditions import ACT_ARGUMENTS

if TYPE_CHECKING:
    from tregua.agreement.lsp.document import Document
    from tregua.agreement.lsp.position import Place, Stretch
    from tregua.agreement.lsp.uses import Use

_ID = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]|[a-z]")
_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
# Small words with which steps and scenarios are written.
_SMALL = ("by", "to", "in", "on", "of", "at", "p", "per", "within", "else", "against", "because",
          "declared")  # fmt: skip
_WORDS = frozenset({"undefined", "none", *_SMALL, *BUILT_IN, *ACT_ARGUMENTS["of"].also})
_UNREAD = (
    "D001",
    "D003",
    "D005",
    "D008",
    "D010",
    "D013",
    "D016",
)  # a line or block was passed over
_SPOILT = ("D002", "D006", "D012", "D014")  # a value was perhaps passed over


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not renamed, in one sentence for a person."""

    why: str


def renamable(document: Document, place: Place) -> Stretch | Refusal:
    """Return the name under the cursor when it can be renamed, else why it cannot."""
    use = use_at(document, place)
    if use is None:
        return Refusal("no name that this deal declares stands here")
    refusal = _not_ours(document, use) or _unseen(document, use.thing.name)
    return refusal or stretch_of(use.spot)


def rename(document: Document, place: Place, new: str) -> tuple[Edit, ...] | Refusal:
    """Return the edits that rename the thing under the cursor, or why it is not renamed."""
    asked = renamable(document, place)
    if isinstance(asked, Refusal):
        return asked
    use = use_at(document, place)
    assert use is not None
    if refusal := _malformed(use, new) or _taken(document, use, new):
        return refusal
    return tuple(Edit(stretch_of(u.spot), new) for u in same_thing(document, use))


def _not_ours(document: Document, use: Use) -> Refusal | None:
    if use.thing.role is Role.CLAUSE:
        return Refusal("a clause keeps the label that it has in the agreement")
    if not any(u.declares for u in same_thing(document, use)):
        return Refusal(f"{use.thing.name} is not declared in this deal")
    return None


def _unseen(document: Document, name: str) -> Refusal | None:
    whole = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    for note in document.reading.notes:
        if note.code in _UNREAD or (note.code in _SPOILT and whole.search(note.spot.text)):
            why = f"line {note.spot.line} cannot be read, and {name} may stand there; repair it"
            return Refusal(f"{why} first ({note.code})")
    return None


def _malformed(use: Use, new: str) -> Refusal | None:
    form = _ID if use.thing.role in (Role.BLOCK, Role.ACT) else _NAME
    if not form.fullmatch(new):
        letters = "a-z, 0-9 and hyphens" if form is _ID else "letters, digits and hyphens"
        return Refusal(f"{new or 'nothing'} cannot be a name; write {letters}, a letter first")
    return None


def _taken(document: Document, use: Use, new: str) -> Refusal | None:
    if new == use.thing.name:
        return None
    known, role = known_in(document.deal), use.thing.role
    if new in _WORDS or (role is Role.ACT and new in BUILT_IN_ACTS):
        return Refusal(f"{new} is a word of the language itself")
    held = {
        Role.BLOCK: known.blocks,
        Role.MOMENT: known.moments,
        Role.ACT: known.acts,
        Role.WEAPON_CLASS: known.classes,
    }
    if new in held.get(role, ()):
        return Refusal(f"{new} is taken already: it names another {role} of this deal")
    return None
