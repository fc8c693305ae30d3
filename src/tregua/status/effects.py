"""What bad, reset and pause, each of three values, do to the two hands in one stretch.

The lower hand takes the worst that is possible, the upper hand the best. A stretch in which a clock
certainly stands still does nothing to either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.status.hands import Effect, Moves
from tregua.status.in_worlds import all_of, any_of, not_

if TYPE_CHECKING:
    from tregua.status.truth import Truth


def worst(bad: Truth, reset: Truth, pause: Truth) -> Effect:
    """Return what the stretch does to the lower hand."""
    if pause.holds is True:
        return Effect.STAND
    if reset.holds is not False:
        return Effect.RESET
    if bad.holds is not False or pause.holds is None:
        return Effect.STAND
    return Effect.COUNT


def best(bad: Truth, reset: Truth, pause: Truth) -> Effect:
    """Return what the stretch does to the upper hand."""
    if pause.holds is True:
        return Effect.STAND
    if reset.holds is True:
        return Effect.STAND if pause.holds is None else Effect.RESET
    return Effect.STAND if bad.holds is True else Effect.COUNT


def moves_in_worlds(
    bad: Truth, reset: Truth, pause: Truth, *, sure: bool, whole: bool
) -> tuple[Moves, Moves] | None:
    """Return the same for each possible world; ``None`` where it is the same in all.

    Args:
        bad: whether the stretch is a bad one.
        reset: whether it puts the clock back.
        pause: whether the clock stands still in it.
        sure: whether the lower hand may count it if nothing was done in it.
        whole: whether the upper hand may.
    """
    if not any(t.worlds for t in (bad, reset, pause)):
        return None
    spoils, back, still = bad.in_worlds, reset.in_worlds, pause.in_worlds
    low = sure and not_(any_of((spoils.may, back.may, still.may)))
    high = whole and not_(any_of((spoils.must, back.must, still.must)))
    return (
        Moves(all_of((back.may, not_(still.must))), low),
        Moves(all_of((back.must, not_(still.may))), high),
    )
