"""The answers of the road over a growing record: each with its versions and why it has a new one.

A picture made with what was kept of the one before (``kept.py``) keeps every answer that rests on
the same. Here the answers that are not the same get their next version, the number of entries from
which on it is known, and the reasons: the entries that moved a record on which the answer rests, or
rested. An answer that nobody gives any more has a version without an answer; one that comes back
counts on.

Worlds that are drawn depend on the root of the entries, which every entry moves. Such an answer is
drawn again each time, and has a new version when its number moved: that is what a picture made
alone says, and what anybody can recompute.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.kept import Kept, is_alike
from tregua.assessment.live_because import LATE, NEW
from tregua.assessment.moves import KNOWN, WITHDRAWN, moves_between

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from tregua.assessment.changes import Side
    from tregua.assessment.model import Assessment
    from tregua.assessment.moves import Moves
    from tregua.reports.model import Record

    Key: TypeAlias = tuple[str, int]


_NAMED = 8  # entries that are named one by one


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one answer.

    Attributes:
        id: of the answer.
        before: the answer of the version before; ``None`` when there was none.
        answer: the answer; ``None`` when it is given no more.
        version: from 1, one more with each change.
        known_from: entries of the ledger that were known when it was made.
        because: what moved it, each a part of a sentence; empty for what was first asked.
    """

    id: str
    before: Assessment | None
    answer: Assessment | None
    version: int
    known_from: int
    because: tuple[str, ...]


class LiveAnswers:
    """The last picture's answers, with what is kept for the next one.

    Whoever holds one calls it from one thread at a time.
    """

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.kept = Kept()
        self._side: Side | None = None
        self._entries = 0
        self._last: dict[Key, Version] = {}

    def take(
        self, side: Side, positions: Iterable[tuple[str, int]], entries: int
    ) -> tuple[Version, ...]:
        """Take the answers of another picture; return the new versions, those gone last.

        Args:
            side: the answers of the picture, made with ``kept``, and what they rest on.
            positions: id of each record and the index of its entry.
            entries: how many entries were known.
        """
        why = None if self._side is None else _Why(self._side, side, positions, self._entries)
        found = dict(zip(_keys(side.assessments), side.assessments, strict=True))
        gone = [k for k, v in self._last.items() if v.answer is not None and k not in found]
        new = [self._next(k, a, entries, why) for k, a in found.items()]
        new += [self._next(k, None, entries, why) for k in gone]
        self._side, self._entries = side, entries
        return tuple(v for v in new if v is not None)

    def versions(self) -> tuple[Version, ...]:
        """Return the last version of every answer ever given, in the order of their first ones."""
        return tuple(self._last.values())

    def _next(
        self, key: Key, answer: Assessment | None, entries: int, why: _Why | None
    ) -> Version | None:
        last = self._last.get(key)
        before = last.answer if last else None
        if is_alike(before, answer):
            return None
        number = last.version + 1 if last else 1
        because = () if why is None else why.of(before, answer)
        version = Version(key[0], before, answer, number, entries, because)
        self._last[key] = version
        return version


class _Why:
    """What moved the answers between two pictures, in words."""

    def __init__(
        self, before: Side, after: Side, positions: Iterable[tuple[str, int]], known: int
    ) -> None:
        self._moves: Moves = moves_between(before, after)
        self._entry = {record: index for record, index in positions if record in self._moves.own}
        self._late = _late(self._moves.now, before)
        self._known = known

    def of(self, before: Assessment | None, after: Assessment | None) -> tuple[str, ...]:
        """Return the reasons for one answer, given as it was and as it is."""
        sides = tuple(a for a in (before, after) if a is not None)
        found = [self._told(record) for record in self._moves.records_for(sides)]
        found += [f"because {text}" for text in self._moves.joined_for(sides)]
        return tuple(found) or (f"because {self._others()} moved what lies beside it",)

    def _told(self, record: str) -> str:
        entry = f"entry {self._entry[record]}" if record in self._entry else "an entry unknown"
        if self._moves.own[record] == WITHDRAWN:
            return f"because {record} {WITHDRAWN}"
        if self._moves.own[record] == KNOWN:
            return f"because {record} ({entry}) {LATE if record in self._late else NEW}"
        return f"because {entry} {' and '.join(self._moves.did[record])} ({record})"

    def _others(self) -> str:
        entries = sorted(self._entry.values())
        if not entries:
            return f"what became known after {self._known} entries"
        if len(entries) > _NAMED:
            return f"{len(entries)} of the entries {entries[0]} to {entries[-1]}"
        return f"{'entry' if len(entries) == 1 else 'entries'} {', '.join(map(str, entries))}"


def _late(records: dict[str, Record], before: Side) -> frozenset[str]:
    """Return the records of what was over before something that was already known began."""
    if not records:
        return frozenset()
    starts = [when.start for r in before.records if (when := getattr(r, "when", None)) is not None]
    latest = max(starts, default=None)
    return frozenset(
        name
        for name, r in records.items()
        if latest is not None and (when := getattr(r, "when", None)) and when.end <= latest
    )


def _keys(answers: Iterable[Assessment]) -> list[Key]:
    """Return ids; of answers that share one (two readings of an amendment), counted on."""
    seen: Counter[str] = Counter()
    keys = []
    for one in answers:
        keys.append((one.id, seen[one.id]))
        seen[one.id] += 1
    return keys
