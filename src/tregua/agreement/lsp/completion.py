"""What may stand at the cursor: kinds of block, keys of the kind, and values of the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.clause import COMMON
from tregua.agreement.clauses import KINDS
from tregua.agreement.lsp.choice import Choice, Sort
from tregua.agreement.lsp.cursor import Part, cursor_at
from tregua.agreement.lsp.explain_key import in_short
from tregua.agreement.lsp.known import known_in
from tregua.agreement.lsp.position import Place, Stretch
from tregua.agreement.lsp.value_choices import choices_for
from tregua.agreement.reading.header import HEADER

if TYPE_CHECKING:
    from tregua.agreement.clause import ClauseKind, Key
    from tregua.agreement.lsp.cursor import Cursor
    from tregua.agreement.lsp.document import Document


def complete(document: Document, place: Place) -> tuple[Stretch, tuple[Choice, ...]]:
    """Return what may be written at the cursor, and the stretch that a choice replaces.

    The choices are in the order in which they should be shown: what fits best stands first.
    """
    cursor = cursor_at(document, place)
    start = Place(place.line, min(max(0, cursor.start), place.column))
    replaced = Stretch(start, place)
    match cursor.part:
        case Part.HEAD:
            return replaced, tuple(_kind(kind) for kind in KINDS)
        case Part.KEY:
            return replaced, _keys(cursor)
        case Part.VALUE:
            return replaced, choices_for(cursor, known_in(document.deal), document.deal)
    return replaced, ()


def _kind(kind: ClauseKind) -> Choice:
    """Return a kind as a block to be filled in, with the keys that it needs."""
    lines = [f'{kind.kind} ${{1:id}} "${{2:Title}}"']
    needed = [key for key in kind.keys if key.required]
    lines += [f"    {key.name}: {_gap(at, key)}" for at, key in enumerate(needed, start=3)]
    body = "\n".join([*lines, "$0"]) if needed else f"{lines[0]}\n    $0"
    return Choice(kind.kind, Sort.KIND, kind.what, f"{kind.kind} ", body)


def _gap(number: int, key: Key) -> str:
    """Return a place to fill in; of a closed list the words to choose from."""
    if key.words:
        return f"${{{number}|{','.join(key.words)}|}}"
    return f"${{{number}}}"


def _keys(cursor: Cursor) -> tuple[Choice, ...]:
    """Return the keys that the block may still have, its own before those of every block."""
    kind = cursor.kind
    assert kind is not None
    common = () if kind is HEADER else COMMON
    return tuple(
        Choice(key.name, Sort.KEY, in_short(key), f"{key.name}: ")
        for key in (*kind.keys, *common)
        if key.repeats or key.name not in cursor.held
    )
