"""L802: an aid clause without permit, time limit, inspection rule, route, quantity or appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import acts, is_aid, listed, names_in, speaks_of
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Items
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

_AID_USERS = ("humanitarian", "medical")


def _find(deal: DealText) -> Iterator[Hit]:
    for block in deal.of_kind("permission"):
        if is_aid(block) and speaks_of(deal, block, "deliver", "allow"):
            yield from _gaps(deal, block, _roads(deal, block))
    for road in deal.of_kind("road"):
        if set(_AID_USERS) & set(road.words("open to")):
            yield from _gaps(deal, road, (road,))


def _gaps(deal: DealText, block: Block, roads: tuple[Block, ...]) -> Iterator[Hit]:
    steps = [
        e.raw
        for p in deal.of_kind("procedure")
        if "aid-request" in p.words("for")
        for e in p.every("step")
    ]
    verbs = {s.split()[0] for s in steps if s.split()}
    answers = (
        (
            "who permits",
            "permit" in verbs
            or any(r.has("permit from") or r.says_none("permit from") for r in roads),
        ),
        ("a time limit", any("within" in s and any(c.isdigit() for c in s) for s in steps)),
        ("a rule of inspection", any(r.has("inspection") for r in roads)),
        ("a route", bool(roads)),
        ("a quantity", any(is_aid(d) and d.has("amount") for d in deal.of_kind("duty"))),
        ("an appeal", "appeal" in verbs),
    )
    missing = [name for name, given in answers if not given]
    if missing:
        yield at_block(block, f"missing: {listed(missing)}")


def _roads(deal: DealText, block: Block) -> tuple[Block, ...]:
    named = set(block.words("where")).union(
        *(names_in(Items((g.item,))) for a in acts(block) for g in a.args)
    )
    return tuple(r for r in deal.of_kind("road") if r.id in named)


RULE = Rule(
    code="L802",
    title="An aid clause lacks permit, time limit, inspection, route, quantity or appeal",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("E01",),
    what="For a humanitarian permission, or a road open to aid, one of six is missing: who "
    "permits (`permit from`, or a step `permit`), a time limit in a procedure for "
    "`aid-request`, `inspection`, a road, a quantity (`amount` of a duty), a step "
    "`appeal`.",
    why="letters of facilitation never came in September 2016; two convoys of 20 trucks "
    "waited in the buffer zone",
    help='permit from: <who>; procedure aid "..."  with  for: aid-request  and steps permit '
    "and appeal",
    find=_find,
    bad=miniature(
        """
road mill-road "Mill road"
    geometry: "mill-road.geojson"
    open to: humanitarian
    permit from: undefined
"""
    ),
    good=miniature(
        """
road mill-road "Mill road"
    geometry: "mill-road.geojson"
    open to: humanitarian
    inspection: at-origin
    permit from: a

actor relief "Relief agencies"
    is: ngo
    may: deliver

quota trucks "Trucks a day"
    of: "trucks"
    amount: 40
    every: 1 day

duty convoys "Convoys pass"
    on: a
    must: allow(passage: humanitarian, through: mill-road)
    every: 1 day
    amount: trucks

procedure aid "A convoy is asked for"
    for: aid-request
    opened by: relief
    step: report by relief to a within 24 hours
    step: permit by a within 24 hours
    step: appeal by relief to b within 12 hours
""",
        prose="Forty trucks a day pass, 1 day after another; A answers within 24 hours, B within 12"
        " hours.",
    ),
)
