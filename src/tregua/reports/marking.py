"""Who may see a row and each field of it: the columns ``rel`` and ``rel.FIELD`` of our own table.

An empty cell means the marking given for the whole file. A field is never marked wider than its
record, and a name that is no field is refused: a slip of the pen must not open what it should hide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.reports.to_entry import KINDS
from tregua.reports.to_fields import NAMES
from tregua.terms.cell import SIZES
from tregua.terms.marking import meet

if TYPE_CHECKING:
    from tregua.reports.reader import Row

COLUMN = "rel"
_PREFIX = "rel."
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")
_OTHERS = ("record", "note", "kept", "row", *(f"where.{size}" for size in SIZES))
FIELDS = frozenset(_OTHERS) | {NAMES.get(f.name, f.name) for _, cls in KINDS for f in fields(cls)}


@dataclass(frozen=True, slots=True)
class Marking:
    """Audiences of a record, and of those of its fields that are marked narrower."""

    rel: tuple[str, ...]
    narrower: tuple[tuple[str, tuple[str, ...]], ...] = ()


def is_marking(column: str) -> bool:
    """Say whether a column marks who may see."""
    return column == COLUMN or column.startswith(_PREFIX)


def labels(text: str, *, where: str) -> tuple[str, ...]:
    """Read audiences from a text like ``A,B``; sorted, each once; none of an empty text.

    Raises:
        WrongUse: one is no label.
    """
    found = tuple(sorted({word for word in re.split(r"[,;\s]+", text.strip()) if word}))
    wrong = [label for label in found if not _LABEL.fullmatch(label)]
    if wrong:
        raise WrongUse(
            f"{where}: {wrong[0]!r} is no audience", help="letters, digits and -, like A,B,MON"
        )
    return found


def marking_of(row: Row, given: tuple[str, ...]) -> Marking:
    """Return who may see a row.

    Raises:
        WrongUse: nobody could see it, a field is marked wider than the row, or it is no field.
    """
    where = f"row {row.number}"
    cells = [(name, text) for name, text in row.raw if is_marking(name) and text.strip()]
    own = {name: labels(text, where=f"{where}, `{name}`") for name, text in cells}
    rel = own.pop(COLUMN, given)
    if not rel:
        raise WrongUse(f"{where} is marked for nobody", help="fill its cell `rel`, or give --rel")
    narrower = {name.removeprefix(_PREFIX): wanted for name, wanted in own.items()}
    for name, wanted in sorted(narrower.items()):
        if name not in FIELDS:
            known = ", ".join(sorted(FIELDS))
            raise WrongUse(f"{where}: a record has no field {name!r} to mark", help=known)
        if not set(wanted) <= set(rel):
            said = f"{where}: the field {name!r} is marked wider than its record"
            raise WrongUse(said, help=f"the record is for {', '.join(rel)}")
    return Marking(rel, tuple(sorted(narrower.items())))


def fingerprint_marking(marking: Marking) -> tuple[str, ...]:
    """Return who may see the digest of the row as it stood: those who may see all of it.

    The digest has no salt, so whoever holds it can try out what the hidden cells may say.
    """
    return meet([marking.rel, *(rel for _, rel in marking.narrower)])
