"""L901: duties, phases or gates that wait for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import bearers, calls, names_in
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Items
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

_WAITS = ("done", "open", "opened", "in-force", "start", "end", "kept")
_TIME_KEYS = ("when", "starts", "deadline", "opens when", "at")


def _find(deal: DealText) -> Iterator[Hit]:
    waits = _graph(deal)
    for block in deal.of_kind("duty", "gate", "phase"):
        circle = _way_back(block.id, waits)
        if circle:
            yield at_block(block, f"waits in a circle: {' -> '.join(circle)}")


def _graph(deal: DealText) -> dict[str, set[str]]:
    """Return what each duty, gate and phase waits for.

    "Together with" makes both wait when their bearers are not the same: each may wait for the other
    to begin. A phase that no `power` and no date starts is reached through its gate's `leads to`.
    """
    blocks = {b.id: b for b in deal.of_kind("duty", "gate", "phase")}
    waits = {i: _waited_for(b) & set(blocks) for i, b in blocks.items()}
    for block in blocks.values():
        for other in block.words("together with"):
            if other in blocks and not _same_hand(deal, block, blocks[other]):
                waits[block.id].add(other)
                waits[other].add(block.id)
    return waits


def _waited_for(block: Block) -> set[str]:
    found = [c for key in _TIME_KEYS for c in calls(block.get(key), *_WAITS)]
    named = [names_in(Items((c.plain()[0],))) for c in found if c.plain()]
    return set(block.words("after")).union(*named)


def _same_hand(deal: DealText, one: Block, two: Block) -> bool:
    bound = bearers(deal, one)
    return len(bound) == 1 and bound == bearers(deal, two)


def _way_back(start: str, waits: dict[str, set[str]]) -> list[str]:
    """Return the shortest circle through a block, the first by id among equals; empty if none."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for after in sorted(waits[way[-1]]):
            if after == start:
                return [*way, start]
            if after not in seen:
                seen.add(after)
                ways.append([*way, after])
    return []


RULE = Rule(
    code="L901",
    title="Duties, phases or gates wait for each other",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("B09",),
    what="There is a circle of `after`, `together with`, triggers, starts or gates. "
    "Simultaneous duties of different bearers are a circle: each bearer may wait for the "
    "other. A plain search for circles; which of them can really be reached is "
    "explored by the exact form (`--prove`).",
    why="Castello Road 2016: the checkpoints were never set up, each withdrawal waited for "
    "the other",
    help="after: <duty>  in one direction, or a third party that starts it",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
duty leave-bank "Leaves the river bank"
    on: a
    must: withdraw
    together with: leave-hill
    within: 48 hours

duty leave-hill "Leaves the hill"
    on: b
    must: withdraw
    within: 48 hours
""",
        prose="Both leave within 48 hours, at the same time.",
    ),
    good=miniature(
        """
duty leave-bank "Leaves the river bank"
    on: a
    must: withdraw
    within: 48 hours

duty leave-hill "Leaves the hill"
    on: b
    must: withdraw
    after: leave-bank
    within: 48 hours
""",
        prose="First the bank is left within 48 hours, then the hill within 48 hours.",
    ),
)
