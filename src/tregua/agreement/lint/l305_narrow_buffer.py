"""L305: a buffer that is narrower than the range of the weapon it separates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed, walk
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Amount, Item, Items
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit
    from tregua.agreement.value import Value

_METRES = {"m": 1, "km": 1000}


def _find(deal: DealText) -> Iterator[Hit]:
    for table in deal.of_kind("weapons"):
        near = [name for name, reach, back in _rows(table) if back is not None and reach > back]
        if near:
            yield at_block(table, f"moved back less than its range: {listed(near)}")
    reach = max((r for t in deal.of_kind("weapons") for _, r, _ in _rows(t)), default=0)
    for ring in deal.of_kind("ring"):
        back = _length(ring.get("distance"))
        if "heavy-weapons" in ring.words("kept free of") and back is not None and back < reach:
            yield at_block(ring, "shorter than the longest range in the tables", key="distance")


def _rows(table: Block) -> list[tuple[str, int, int | None]]:
    columns, found = table.words("columns"), []
    for entry in table.every("row"):
        items = entry.value.items if isinstance(entry.value, Items) else ()
        cells = dict(zip(columns, items, strict=False))
        reach = _cell(cells.get("range"))
        if reach is not None and "class" in cells:
            back = _cell(cells.get("distance") or cells.get("width"))
            found.append((cells["class"].word, reach, back))
    return found


def _cell(item: Item | None) -> int | None:
    return None if item is None else _length(Items((item,)))


def _length(value: Value | None) -> int | None:
    lengths = [a for a in walk(value) if isinstance(a, Amount) and a.unit in _METRES]
    return int(lengths[0].value * _METRES[lengths[0].unit]) if len(lengths) == 1 else None


RULE = Rule(
    code="L305",
    title="A buffer is narrower than the range of the weapon it separates",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    catalogue=("C05",),
    what="A row of a weapons table has a distance shorter than its range, or a ring kept free "
    "of heavy weapons is shorter than the longest range in the tables.",
    why="the memorandum of 2014 gives a general 15 km beside a distance by greatest range per"
    " weapon",
    help="check `distance` against `range`",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
weapons classes "Distances"
    columns: class, family, range, distance
    row: field-tube, gun, 18 km, 9 km
    rest: 20 km
""",
        prose="Guns that reach 18 km move 9 km back, all others 20 km.",
    ),
    good=miniature(
        """
weapons classes "Distances"
    columns: class, family, range, distance
    row: field-tube, gun, 18 km, 20 km
    rest: 20 km
""",
        prose="Guns that reach 18 km move 20 km back, as all others.",
    ),
)
