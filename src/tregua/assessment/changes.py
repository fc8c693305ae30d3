"""Which answers changed between two states of knowledge, and which records moved them.

Answers are compared by id (norm, bearer, instance). A record that an answer rests on moves it when
it became known, was withdrawn from view, or was revised; a naming or a link may move any answer.
Nothing here assesses anything.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from tregua.reports.model import Link, Naming

if TYPE_CHECKING:
    from tregua.assessment.model import Assessment
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Record

NEW, GONE, CHANGED, SUPPORT = "new", "gone", "changed", "support"
_FIELDS = ("answer", "reasons", "state", "due")
_SUPPORT = ("records", "must", "may", "low", "high", "provisional", "start", "end")


@dataclass(frozen=True, slots=True)
class Side:
    """One state of knowledge: the answers, the incidents behind them, the records known."""

    assessments: tuple[Assessment, ...]
    attributed: tuple[Attributed, ...]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is not the same.

    Attributes:
        kind: new, gone, changed (another answer, reason, state or deadline), or support (the same
            answer, but it rests on other records, bounds or times).
        before, after: the two answers; ``None`` where there is none.
        because: what moved it, one sentence each.
    """

    kind: str
    before: Assessment | None
    after: Assessment | None
    because: tuple[str, ...]

    @property
    def of(self) -> Assessment:
        """Return the answer itself, as it is now or, when it is gone, as it was."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs: ids of records, and answers in the order of the deal, new before gone."""

    became_known: tuple[str, ...]
    no_longer: tuple[str, ...]
    revised: tuple[tuple[str, str], ...]
    answers: tuple[Change, ...]

    def of_kind(self, kind: str) -> tuple[Change, ...]:
        """Return the changes of one kind, in order."""
        return tuple(c for c in self.answers if c.kind == kind)


def changes(before: Side, after: Side) -> Changes:
    """Compare two states of knowledge."""
    moved = _moved(before.records, after.records)
    first = {a.id: a for a in before.assessments}
    second = {a.id: a for a in after.assessments}
    joined = _joined(before, after)
    found = [_change(first.get(a.id), a, moved, joined) for a in after.assessments]
    found += [_change(a, None, moved, joined) for a in before.assessments if a.id not in second]
    return Changes(
        became_known=tuple(r for r, says in moved.own.items() if says == _KNOWN),
        no_longer=tuple(r for r, says in moved.own.items() if says == _WITHDRAWN),
        revised=tuple((r, s) for r, s in moved.own.items() if s not in (_KNOWN, _WITHDRAWN)),
        answers=tuple(c for c in found if c is not None),
    )


_KNOWN, _WITHDRAWN = "became known", "is not known then"


@dataclass(frozen=True, slots=True)
class _Moved:
    """What happened to each record, by id.

    Attributes:
        own: record id and what happened to it, sorted.
        wide: namings and links that moved, with the names or records that they are about.
        words: record id and the names that stand in it, its own id among them.
    """

    own: dict[str, str]
    wide: tuple[tuple[str, frozenset[str]], ...]
    words: dict[str, frozenset[str]]

    def wide_for(self, records: list[str]) -> list[str]:
        """Return the namings and links that speak of these records or of a name in them."""
        said = frozenset[str]().union(*(self.words.get(r, frozenset()) for r in records))
        return [w for w, about in self.wide if w not in records and about & said]


def _moved(before: tuple[Record, ...], after: tuple[Record, ...]) -> _Moved:
    first = {r.origin.id: r for r in before}
    second = {r.origin.id: r for r in after}
    own = {}
    for record in sorted(first.keys() | second.keys()):
        one, other = first.get(record), second.get(record)
        if one is None or other is None:
            own[record] = _KNOWN if one is None else _WITHDRAWN
        elif one != other:
            own[record] = f"was revised ({', '.join(_revised(one, other))})"
    every = {**first, **second}
    wide = tuple((r, about) for r in own if (about := _about(every[r])))
    return _Moved(own, wide, {r: _words(record) for r, record in every.items()} if wide else {})


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


def _revised(one: Record, other: Record) -> list[str]:
    """Name what a revision changed, in the words of the fields of a record."""
    if type(one) is not type(other):
        return ["another kind of record"]
    names = [f.name for f in fields(one) if getattr(one, f.name) != getattr(other, f.name)]
    return [_WORDS.get(name, name.strip("_").replace("_", " ")) for name in names]


_WORDS = {
    "when": "time moved",
    "place": "place moved",
    "what": "kind of act changed",
    "by": "accused changed",
    "against": "target changed",
    "harm": "harm changed",
    "origin": "origin changed",
}


def _joined(before: Side, after: Side) -> dict[str, str]:
    """Say for each incident that is there on one side only where its reports stand on the other."""
    found: dict[str, str] = {}
    for here, there, says in ((before, after, "stand now"), (after, before, "stood before")):
        owner = {r: a.incident.id for a in there.attributed for r in a.incident.record_ids}
        ids = {a.incident.id for a in there.attributed}
        for one in (a.incident for a in here.attributed if a.incident.id not in ids):
            others = sorted({owner[r] for r in one.record_ids if r in owner})
            if others:
                found[one.id] = f"the reports of {one.id} {says} in {', '.join(others)}"
    return found


def _change(
    before: Assessment | None, after: Assessment | None, moved: _Moved, joined: dict[str, str]
) -> Change | None:
    kind = _kind(before, after)
    if not kind:
        return None
    sides = tuple(a for a in (before, after) if a is not None)
    records = sorted({r for a in sides for r in a.records})
    because = [f"{r} {moved.own[r]}" for r in records if r in moved.own]
    because += [f"{r} {moved.own[r]}" for r in moved.wide_for(records)]
    incidents = sorted({i for a in sides for i in a.incidents})
    because += [joined[i] for i in incidents if i in joined]
    return Change(kind, before, after, tuple(because) or _elsewhere(moved))


def _kind(before: Assessment | None, after: Assessment | None) -> str:
    if before is None or after is None:
        return NEW if before is None else GONE
    if any(getattr(before, f) != getattr(after, f) for f in _FIELDS):
        return CHANGED
    return SUPPORT if any(getattr(before, f) != getattr(after, f) for f in _SUPPORT) else ""


def _elsewhere(moved: _Moved) -> tuple[str, ...]:
    return (f"none of its own records moved; {len(moved.own)} others did",)
