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

from typing import TYPE_CHECKING, TypeAlias

from tregua.incidents.cluster import Groups

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from tregua.incidents.cluster import Pair
    from tregua.reports.model import Link

    Ids: TypeAlias = tuple[str, str]  # of two records, the smaller first


def last_words(links: Iterable[Link], known: Container[str]) -> dict[Ids, Link]:
    """Return the last word on each pair of known records, the newest first (rule 1)."""
    latest: dict[Ids, Link] = {}
    for link in sorted(links, key=_age):
        if link.first in known and link.second in known and link.first != link.second:
            latest[min(link.first, link.second), max(link.first, link.second)] = link
    return dict(sorted(latest.items(), key=lambda item: _age(item[1]), reverse=True))


def apply_words(
    groups: Groups,
    words: Mapping[Pair, Link],
    *,
    links: Sequence[Pair],
    may_stand: Callable[[int, int], bool],
) -> tuple[Pair, ...]:
    """Edit the groups by the words of persons, the newest first; return the joins made."""
    parted = frozenset(pair for pair, word in words.items() if not word.same)
    joins = [pair for pair, word in words.items() if word.same]
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
