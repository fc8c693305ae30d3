"""Two tallies side by side, what they cannot say, and the incidents behind each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Num, Para, Points, Table, Text, words
from tregua.bulletin.section import count, name_of
from tregua.centre import tallies_of
from tregua.terms.time import show_when

if TYPE_CHECKING:
    from tregua.attribution.tallies import Bound, ClaimRow, ConditionalBounds, ItemCell, Tallies
    from tregua.bulletin.blocks import Block, Line
    from tregua.centre import Picture

NAME = "tallies"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose every pair of camps of which at least one published a count or tells of incidents."""
    blocks: list[Block] = [Heading("Two tallies side by side", "tallies")]
    for tallies in tallies_of(picture):
        blocks += blocks_of(tallies, picture)
    if len(blocks) == 1:
        blocks.append(Para(words("Nobody is recorded as having published a count.")))
    return tuple(blocks)


def blocks_of(tallies: Tallies, picture: Picture) -> tuple[Block, ...]:
    """Compose one pair of camps."""
    a, b = (_camp(c, picture) for c in (tallies.camp_a, tallies.camp_b))
    if not tallies.claims_a and not tallies.claims_b and not tallies.incidents:
        return ()
    return (
        Para((Text(f"A = {a}; B = {b}."),), strong=True),
        Para(
            (
                Text(
                    tallies.warning.partition(" (")[0].rstrip(".")
                    + ("." if not tallies.why_not else ", because:")
                ),
            ),
            strong=True,
        ),
        *((Points(tuple(words(w) for w in tallies.why_not)),) if tallies.why_not else ()),
        *_bounds(tallies.bounds),
        *_other_bounds(tallies),
        _claims(tallies),
        _cells(tallies),
    )


def _camp(camp: tuple[str, ...], picture: Picture) -> str:
    return " with ".join(name_of(picture.agreement, one) for one in camp)


def _bounds(bounds: ConditionalBounds | None) -> tuple[Block, ...]:
    if bounds is None:
        return (
            Para(
                words("One of the two published no count for this time: nothing to lay beside it.")
            ),
        )
    head = (
        "accused",
        f"A: {bounds.claimant_a}",
        f"B: {bounds.claimant_b}",
        "both",
        "contradict",
        "only A",
        "only B",
    )
    rows = [
        (
            words(", ".join(r.accused) or "nobody named"),
            (Num("not stated" if r.a is None else str(r.a), "as claimed by A", r.records),),
            (Num("not stated" if r.b is None else str(r.b), "as claimed by B", r.records),),
            _bound(r.both, "both", r.records),
            words(""),
            _bound(r.only_a, "only A", r.records),
            _bound(r.only_b, "only B", r.records),
        )
        for r in bounds.rows
    ]
    total = (
        words("all accused"),
        (Num(str(bounds.total_a), "sum of A's numbers", bounds.records),),
        (Num(str(bounds.total_b), "sum of B's numbers", bounds.records),),
        _bound(bounds.both, "both", bounds.records),
        _bound(bounds.contradict, "contradict", bounds.records),
        _bound(bounds.only_a, "only A", bounds.records),
        _bound(bounds.only_b, "only B", bounds.records),
    )
    caption = f"Bounds, and only {bounds.condition}"
    return (Table(head, (*rows, total), caption=caption, total=True),)


def _other_bounds(tallies: Tallies) -> tuple[Block, ...]:
    if not tallies.other_bounds:
        return ()
    rows = tuple(_pair(b) for b in tallies.other_bounds)
    head = ("A", "B", "both", "contradict", "only A", "only B")
    return (
        Table(
            head,
            rows,
            caption=f"Other pairs of claimants, again only {tallies.other_bounds[0].condition}",
        ),
    )


def _pair(bounds: ConditionalBounds) -> tuple[Line, ...]:
    rule = f"{bounds.claimant_a} beside {bounds.claimant_b}"
    return (
        (
            Text(f"{bounds.claimant_a}: "),
            Num(str(bounds.total_a), f"A's number, {rule}", bounds.records),
        ),
        (
            Text(f"{bounds.claimant_b}: "),
            Num(str(bounds.total_b), f"B's number, {rule}", bounds.records),
        ),
        _bound(bounds.both, "both", bounds.records),
        _bound(bounds.contradict, "contradict", bounds.records),
        _bound(bounds.only_a, "only A", bounds.records),
        _bound(bounds.only_b, "only B", bounds.records),
    )


def _bound(bound: Bound, cell: str, records: tuple[str, ...]) -> Line:
    return (
        Num(
            str(bound),
            f"bounds of incidents in the cell {cell}, under the condition named",
            records,
        ),
    )


def _claims(tallies: Tallies) -> Table:
    rows = [_claim("A", r) for r in tallies.claims_a] + [_claim("B", r) for r in tallies.claims_b]
    head = ("camp", "who counts", "number", "unit", "accused", "time", "the claim itself")
    return Table(head, tuple(rows), caption="Every number that was published, as claimed")


def _claim(camp: str, row: ClaimRow) -> tuple[Line, ...]:
    doubts = [row.parts_say] if row.parts_say else []
    doubts += [f"another number for the same time: {', '.join(row.others)}"] if row.others else []
    doubts += [] if row.in_window else ["reaches beyond the time of the deal"]
    doubts += ["cumulative"] if row.cumulative else []
    doubts += [] if row.unit_is_defined else ["unit not defined"]
    return (
        words(camp),
        words(row.office),
        (Num(str(row.number), f"as claimed by {row.office}", (row.record,)),),
        words(row.unit),
        words(" and ".join(row.accused) or "nobody"),
        words(show_when(row.when)),
        words("; ".join(doubts)),
    )


def _cells(tallies: Tallies) -> Table:
    rows = [_cell(c) for c in tallies.cells]
    records = tuple(sorted({r for c in tallies.cells for r in c.records}))
    total = (
        words("all"),
        words("every incident stands in exactly one cell"),
        (
            count(
                records,
                "incidents in the time of the deal",
                value=tallies.incidents,
                searched="all incidents",
            ),
        ),
    )
    head = ("cell", "meaning", "incidents")
    caption = "Single incidents: which camp tells of them, and whom it accuses"
    return Table(head, (*rows, total), caption=caption, total=True)


def _cell(cell: ItemCell) -> tuple[Line, ...]:
    number = count(
        cell.records,
        f"incidents {cell.says}",
        value=cell.number,
        searched="all incidents of the time",
    )
    return (words(str(cell.cell)), words(cell.says), (number,))
