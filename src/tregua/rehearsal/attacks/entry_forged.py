"""Somebody who is not a signs a report in its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.looks import at_the_signatures
from tregua.rehearsal.opening import forged

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage


def act(stage: Stage) -> Done:
    """Sign as the next entry of a's key, with the key of b."""
    index = len(stage.entries())
    stage.put(forged(stage, "a", by="b"))
    what = f"entry {index} is put in under the name of a/phone, signed by somebody else"
    return Done(what, (f"entry {index}:", "a/phone"))


ATTACK = Attack("entry-forged", "an entry forged in the name of a", act, at_the_signatures)
