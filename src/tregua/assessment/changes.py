"""Which answers changed between two states of knowledge, and which records moved them.

Answers are compared by id (norm, bearer, instance). A record that an answer rests on moves it when
it became known, was withdrawn from view, or was revised; a naming or a link may move any answer.
Nothing here assesses anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.moves import KNOWN, WITHDRAWN, moves_between

if TYPE_CHECKING:
    from tregua.assessment.model import Assessment
    from tregua.assessment.moves import Moves
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
    moves = moves_between(before, after)
    first = {a.id: a for a in before.assessments}
    second = {a.id: a for a in after.assessments}
    found = [_change(first.get(a.id), a, moves) for a in after.assessments]
    found += [_change(a, None, moves) for a in before.assessments if a.id not in second]
    return Changes(
        became_known=tuple(r for r, says in moves.own.items() if says == KNOWN),
        no_longer=tuple(r for r, says in moves.own.items() if says == WITHDRAWN),
        revised=tuple((r, s) for r, s in moves.own.items() if s not in (KNOWN, WITHDRAWN)),
        answers=tuple(c for c in found if c is not None),
    )


def _change(before: Assessment | None, after: Assessment | None, moves: Moves) -> Change | None:
    kind = _kind(before, after)
    if not kind:
        return None
    sides = tuple(a for a in (before, after) if a is not None)
    because = [f"{r} {moves.own[r]}" for r in moves.records_for(sides)]
    because += moves.joined_for(sides)
    elsewhere = f"none of its own records moved; {len(moves.own)} others did"
    return Change(kind, before, after, tuple(because) or (elsewhere,))


def _kind(before: Assessment | None, after: Assessment | None) -> str:
    if before is None or after is None:
        return NEW if before is None else GONE
    if any(getattr(before, f) != getattr(after, f) for f in _FIELDS):
        return CHANGED
    return SUPPORT if any(getattr(before, f) != getattr(after, f) for f in _SUPPORT) else ""
