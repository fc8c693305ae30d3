"""L422: an exception that may swallow the rule: unbounded in place and in actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import calls, names_in
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Items
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit
    from tregua.agreement.value import Value

_BOUNDS = (
    "prior",
    "place-in",
    "authorised",
    "tried",
    "notified",
    "request",
    "finding",
    "violation",
    "declared",
    "in-force",
    "done",
    "open",
    "kept",
)


def _find(deal: DealText) -> Iterator[Hit]:
    for exception in deal.of_kind("exception"):
        when = exception.get("when")
        if exception.has("only in") or calls(when, *_BOUNDS) or _is_bounded_by_area(deal, when):
            continue
        yield at_block(exception, "no place and no condition bounds it", key="only in")


def _is_bounded_by_area(deal: DealText, when: Value | None) -> bool:
    """Say whether the exception is for excluded groups that all have an area."""
    if not calls(when, "target-in"):
        return False
    named = frozenset().union(
        *(names_in(Items((a.item,))) for c in calls(when, "target-in") for a in c.args)
    )
    groups = [b for b in deal.of_kind("excluded") if b.id in named or "excluded" in named]
    return bool(groups) and all(g.has("area") for g in groups)


RULE = Rule(
    code="L422",
    title="An exception may swallow the norm",
    severity=Severity.WARNING,
    confidence=Confidence.LOW,
    catalogue=("F01", "F03"),
    what="An exception has `only in` open and no condition that bounds it in place, time or "
    "actor; a target among excluded groups is a bound only when all of them have an "
    "`area`. This is a first look; the exact form (`--prove`) asks whether any violation is "
    "left possible.",
    why="Aleppo was left out of the calm of 30 April 2016 because of the groups said to be there",
    help="only in: <zone>, or  area: <zone>  on the excluded groups",
    find=_find,
    bad=miniature(
        """
excluded black-flag "Black Flag"
    basis: named
    area: undefined

exception outside-groups "The target is an excluded group"
    when: target-in(excluded)
    result: outside
    only in: undefined
"""
    ),
    good=miniature(
        """
zone south-valley "South valley"
    is: area
    geometry: "south-valley.geojson"

excluded black-flag "Black Flag"
    basis: named
    area: south-valley

exception outside-groups "The target is an excluded group"
    when: target-in(excluded)
    result: outside
    only in: south-valley
"""
    ),
)
