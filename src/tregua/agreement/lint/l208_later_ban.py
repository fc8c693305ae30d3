"""L208: a ban that begins later than the ceasefire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.acts import covers
from tregua.agreement.questions import (
    act_tree,
    acts,
    bearers,
    first_phases,
    follows_another,
    is_shifted,
    listed,
    speaks_of,
    starts_at,
)
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    first = _ceasefire(deal)
    ids = {p.id for p in first}
    early = [n for n in deal.of_kind("prohibition") if ids & set(n.words("during"))]
    for ban in deal.of_kind("prohibition"):
        phases = [p for p in deal.of_kind("phase") if p.id in ban.words("during")]
        is_later = first and phases and all(_starts_later(deal, p, first) for p in phases)
        if is_later and not any(_same_ban(deal, e, ban) for e in early if e.id != ban.id):
            yield at_block(ban, f"begins with {listed(ban.words('during'))}", key="during")


def _ceasefire(deal: DealText) -> tuple[Block, ...]:
    """Return the phases that wait for nothing in the deal and in which attacks are banned."""
    attacks = [n for n in deal.of_kind("prohibition") if speaks_of(deal, n, "attack")]
    named = {p for n in attacks for p in n.words("during")}
    return tuple(p for p in first_phases(deal) if p.id in named)


def _starts_later(deal: DealText, phase: Block, first: tuple[Block, ...]) -> bool:
    if follows_another(phase):
        return True
    begun = [t for p in first if (t := starts_at(deal, p)) is not None]
    start = starts_at(deal, phase)
    if start is not None and begun:
        return start > min(begun)
    shifts = [is_shifted(p.get("starts")) for p in first]
    return is_shifted(phase.get("starts")) and not all(shifts)


def _same_ban(deal: DealText, early: Block, ban: Block) -> bool:
    kinds = tuple(a.name for a in acts(early))
    same = bearers(deal, ban) <= bearers(deal, early)
    return same and all(any(covers(k, a.name, act_tree(deal)) for k in kinds) for a in acts(ban))


RULE = Rule(
    code="L208",
    title="A ban begins later than the ceasefire",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("C09", "B06"),
    what="A prohibition holds only in phases that wait for a gate, a duty or another phase, "
    "while attacks are banned earlier.",
    why="in 2016 the opposition groups objected that aircraft would stop about nine days "
    "after the start",
    help="during: <first phase>, or say in the text why it begins later",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 10 days

phase second "Second period"
    starts: end(truce)
    lasts: 10 days

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    during: truce, second

prohibition drones "No drones"
    on: a, b
    must not: drone-flight
    during: second
""",
        prose="Two periods of 10 days.",
    ),
    good=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 10 days

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    during: truce

prohibition drones "No drones"
    on: a, b
    must not: drone-flight
    during: truce
""",
        prose="A period of 10 days.",
    ),
)
