"""A side sends so many reports that nobody can read the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done, Outcome
from tregua.rehearsal.looks import at_the_queue
from tregua.rehearsal.opening import draft, report

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_SENT, _PAUSE = 24, 120  # reports, seconds between two


def act(stage: Stage) -> Done:
    """Send one report after another from one phone, about one place."""
    first = len(stage.entries())
    for number in range(_SENT):
        stage.now += _PAUSE
        flood = draft(stage, "b", number=number)
        stage.put(stage.signed(flood, stage.cast.keys["b/phone"]))
    stage.put(report(stage, "a"))
    last = first + _SENT - 1
    what = f"b sends {_SENT} reports about one place within the hour"
    return Done(what, ("b/phone", f"{_SENT} reports", f"entries {first} to {last}"))


ATTACK = Attack("flood", "a flood of reports", act, at_the_queue, Outcome.VISIBLE)
