"""Whether two observations may tell of one occurrence, and every reason for and against.

Rules:

1. A row that sums up a longer time (flag ``summary-row``) is joined with nothing.
2. One matter key joins, unless a feature speaks against it.
3. Two rows of one list without one matter key are never one occurrence: a data set, and each
   reporter within a file of statements, tells of an incident once. Only a person can say otherwise.
4. Otherwise place and time must both speak for it, at least one more feature too, and none against.
5. Two records can stand in one incident only if no feature speaks against them (`may_stand`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.incidents import alike, near
from tregua.incidents.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.reports.model import Observation

SUMMARY_ROW = "summary-row"
ENOUGH = 3  # features that must speak for a link without one matter key


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing in which two observations are compared."""

    name: str
    weigh: Callable[[Observation, Observation], int]
    say: Callable[[Observation, Observation], str]


def _weigh_place(a: Observation, b: Observation) -> int:
    return near.weigh_place(a.place, b.place, same_matter=alike.shares_matter(a, b))


def _weigh_time(a: Observation, b: Observation) -> int:
    return near.weigh_time(a.when, b.when, same_matter=alike.shares_matter(a, b))


# Place and time first: most pairs are settled there.
FEATURES: tuple[Feature, ...] = (
    Feature("place", _weigh_place, lambda a, b: near.say_place(a.place, b.place)),
    Feature("time", _weigh_time, lambda a, b: near.say_time(a.when, b.when)),
    Feature("matter", alike.weigh_matter, alike.say_matter),
    Feature("kind", alike.weigh_kind, alike.say_kind),
    Feature("killed", alike.weigh_killed, alike.say_killed),
    Feature("target", alike.weigh_target, alike.say_target),
    Feature("actor", alike.weigh_actor, alike.say_actor),
    Feature("convoy", alike.weigh_convoy, alike.say_convoy),
)


def is_single(observation: Observation) -> bool:
    """Say whether the record tells of one occurrence and not of a sum."""
    return SUMMARY_ROW not in observation.origin.flags


def may_stand(a: Observation, b: Observation) -> bool:
    """Say whether two records can stand in one incident: rules 1, 3 and 5."""
    if not (is_single(a) and is_single(b)):
        return False
    if alike.is_one_list(a, b) and not alike.shares_matter(a, b):
        return False
    return all(f.weigh(a, b) >= 0 for f in FEATURES)


def strength(a: Observation, b: Observation) -> int:
    """Return how strongly the features join two records; zero when they do not."""
    if not may_stand(a, b):
        return 0
    place, time, *others = (f.weigh(a, b) for f in FEATURES)
    weights = (place, time, *others)
    if alike.shares_matter(a, b):
        return sum(weights)
    joins = place > 0 and time > 0 and sum(w > 0 for w in weights) >= ENOUGH
    return sum(weights) if joins else 0


def reasons(a: Observation, b: Observation) -> tuple[Reason, ...]:
    """Return what every feature says, also those that say nothing."""
    return tuple(_reason(f, a, b) for f in FEATURES)


def _reason(feature: Feature, a: Observation, b: Observation) -> Reason:
    weight = feature.weigh(a, b)
    return Reason(feature.name, feature.say(a, b), weight > 0, weight < 0)
