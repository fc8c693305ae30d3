"""What changed between two states of knowledge: the records, and the answers with new versions.

The versions and their reasons are those of the live road (``live_answers.py``): an answer that
rests on the same has none. Nothing here assesses anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.moves import KNOWN, WITHDRAWN, moves_between

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.assessment.live_answers import Version
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
        told: the new version, with the answer before it, its number, and what moved it.
    """

    kind: str
    told: Version

    @property
    def of(self) -> Assessment:
        """Return the answer itself, as it is now or, when it is gone, as it was."""
        found = self.told.answer or self.told.before
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


def changes(before: Side, after: Side, versions: Iterable[Version]) -> Changes:
    """Say what changed.

    Args:
        before: what was known.
        after: what is known now.
        versions: the new versions that the answers have after it.
    """
    own = moves_between(before, after).own
    kinds = ((_kind(v.before, v.answer), v) for v in versions)
    return Changes(
        became_known=tuple(r for r, says in own.items() if says == KNOWN),
        no_longer=tuple(r for r, says in own.items() if says == WITHDRAWN),
        revised=tuple((r, s) for r, s in own.items() if s not in (KNOWN, WITHDRAWN)),
        answers=tuple(Change(kind, version) for kind, version in kinds if kind),
    )


def _kind(before: Assessment | None, after: Assessment | None) -> str:
    if before is None or after is None:
        return NEW if before is None else GONE
    if any(getattr(before, f) != getattr(after, f) for f in _FIELDS):
        return CHANGED
    return SUPPORT if any(getattr(before, f) != getattr(after, f) for f in _SUPPORT) else ""
