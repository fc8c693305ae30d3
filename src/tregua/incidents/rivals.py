"""Links from evidence, one to one: where two partners fit equally well, neither is taken.

A data set lists an incident once, so a group finds at most one partner in each other source. The
partner is the one with the greatest strength, seen from both sides. When a second one is as strong,
the reports cannot tell, and nothing is joined: a person can (07, 2.4: the gain of a matcher lies in
the one-to-one rule).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tregua.incidents.cluster import Groups, Pair

_Group: TypeAlias = tuple[int, ...]


def without_rivals(
    strengths: Mapping[Pair, int],
    groups: Groups,
    *,
    source_of: Callable[[int], str],
    may_stand: Callable[[int, int], bool],
) -> tuple[Pair, ...]:
    """Return the strongest link of each two groups that are the best partner of each other."""
    best = _best_links(strengths, groups, may_stand)
    offers: dict[tuple[_Group, str], dict[_Group, int]] = defaultdict(dict)
    for (mine, other), (strength, _) in best.items():
        for source in _sources(other, source_of):
            offers[mine, source][other] = strength
        for source in _sources(mine, source_of):
            offers[other, source][mine] = strength
    kept = []
    for (mine, other), (_, link) in best.items():
        there = all(_is_best(offers[mine, s], other) for s in _sources(other, source_of))
        back = all(_is_best(offers[other, s], mine) for s in _sources(mine, source_of))
        if there and back:
            kept.append(link)
    return tuple(sorted(kept))


def _best_links(
    strengths: Mapping[Pair, int], groups: Groups, may_stand: Callable[[int, int], bool]
) -> dict[tuple[_Group, _Group], tuple[int, Pair]]:
    best: dict[tuple[_Group, _Group], tuple[int, Pair]] = {}
    for link, strength in sorted(strengths.items()):
        mine, other = sorted((groups.of(link[0]), groups.of(link[1])))
        known = best.get((mine, other), (0, link))[0]
        if mine == other or strength <= known:
            continue
        if all(may_stand(a, b) for a in mine for b in other):
            best[mine, other] = (strength, link)
    return best


def _sources(group: Iterable[int], source_of: Callable[[int], str]) -> list[str]:
    return sorted({source_of(i) for i in group})


def _is_best(offers: Mapping[_Group, int], partner: _Group) -> bool:
    mine = offers[partner]
    return all(strength < mine for other, strength in offers.items() if other != partner)
