"""The door of the room: records in, incidents out. Deterministic; arrival plays no part.

Steps:

1. Observations are sorted by record id; of two versions of one id the one known later counts.
2. Links of one matter are taken, the strongest first (``compare.py``).
3. Links from place, time and likeness are taken where no rival is as strong (``rivals.py``).
4. In both steps a link is refused when it would bring together two records that contradict each
   other (``cluster.py``).
5. The words of persons are applied on top (``person.py``).
6. Statements that answer to a matter or a record are laid beside it (``replies.py``).

Claims of counts, watches and namings never become incidents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.incidents.alike import list_of
from tregua.incidents.block import pairs_nearby, pairs_of_one_matter
from tregua.incidents.cluster import Groups
from tregua.incidents.compare import may_stand, reasons, strength
from tregua.incidents.model import Incident, Joined, Reason
from tregua.incidents.person import Word, apply_words, last_words
from tregua.incidents.replies import replies_by_group
from tregua.incidents.rivals import without_rivals
from tregua.incidents.when_where import best_place, killed_span, narrowest_time
from tregua.reports.model import Link, Observation, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tregua.incidents.block import Pair
    from tregua.reports.model import Record

SHORT, LONG = 8, 16  # hex digits of an incident id


def match(records: tuple[Record, ...]) -> tuple[Incident, ...]:
    """Return every incident that the records tell of, sorted by (start, id)."""
    observations = _latest_versions(r for r in records if isinstance(r, Observation))
    index_of = {o.origin.id: i for i, o in enumerate(observations)}
    words = last_words((r for r in records if isinstance(r, Link)), index_of)
    groups, by_person = _groups(observations, words)
    links = _explained(groups.used, by_person, observations, words)
    members = [tuple(observations[i] for i in group) for group in groups.all()]
    replies = replies_by_group(members, (r for r in records if isinstance(r, Statement)))
    ids = _ids([group[0].origin.id for group in members])
    incidents = [
        _incident(ids[n], group, replies.get(n, ()), links) for n, group in enumerate(members)
    ]
    return tuple(sorted(incidents, key=lambda i: (i.when.start, i.id)))


def _latest_versions(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    versions: dict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        versions[one.origin.id].append(one)
    return tuple(_latest(versions[i]) for i in sorted(versions))


def _latest(versions: list[Observation]) -> Observation:
    if len(versions) == 1:
        return versions[0]
    return max(versions, key=lambda o: (o.origin.known, repr(o)))


def _groups(
    observations: Sequence[Observation], words: Sequence[Word]
) -> tuple[Groups, tuple[Pair, ...]]:
    @cache
    def stands(a: int, b: int) -> bool:
        return may_stand(observations[a], observations[b])

    groups = Groups(range(len(observations)))
    one_matter = _by_strength(observations, pairs_of_one_matter(observations))
    _join_all(groups, one_matter, stands)
    nearby = _by_strength(observations, pairs_nearby(observations))
    clear = without_rivals(
        nearby, groups, source_of=lambda i: list_of(observations[i]), may_stand=stands
    )
    evidence = {link: nearby[link] for link in clear}
    _join_all(groups, evidence, stands)
    in_order = (*_strongest_first(one_matter), *_strongest_first(evidence))
    by_person = apply_words(groups, words, links=in_order, may_stand=stands)
    return groups, by_person


def _by_strength(observations: Sequence[Observation], pairs: Iterable[Pair]) -> dict[Pair, int]:
    weighed = ((p, strength(observations[p[0]], observations[p[1]])) for p in pairs)
    return {pair: strong for pair, strong in weighed if strong > 0}


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
    observations: Sequence[Observation],
    words: Iterable[Word],
) -> Mapping[str, list[Joined]]:
    said = {w.pair: w.link for w in words}
    persons = set(by_person)
    joined: dict[str, list[Joined]] = defaultdict(list)  # by the first record of each link
    for pair in sorted(used):
        a, b = (observations[i] for i in pair)
        why = reasons(a, b)
        if pair in persons:
            link = said[pair]
            why = (Reason("person", f"{link.origin.reporter}: {link.reason}", True), *why)
        link_made = Joined(a.origin.id, b.origin.id, why, by_person=pair in persons)
        joined[a.origin.id].append(link_made)
    return joined


def _ids(smallest: Sequence[str]) -> list[str]:
    digests = [sha256(i.encode()).hexdigest() for i in smallest]
    shared = Counter(d[:SHORT] for d in digests)
    return [f"I-{d[: LONG if shared[d[:SHORT]] > 1 else SHORT]}" for d in digests]


def _incident(
    incident_id: str,
    observations: tuple[Observation, ...],
    replies: tuple[Statement, ...],
    links: Mapping[str, list[Joined]],
) -> Incident:
    return Incident(
        id=incident_id,
        observations=observations,
        replies=replies,
        links=tuple(j for o in observations for j in links.get(o.origin.id, ())),
        when=narrowest_time(observations),
        place=best_place(observations),
        kinds=tuple(sorted({o.what for o in observations})),
        killed=killed_span(observations),
        certain=any(o.certain for o in observations),
    )
