"""Dated or D-relative steps; each row is an instance of a duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.clause import (
    CHECKERS,
    PLACES,
    PLACES_BUILT_IN,
    UNDEFINED,
    WHO,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)
from tregua.agreement.reading.fault import Fault
from tregua.agreement.value import Item, Items, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, Entry
    from tregua.agreement.clause import Scope

KEYS = (
    Key("origin", ValueType.TIME, UNDEFINED),
    Key("row", ValueType.ROW, required=True, repeats=True),
    Key("checked by", ValueType.NAMES, UNDEFINED, kinds=CHECKERS, also=WHO_BUILT_IN),
)

EXAMPLE = """\
schedule hand-over "Districts handed over"
    row: 2020-11-15, armenia, hand-over, undefined, kalbajar
    row: 2020-12-01, armenia, hand-over, undefined, lachin
"""

CELLS = ("when", "who", "act", "amount", "where")


def _check(block: Block, scope: Scope) -> Iterator[tuple[Entry | None, Fault]]:
    """Hold every row against its five cells; ``undefined`` may stand in each."""
    for entry in block.every("row"):
        items = entry.value.items if isinstance(entry.value, Items) else ()
        if len(items) != len(CELLS):
            said = f"this row has {len(items)} cells, a schedule has {len(CELLS)}"
            yield entry, Fault("D006", said, help=f"row: {', '.join(CELLS)}")
            continue
        for name, item in zip(CELLS, items, strict=True):
            if item.word != "undefined":
                for fault in _cell(name, item, scope):
                    yield entry, fault


def _cell(name: str, item: Item, scope: Scope) -> Iterator[Fault]:
    if name == "when":
        yield from scope.time_faults(item)
    elif name == "who":
        yield from scope.name_faults(item, WHO, WHO_BUILT_IN)
    elif name == "where":
        yield from scope.name_faults(item, PLACES, PLACES_BUILT_IN)
    elif name == "act" and not (isinstance(item.only, Word) and scope.is_act(item.word)):
        said = f"{item.word or 'this'} is not a kind of act"
        yield Fault("D012", said, item.atoms[0].cut, help="write one such as  hand-over")


SCHEDULE = ClauseKind(
    kind="schedule",
    what="Steps with their dates, each owed by someone.",
    keys=KEYS,
    violated="By a step that is not done by its date.",
    evidence="Reports and certificates for each step.",
    example=EXAMPLE,
    check=_check,
)
