"""A device's clock is set back, so that a report seems to have been made before it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.looks import at_the_times
from tregua.rehearsal.opening import DAY, report
from tregua.terms.time import show_seconds

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_BACK = 3 * DAY


def act(stage: Stage) -> Done:
    """Sign a report dated three days ago, then let the beat come."""
    index, claimed = len(stage.entries()), stage.now - _BACK
    stage.put(report(stage, "a", iat=claimed))
    stage.beat()
    what = f"the clock of a's phone is set back three days before it signs entry {index}"
    return Done(what, (f"entry {index} ", "a/phone", show_seconds(claimed)))


ATTACK = Attack("clock-changed", "the clock changed", act, at_the_times)
