"""The host changes an entry and makes database, bundles and tiles anew: all hashes fit again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.cast import SIDES
from tregua.rehearsal.host import redated, rewrite
from tregua.rehearsal.looks import at_the_cosigned

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_ENTRY, _COSIGNED = 8, 10  # the first checkpoint that covers the entry
_HOUR = 3_600


def act(stage: Stage) -> Done:
    """Date a report earlier and compute everything again that needs no signature."""
    entries = list(stage.entries())
    entries[_ENTRY] = redated(entries[_ENTRY], -_HOUR)
    rewrite(stage, entries)
    who = (stage.cast.cosigners[side].name for side in SIDES)
    what = f"entry {_ENTRY} is dated an hour earlier, and database, bundles and tiles are made anew"
    return Done(what, (f"root at size {_COSIGNED} ", *who))


ATTACK = Attack("all-recomputed", "an entry changed, all recomputed", act, at_the_cosigned)
