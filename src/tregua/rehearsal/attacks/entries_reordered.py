"""The host lets two reports change places, so that the other side seems to have said it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.host import rewrite
from tregua.rehearsal.looks import beside_a_copy

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_FIRST = 6  # of a; the next one is of b, so both chains stay whole


def act(stage: Stage) -> Done:
    """Exchange two entries and compute everything again."""
    entries = list(stage.entries())
    entries[_FIRST], entries[_FIRST + 1] = entries[_FIRST + 1], entries[_FIRST]
    rewrite(stage, entries)
    what = f"entries {_FIRST} and {_FIRST + 1} change places, and all is made anew"
    return Done(what, (f"entry {_FIRST} ", f"entry {_FIRST + 1} of the copy"))


ATTACK = Attack("entries-reordered", "entries re-ordered", act, beside_a_copy)
