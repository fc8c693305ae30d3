"""What people say about links: join two records, or part them. The last word on a pair holds.

The machine's own groups never depend on persons; a person's word is an edit on top of them, and a
word that the machine's groups already follow changes nothing. So a join that is withdrawn by a
later parting, or a parting withdrawn by a later join, gives back exactly what was there before.

1. The last word on each pair counts: by the time since when it was known, then by its id.
2. A group in which a pair is parted is made again from its own links, the persons' joins in it
   first, without that pair.
3. Joins then make one group of two, the newest first; a join that would bring a parted pair
   together through others is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.incidents.cluster import Groups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tregua.incidents.block import Pair
    from tregua.reports.model import Link


@dataclass(frozen=True, slots=True)
class Word:
    """The last word of a person on one pair."""

    pair: Pair
    link: Link


def last_words(links: Iterable[Link], index_of: Mapping[str, int]) -> tuple[Word, ...]:
    """Return the last word on each pair of known records, the newest first (rule 1)."""
    latest: dict[Pair, Link] = {}
    for link in sorted(links, key=_age):
        first, second = index_of.get(link.first), index_of.get(link.second)
        if first is not None and second is not None and first != second:
            latest[min(first, second), max(first, second)] = link
    newest_first = sorted(latest.items(), key=lambda item: _age(item[1]), reverse=True)
    return tuple(Word(pair, link) for pair, link in newest_first)


def apply_words(
    groups: Groups,
    words: Sequence[Word],
    *,
    links: Sequence[Pair],
    may_stand: Callable[[int, int], bool],
) -> tuple[Pair, ...]:
    """Edit the groups by the words of persons; return the joins that a person made."""
    parted = frozenset(w.pair for w in words if not w.link.same)
    joins = [w.pair for w in words if w.link.same]
    made: list[Pair] = []

    def not_parted(a: int, b: int) -> bool:
        return (min(a, b), max(a, b)) not in parted

    def both(a: int, b: int) -> bool:
        return not_parted(a, b) and may_stand(a, b)

    for group in groups.all():
        inside = set(group)
        if any(a in inside and b in inside for a, b in parted):
            parts = Groups(group)
            made += _take(parts, _within(joins, inside), not_parted)
            _take(parts, _within(links, inside), both)
            groups.replace(group, parts)
    return tuple(made + _take(groups, joins, not_parted))


def _take(
    groups: Groups, links: Iterable[Pair], may_stand: Callable[[int, int], bool]
) -> list[Pair]:
    return [link for link in links if groups.join(link, may_stand=may_stand)]


def _within(links: Iterable[Pair], inside: set[int]) -> list[Pair]:
    return [link for link in links if link[0] in inside and link[1] in inside]


def _age(link: Link) -> tuple[object, ...]:
    return (link.origin.known, link.origin.id, link.same, link.reason)
