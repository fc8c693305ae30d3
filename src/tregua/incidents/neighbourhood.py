"""The incidents of one neighbourhood: observations that may be linked, directly or through others.

Nothing outside of it is asked: a link, a rival and a word of a person all lie within. So the
incidents of a record are those of its neighbourhoods, and one in which nothing moved keeps its own.

Steps:

1. Links of one matter are taken, the strongest first (``compare.py``).
2. Links from place, time and likeness are taken where no rival is as strong (``rivals.py``).
3. In both steps a link is refused when it would bring together two observations that contradict
   each other (``cluster.py``).
4. The words of persons are applied on top (``person.py``).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.incidents.alike import list_of, shares_matter
from tregua.incidents.cluster import Groups
from tregua.incidents.compare import may_stand, reasons
from tregua.incidents.model import Incident, Joined, Reason
from tregua.incidents.person import apply_words
from tregua.incidents.rivals import without_rivals
from tregua.incidents.when_where import best_place, killed_span, narrowest_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tregua.incidents.cluster import Pair
    from tregua.reports.model import Link, Observation

SHORT, LONG = 8, 16  # hex digits of an incident id


def incidents_of(
    told: Sequence[Observation], strengths: Mapping[Pair, int], words: Mapping[Pair, Link]
) -> tuple[Incident, ...]:
    """Return the incidents that a neighbourhood tells of, without replies, by smallest record id.

    Args:
        told: its observations, sorted by record id.
        strengths: of each pair that may be linked.
        words: the last word of a person on a pair, the newest first.
    """
    groups, by_person = _groups(told, strengths, words)
    links = _explained(groups.used, by_person, told, words)
    return tuple(_incident(tuple(told[i] for i in group), links) for group in groups.all())


def incident_id(smallest: str, *, digits: int = SHORT) -> str:
    """Return the id of the incident of which this is the smallest record id."""
    return f"I-{sha256(smallest.encode()).hexdigest()[:digits]}"


def _groups(
    told: Sequence[Observation], strengths: Mapping[Pair, int], words: Mapping[Pair, Link]
) -> tuple[Groups, tuple[Pair, ...]]:
    @cache
    def stands(a: int, b: int) -> bool:
        return may_stand(told[a], told[b])

    groups = Groups(range(len(told)))
    one_matter = {(a, b): s for (a, b), s in strengths.items() if shares_matter(told[a], told[b])}
    _join_all(groups, one_matter, stands)
    nearby = {pair: strong for pair, strong in strengths.items() if pair not in one_matter}
    clear = without_rivals(nearby, groups, source_of=lambda i: list_of(told[i]), may_stand=stands)
    evidence = {link: nearby[link] for link in clear}
    _join_all(groups, evidence, stands)
    in_order = (*_strongest_first(one_matter), *_strongest_first(evidence))
    by_person = apply_words(groups, words, links=in_order, may_stand=stands)
    return groups, by_person


def _strongest_first(links: Mapping[Pair, int]) -> list[Pair]:
    return sorted(links, key=lambda pair: (-links[pair], pair))


def _join_all(
    groups: Groups, links: Mapping[Pair, int], stands: Callable[[int, int], bool]
) -> None:
    for link in _strongest_first(links):
        groups.join(link, may_stand=stands)


def _explained(
    used: Iterable[Pair],
    by_person: Iterable[Pair],
    told: Sequence[Observation],
    words: Mapping[Pair, Link],
) -> Mapping[str, list[Joined]]:
    persons = set(by_person)
    joined: dict[str, list[Joined]] = defaultdict(list)  # by the first record of each link
    for pair in sorted(used):
        a, b = (told[i] for i in pair)
        why = reasons(a, b)
        if pair in persons:
            word = words[pair]
            why = (Reason("person", f"{word.origin.reporter}: {word.reason}", True), *why)
        made = Joined(a.origin.id, b.origin.id, why, by_person=pair in persons)
        joined[a.origin.id].append(made)
    return joined


def _incident(told: tuple[Observation, ...], links: Mapping[str, list[Joined]]) -> Incident:
    return Incident(
        id=incident_id(told[0].origin.id),
        observations=told,
        replies=(),
        links=tuple(j for o in told for j in links.get(o.origin.id, ())),
        when=narrowest_time(told),
        place=best_place(told),
        kinds=tuple(sorted({o.what for o in told})),
        killed=killed_span(told),
        certain=any(o.certain for o in told),
    )
