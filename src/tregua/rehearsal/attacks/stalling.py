"""A side does not cosign, so that nothing new counts as acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done, Outcome
from tregua.rehearsal.cast import EVERYBODY
from tregua.rehearsal.looks import at_who_acknowledged
from tregua.rehearsal.opening import report
from tregua.rehearsal.stage import HOUR

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_SILENT = "b"
_BEATS = (1, 6, 7)  # hours until each beat


def act(stage: Stage) -> Done:
    """Let one side be away beat after beat, while the other reports."""
    present = tuple(name for name in EVERYBODY if name != _SILENT)
    for hours in _BEATS:
        stage.put(report(stage, "a"))
        stage.beat(asking=present, seconds=hours * HOUR)
    what = f"{_SILENT} does not cosign for {sum(_BEATS)} hours, while a goes on reporting"
    name = stage.cast.cosigners[_SILENT].name
    return Done(what, (name, f"({sum(_BEATS[1:])} h)", "overdue"))


ATTACK = Attack("stalling", "stalling", act, at_who_acknowledged, Outcome.VISIBLE)
