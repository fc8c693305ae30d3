"""Days as a data file spells them: ISO, or three numbers with slashes.

Whether the day or the month stands first is decided for a whole column and never for one row:
1. a first number above 12 says day/month/year, a second above 12 says month/day/year;
2. when both occur, or neither, the order is not known and no slashed day is read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]*)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: [\d: APM]*)?")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a column spells its days.

    Attributes:
        month_first: ``None`` when the order of slashed days is not known or there are none.
        seen: (an example, how often) of each way of writing, the most frequent first.
    """

    month_first: bool | None = None
    seen: tuple[tuple[str, int], ...] = ()

    @property
    def order(self) -> str:
        """Return the order of slashed days in words."""
        if self.month_first is None:
            return "in an order that is not known"
        return "month/day/year" if self.month_first else "day/month/year"

    def day(self, text: str) -> date | None:
        """Return the day, ``None`` when it cannot be read."""
        if match := _ISO.fullmatch(text):
            parts = [int(part) for part in match.groups()]
        elif self.month_first is not None and (match := _SLASHED.fullmatch(text)):
            first, second, year = (int(part) for part in match.groups())
            parts = [year, first, second] if self.month_first else [year, second, first]
        else:
            return None
        try:
            return date(*parts)
        except ValueError:
            return None


def spelling_of(texts: Iterable[str]) -> Spelling:
    """Return how the days of a column are spelled."""
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    day_first = month_first = False
    for text in texts:
        shape = re.sub(r"\d+", "9", text)
        counts[shape] += 1
        examples.setdefault(shape, text)
        if match := _SLASHED.fullmatch(text):
            day_first |= int(match[1]) > _MONTHS
            month_first |= int(match[2]) > _MONTHS
    shapes = sorted(counts, key=lambda s: (-counts[s], s))
    seen = tuple((examples[shape], counts[shape]) for shape in shapes)
    return Spelling(None if day_first == month_first else month_first, seen)
