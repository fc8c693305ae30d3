"""Stretches of time [start, end) by group: join those that overlap or touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.keys import keys_over

if TYPE_CHECKING:
    from tregua.assessment.columns import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Disjoint stretches, by group, then start.

    Attributes:
        group: number of the group, zero or more.
        start, end: of each stretch.
    """

    group: Ints
    start: Ints
    end: Ints


def joined(group: Ints, start: Ints, end: Ints) -> Joined:
    """Sort the stretches of each group and join them by the furthest end so far."""
    order = np.lexsort((end, start, group))
    group, start, end = group[order], start[order], end[order]
    if not len(order):
        return Joined(group, start, end)
    keys = keys_over((group,), (start, end))
    reach = np.maximum.accumulate(keys.rising(group, end))
    fresh = np.append(True, keys.rising(group[1:], start[1:]) > reach[:-1])
    first = np.flatnonzero(fresh)
    return Joined(group[first], start[first], np.maximum.reduceat(end, first))
