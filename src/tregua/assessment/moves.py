"""What happened to records and incidents between two states of knowledge, and whom it concerns.

A record moves an answer that rests on it when it became known, was withdrawn from view, or was
revised; a naming or a link may move any answer in whose records its names stand.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Protocol

from tregua.reports.model import Link, Naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tregua.assessment.model import Assessment
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Record

KNOWN, WITHDRAWN = "became known", "is no longer known"


class Seen(Protocol):
    """The incidents and the records of one state of knowledge."""

    @property
    def attributed(self) -> tuple[Attributed, ...]:
        """Return the incidents."""

    @property
    def records(self) -> tuple[Record, ...]:
        """Return the newest version of each record."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What happened to each record, by id.

    Attributes:
        own: record id and what happened to it, sorted.
        now: the records that became known, or were revised, as they are now.
        did: record id and what its revision did ("moved the place"); only of revised ones.
        wide: namings and links that moved, with the names or records that they are about.
        words: record id and the names that stand in it, its own id among them.
        joined: id of an incident that is there on one side only, and where its reports stand on the
            other.
    """

    own: dict[str, str]
    now: dict[str, Record]
    did: dict[str, tuple[str, ...]]
    wide: tuple[tuple[str, frozenset[str]], ...]
    words: dict[str, frozenset[str]]
    joined: dict[str, str]

    def records_for(self, sides: Sequence[Assessment]) -> tuple[str, ...]:
        """Return the records that moved an answer, given as it was and as it is."""
        records = sorted({r for a in sides for r in a.records})
        return (*(r for r in records if r in self.own), *self._wide_for(records))

    def joined_for(self, sides: Sequence[Assessment]) -> tuple[str, ...]:
        """Say where the reports of the answer's incidents stood before, or stand now."""
        incidents = sorted({i for a in sides for i in a.incidents})
        return tuple(self.joined[i] for i in incidents if i in self.joined)

    def _wide_for(self, records: list[str]) -> list[str]:
        """Return the namings and links that speak of these records or of a name in them."""
        said = frozenset[str]().union(*(self.words.get(r, frozenset()) for r in records))
        return [w for w, about in self.wide if w not in records and about & said]


def moves_between(before: Seen, after: Seen) -> Moves:
    """Compare the records and the incidents of two states of knowledge."""
    first, second = unlike(before.records, after.records)
    own: dict[str, str] = {}
    did: dict[str, tuple[str, ...]] = {}
    for record in sorted(first.keys() | second.keys()):
        one, other = first.get(record), second.get(record)
        if one is None or other is None:
            own[record] = KNOWN if one is None else WITHDRAWN
        elif one is not other and one != other:
            revised = _revised(one, other)
            own[record] = f"was revised ({', '.join(passive for passive, _ in revised)})"
            did[record] = tuple(active for _, active in revised)
    moved = {**first, **second}
    wide = tuple((r, about) for r in own if (about := _about(moved[r])))
    every = (*before.records, *after.records) if wide else ()
    words = {r.origin.id: _words(r) for r in every}
    return Moves(own, second, did, wide, words, _joined(before, after))


def unlike(
    before: Iterable[Record], after: Iterable[Record]
) -> tuple[dict[str, Record], dict[str, Record]]:
    """Return the records, by id, that are not the same object on both sides."""
    here, there = {id(r): r for r in before}, {id(r): r for r in after}
    gone = (here[n] for n in here.keys() - there.keys())
    come = (there[n] for n in there.keys() - here.keys())
    return {r.origin.id: r for r in gone}, {r.origin.id: r for r in come}


def _about(record: Record) -> frozenset[str]:
    """Return what a naming or a link is about; empty for every other record."""
    if isinstance(record, Naming):
        return frozenset({record.name})
    return frozenset({record.first, record.second}) if isinstance(record, Link) else frozenset()


def _words(record: Record) -> frozenset[str]:
    """Return the names that stand in a record, and its id."""
    lists = (getattr(record, name, ()) for name in ("by", "also_possible", "against", "accused"))
    names = {name for names in lists for name in names}
    return frozenset({record.origin.id, record.origin.reporter, *names})


def _revised(one: Record, other: Record) -> list[tuple[str, str]]:
    """Name what a revision changed, and what it did, in the words of the fields of a record."""
    if type(one) is not type(other):
        return [("another kind of record", "made it another kind of record")]
    names = [f.name for f in fields(one) if getattr(one, f.name) != getattr(other, f.name)]
    return [_words_for(name) for name in names]


def _words_for(name: str) -> tuple[str, str]:
    if name not in _WORDS:
        plain = name.strip("_").replace("_", " ")
        return plain, f"changed the {plain}"
    noun, verb = _WORDS[name]
    return f"{noun} {verb}", f"{verb} the {noun}"


_WORDS = {
    "when": ("time", "moved"),
    "place": ("place", "moved"),
    "what": ("kind of act", "changed"),
    "by": ("accused", "changed"),
    "against": ("target", "changed"),
    "harm": ("harm", "changed"),
    "origin": ("origin", "changed"),
}


def _joined(before: Seen, after: Seen) -> dict[str, str]:
    """Say for each incident that is there on one side only where its reports stand on the other."""
    found: dict[str, str] = {}
    for here, there, says in ((before, after, "stand now"), (after, before, "stood before")):
        ids = {a.incident.id for a in there.attributed}
        alone = [a.incident for a in here.attributed if a.incident.id not in ids]
        if not alone:
            continue
        owner = {r: a.incident.id for a in there.attributed for r in a.incident.record_ids}
        for one in alone:
            others = sorted({owner[r] for r in one.record_ids if r in owner})
            if others:
                found[one.id] = f"the reports of {one.id} {says} in {', '.join(others)}"
    return found
