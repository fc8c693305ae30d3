"""L404: a norm that binds one side, and no such norm binds the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.questions import acts, bearers, listed, norms, parties
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


@dataclass(frozen=True, slots=True)
class _Bound:
    """A norm with what makes it like another: same kind, phases and class of place, one act."""

    norm: Block
    acts: frozenset[str]
    bearers: frozenset[str]
    like: tuple[object, ...]

    def mirrors(self, other: _Bound, side: str) -> bool:
        """Say whether this norm binds the side to what the other binds its own bearers."""
        return (
            self.norm.id != other.norm.id and side in self.bearers and bool(self.acts & other.acts)
        )


def _find(deal: DealText) -> Iterator[Hit]:
    sides = frozenset(parties(deal))
    every = _bound(deal)
    alike: dict[tuple[object, ...], list[_Bound]] = {}
    for one in every:
        alike.setdefault(one.like, []).append(one)
    mirrored = {m for one in every for m in one.norm.words("mirror of")}
    for one in every:
        bound = one.bearers & sides
        if not bound or bound == sides or one.norm.has("mirror of") or one.norm.id in mirrored:
            continue
        others = alike[one.like]
        free = sorted(s for s in sides - bound if not any(o.mirrors(one, s) for o in others))
        if free:
            said = f"binds {listed(sorted(bound))}; no such norm binds {listed(free)}"
            yield at_block(one.norm, said)


def _bound(deal: DealText) -> list[_Bound]:
    blocks = {b.id: b for b in reversed(deal.blocks)}  # the first of an id counts
    return [
        _Bound(
            n,
            frozenset(a.name for a in acts(n)),
            frozenset(bearers(deal, n)),
            (n.kind, frozenset(n.words("during")), _place(n, blocks)),
        )
        for n in norms(deal)
    ]


def _place(norm: Block, blocks: dict[str, Block]) -> frozenset[str]:
    found = [(w, blocks.get(w)) for w in norm.words("where")]
    return frozenset(w if b is None else f"{b.kind} {b.word('is')}" for w, b in found)


RULE = Rule(
    code="L404",
    title="A norm is one-sided",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("D01", "E02"),
    what="A norm binds some of the parties, and no norm of the same act, class of place and "
    "phase binds the others; `mirror of` says that two norms answer each other.",
    why="paragraphs 1 and 2 of the terms of 2016 are mirrors; the text of September gives one"
    " side metres and the other only similar distances, and each waited",
    help="mirror of: <norm>, or say in the text that it is meant",
    find=_find,
    bad=miniature(
        """
duty leave-bank "Leaves the river bank"
    on: a
    must: withdraw
    within: 48 hours
""",
        prose="Side A leaves the river bank within 48 hours.",
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
    within: 48 hours
    mirror of: leave-bank
""",
        prose="Side A leaves the river bank, side B leaves the hill, both within 48 hours.",
    ),
)
