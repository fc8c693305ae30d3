"""A table of weapon classes and distances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.clause import (
    UNDEFINED,
    ClauseKind,
    Key,
    ValueType,
)
from tregua.agreement.reading.conditions import FAMILIES
from tregua.agreement.reading.fault import Fault
from tregua.agreement.value import Amount, AmountRange, Items, Text, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, Entry
    from tregua.agreement.clause import Scope
    from tregua.agreement.value import Item

KEYS = (
    Key(
        "columns",
        ValueType.WORDS,
        required=True,
        words=("class", "family", "calibre", "models", "range", "distance", "width"),
    ),
    Key("row", ValueType.ROW, required=True, repeats=True),
    Key("rest", ValueType.LENGTH, UNDEFINED),
    Key("scope", ValueType.TEXT, UNDEFINED),
)

EXAMPLE = """\
weapons two-classes "Distances"
    columns: class, family, calibre, distance
    row: light-mortar, mortar, 82 mm, 4 km
    row: field-gun, gun, 100 mm, 9 km
    rest: 15 km
"""

LENGTHS = ("calibre", "range", "distance", "width")
UNITS = ("mm", "m", "km")


def _check(block: Block, _: Scope) -> Iterator[tuple[Entry | None, Fault]]:
    """Hold every row against the columns."""
    columns = block.words("columns")
    for entry in block.every("row") if columns else ():
        items = entry.value.items if isinstance(entry.value, Items) else ()
        if len(items) != len(columns):
            said = f"this row has {len(items)} cells, the table has {len(columns)} columns"
            yield entry, Fault("D006", said, help=f"row: {', '.join(columns)}")
            continue
        for column, item in zip(columns, items, strict=True):
            if item.word != "undefined" and (fault := _cell(column, item)):
                yield entry, fault


def _cell(column: str, item: Item) -> Fault | None:
    only = item.only
    cut = (item.atoms[0].cut[0], item.atoms[-1].cut[1])
    if column == "family" and item.word not in FAMILIES:
        help_ = f"one of: {', '.join(FAMILIES)}"
        return Fault("D006", f"{item.word or 'this'} is not a family of weapons", cut, help_)
    if column == "class" and not isinstance(only, Word):
        return Fault("D006", "a class of weapons is named by one word", cut, "write light-mortar")
    if column == "models" and not isinstance(only, Text):
        return Fault("D006", "models stand in quotation marks", cut, '"MT-12"')
    if column in LENGTHS and not (
        (isinstance(only, Amount) and only.unit in UNITS)
        or (isinstance(only, AmountRange) and only.low.unit in UNITS)
    ):
        unit = len(item.atoms) > 1 and isinstance(item.atoms[1], Word)
        return Fault("D012" if unit else "D006", "a length is expected here", cut, "write 9 km")
    return None


WEAPONS = ClauseKind(
    kind="weapons",
    what="A table of weapon classes with what holds for each.",
    keys=KEYS,
    violated="Cannot be violated itself; rings and duties measure by it.",
    evidence="Positions by class of weapon.",
    example=EXAMPLE,
    check=_check,
)
