"""Three values: it holds, it does not, it cannot be said. With the sentences behind them.

``not`` swaps the first two; ``all`` fails by one part that fails, ``any`` holds by one that holds;
whatever cannot be said stays so unless the other parts settle it (02, 4.4: ``must`` and ``may``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.status.in_worlds import in_all, in_any, in_not, never_certain, the_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tregua.status.in_worlds import InWorlds


@dataclass(frozen=True, slots=True)
class Truth:
    """Whether a condition holds.

    Attributes:
        holds: ``True``, ``False``, or ``None`` when it cannot be said.
        atom: kind of the condition, for the explanation.
        says: why, one sentence each, in the order found.
        assessments, incidents, records: ids behind it, sorted.
        since: UTC; the moment since which it holds, when that is known.
        worlds: in which possible worlds it holds; ``None`` where nobody asked, or where it is the
            same in all.
    """

    holds: bool | None
    atom: str = "trigger"
    says: tuple[str, ...] = ()
    assessments: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    since: datetime | None = None
    worlds: InWorlds | None = None

    @property
    def in_worlds(self) -> InWorlds:
        """Return in which worlds it holds."""
        return the_same(self.holds) if self.worlds is None else self.worlds


def negated(truth: Truth) -> Truth:
    """Return the opposite, with the same sentences."""
    holds = None if truth.holds is None else not truth.holds
    worlds = None if truth.worlds is None else in_not(truth.worlds)
    return replace(_joined([truth], holds, max), worlds=worlds)


def doubted(truth: Truth) -> Truth:
    """Return the same, never certain."""
    worlds = None if truth.worlds is None else never_certain(truth.worlds)
    return replace(truth, holds=None if truth.holds else truth.holds, worlds=worlds)


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return whether all hold; with no part it holds."""
    parts = tuple(truths)
    values = {t.holds for t in parts}
    holds = False if False in values else None if None in values else True
    told = _joined([t for t in parts if t.holds is holds] or parts, holds, max)
    return replace(told, worlds=in_all(t.in_worlds for t in parts)) if _vary(parts) else told


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return whether any holds; with no part it does not."""
    parts = tuple(truths)
    values = {t.holds for t in parts}
    holds = True if True in values else None if None in values else False
    told = _joined([t for t in parts if t.holds is holds] or parts, holds, min)
    return replace(told, worlds=in_any(t.in_worlds for t in parts)) if _vary(parts) else told


def _vary(parts: tuple[Truth, ...]) -> bool:
    """Say whether some part is not the same in every world that was asked about."""
    return any(t.worlds is not None for t in parts)


def _joined(
    parts: Iterable[Truth],
    holds: bool | None,  # noqa: FBT001 - three values, not a switch
    since: Callable[[list[datetime]], datetime],
) -> Truth:
    parts = tuple(parts)
    times = [t.since for t in parts if t.since is not None]
    return Truth(
        holds=holds,
        atom=parts[0].atom if len(parts) == 1 else "trigger",
        says=_unique(s for t in parts for s in t.says),
        assessments=tuple(sorted({i for t in parts for i in t.assessments})),
        incidents=tuple(sorted({i for t in parts for i in t.incidents})),
        records=tuple(sorted({i for t in parts for i in t.records})),
        since=since(times) if times else None,
    )


def _unique(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))
