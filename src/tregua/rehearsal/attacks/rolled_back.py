"""The host goes back to an older state of everything, checkpoint and cosignatures included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.cast import SIDES
from tregua.rehearsal.host import forget_after, rewrite
from tregua.rehearsal.looks import at_the_cosigned

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_BACK_TO = 10


def act(stage: Stage) -> Done:
    """Restore the record of an hour ago."""
    entries = stage.entries()
    rewrite(stage, entries[:_BACK_TO])
    forget_after(stage, _BACK_TO)
    who = (stage.cast.cosigners[side].name for side in SIDES)
    what = f"the record of {len(entries)} entries is put back to {_BACK_TO}, checkpoints and all"
    return Done(what, (f"from {len(entries)} entries to {_BACK_TO}", *who))


ATTACK = Attack("rolled-back", "the record rolled back", act, at_the_cosigned)
