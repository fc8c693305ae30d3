"""What one matching keeps for the next: neighbourhoods, and the incidents that each tells of.

A neighbourhood is all that hangs together by links that may be made and by joins of persons. What
came, went or was revised, and what a person newly said, takes its neighbourhoods apart; what they
were made of is laid together again. All others stay as they are, to the object.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tregua.incidents.links import Links
from tregua.incidents.neighbourhood import incidents_of
from tregua.incidents.person import last_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tregua.incidents.cluster import Pair
    from tregua.incidents.model import Incident
    from tregua.incidents.person import Ids
    from tregua.reports.model import Link, Observation


class Matched:
    """The incidents of the last matching, by neighbourhood.

    Attributes:
        alone: smallest record id -> incident, without replies.
    """

    def __init__(self) -> None:
        """Begin with no record."""
        self.alone: dict[str, Incident] = {}
        self._links = Links()
        self._words: dict[Ids, Link] = {}
        self._spoken_of: dict[str, set[Ids]] = {}  # record id -> the pairs that persons named
        self._near: dict[str, frozenset[str]] = {}  # record id -> its neighbourhood
        self._stands_in: dict[str, str] = {}  # record id -> the smallest of its incident

    def become(self, told: Mapping[str, Observation], links: Iterable[Link]) -> None:
        """Follow to what is told now, by id, and to all that persons said about links."""
        touched = self._links.become(told) | self._hear(last_words(links, told))
        apart = {member for key in touched for member in self._near.get(key, (key,))}
        for key in apart:
            self._forget(key)
        for key in sorted(apart & told.keys()):
            if key not in self._near:
                self._make(self._hanging_together(key))

    def told_of(self, about: str) -> tuple[str, ...]:
        """Return the incidents in which a matter key or the id of a record stands, each once."""
        records = (about, *self._links.of_matter(about))
        return tuple({self._stands_in[r]: None for r in records if r in self._stands_in})

    def _hear(self, words: dict[Ids, Link]) -> set[str]:
        """Follow to the last word on each pair; return the ids of those about which it is new."""
        new = words.items() ^ self._words.items()
        self._words, self._spoken_of = words, defaultdict(set)
        for pair in words:
            for key in pair:
                self._spoken_of[key].add(pair)
        return {key for pair, _ in new for key in pair}

    def _forget(self, key: str) -> None:
        for kept in (self.alone, self._near, self._stands_in):
            kept.pop(key, None)

    def _hanging_together(self, key: str) -> frozenset[str]:
        found, reached = {key}, [key]
        while reached:
            one = reached.pop()
            others = {*self._links.of(one), *self._joined_with(one)} - found
            found |= others
            reached += others
        return frozenset(found)

    def _joined_with(self, key: str) -> set[str]:
        pairs = (p for p in self._spoken_of.get(key, ()) if self._words[p].same)
        return {other for pair in pairs for other in pair}

    def _make(self, near: frozenset[str]) -> None:
        ids = sorted(near)
        row = {key: n for n, key in enumerate(ids)}
        told = [self._links.told[key] for key in ids]
        for key in ids:
            self._forget(key)  # it may have stood in another one, which is now part of this
            self._near[key] = near
        for one in incidents_of(told, self._strengths(row), self._words_on(row)):
            members = [o.origin.id for o in one.observations]
            self.alone[members[0]] = one
            self._stands_in.update(dict.fromkeys(members, members[0]))

    def _strengths(self, row: Mapping[str, int]) -> dict[Pair, int]:
        return {
            (n, row[other]): strong
            for key, n in row.items()
            for other, strong in self._links.of(key).items()
            if key < other
        }

    def _words_on(self, row: Mapping[str, int]) -> dict[Pair, Link]:
        said = {pair for key in row for pair in self._spoken_of.get(key, ())}
        if not said:
            return {}
        within = (p for p in self._words if p in said and p[0] in row and p[1] in row)
        return {(row[a], row[b]): self._words[a, b] for a, b in within}
