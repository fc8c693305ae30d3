"""The host takes a forged report into the record, publishes it, and asks for cosignatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.cast import SIDES
from tregua.rehearsal.looks import at_who_acknowledged
from tregua.rehearsal.opening import forged

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage


def act(stage: Stage) -> Done:
    """Publish a report in the name of a that b's key signed; every hash of it is right."""
    index = len(stage.entries())
    stage.put(forged(stage, "a", by="b"))
    stage.beat()
    mirrors = [f"{stage.cast.cosigners[side].name} refuses" for side in SIDES]
    what = (
        f"the host publishes entry {index}, forged under the name of a/phone, and asks both sides"
    )
    return Done(what, (*mirrors, f"entry {index}:", "a/phone did not sign it"))


ATTACK = Attack("forged-published", "a forged entry published", act, at_who_acknowledged)
