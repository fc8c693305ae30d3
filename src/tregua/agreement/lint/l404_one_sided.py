"""L404: a norm that binds one side, and no such norm binds the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import acts, bearers, listed, norms, parties
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    sides = frozenset(parties(deal))
    mirrored = {m for n in norms(deal) for m in n.words("mirror of")}
    for norm in norms(deal):
        bound = bearers(deal, norm) & sides
        if not bound or bound == sides or norm.has("mirror of") or norm.id in mirrored:
            continue
        free = sorted(s for s in sides - bound if not _is_mirrored(deal, norm, s))
        if free:
            yield at_block(
                norm, f"binds {listed(sorted(bound))}; no such norm binds {listed(free)}"
            )


def _is_mirrored(deal: DealText, norm: Block, side: str) -> bool:
    return any(
        side in bearers(deal, o) and _is_alike(deal, norm, o)
        for o in norms(deal)
        if o.id != norm.id
    )


def _is_alike(deal: DealText, one: Block, two: Block) -> bool:
    kinds, others = ({a.name for a in acts(b)} for b in (one, two))
    same_time = set(one.words("during")) == set(two.words("during"))
    return (
        one.kind == two.kind
        and bool(kinds & others)
        and same_time
        and _place(deal, one) == _place(deal, two)
    )


def _place(deal: DealText, norm: Block) -> tuple[str, ...]:
    blocks = [(w, deal.block(w)) for w in norm.words("where")]
    return tuple(sorted({w if b is None else f"{b.kind} {b.word('is')}" for w, b in blocks}))


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
