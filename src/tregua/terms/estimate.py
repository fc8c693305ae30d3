"""A number as it was claimed: low, best, high. Nothing is averaged, nothing is made up.

"At least 12" has no high; "between 10 and 20" has no best. Ranges add as ranges.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A count with its low, best and high value, each as far as the source gave it.

    Attributes:
        low: least that is claimed; ``None`` when the source gave none.
        best: the source's own best value; ``None`` when it gave none.
        high: most that is claimed; ``None`` means open ("at least").
        odd: true when the source's own values contradict each other (low > best, high < best);
            such rows exist in published data and are kept, never repaired.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    odd: bool = False

    @property
    def is_stated(self) -> bool:
        """Say whether the source gave any value."""
        return not (self.low is None and self.best is None and self.high is None)

    @property
    def least(self) -> int:
        """Return the least value that is claimed, zero when none is."""
        stated = [v for v in (self.low, self.best, self.high) if v is not None]
        return min(stated, default=0)

    @property
    def most(self) -> int | None:
        """Return the most that is claimed; ``None`` when the upper end is open."""
        if self.high is None:
            return None if self.best is None else self.best
        return max(v for v in (self.low, self.best, self.high) if v is not None)

    def __str__(self) -> str:
        if not self.is_stated:
            return "not stated"
        if self.high is None and self.best is None:
            return f"at least {self.low}"
        if self.low == self.high and self.best in (None, self.low):
            return str(self.low)
        if self.low is None and self.high is None:
            return str(self.best)
        if self.high is None:
            return f"at least {self.low}, best {self.best}"
        low = "?" if self.low is None else str(self.low)
        best = "" if self.best is None else f" (best {self.best})"
        return f"{low} to {self.high}{best}"


NOT_STATED = Estimate()


def exactly(value: int) -> Estimate:
    """Return the estimate of a source that gave one number."""
    return Estimate(value, value, value)


def at_least(value: int) -> Estimate:
    """Return the estimate of a source that gave only a least number."""
    return Estimate(low=value)


def span_of(estimates: tuple[Estimate, ...]) -> Estimate:
    """Return the widest range that the stated estimates claim, without a best value."""
    stated = [e for e in estimates if e.is_stated]
    if not stated:
        return NOT_STATED
    most = [e.most for e in stated]
    high = None if any(m is None for m in most) else max(m for m in most if m is not None)
    return Estimate(low=min(e.least for e in stated), high=high)
