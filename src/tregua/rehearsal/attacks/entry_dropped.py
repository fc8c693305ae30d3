"""The host drops a report of one side and closes the gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.host import rewrite
from tregua.rehearsal.looks import at_the_signatures

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_ENTRY, _NEXT = 7, 8  # the second of b, and where its third now stands


def act(stage: Stage) -> Done:
    """Leave one entry out and compute everything again."""
    entries = stage.entries()
    rewrite(stage, entries[:_ENTRY] + entries[_ENTRY + 1 :])
    what = f"entry {_ENTRY}, number 2 of the key b/phone, is dropped and all is made anew"
    return Done(what, (f"entry {_NEXT}:", "b/phone", "number 2 is expected"))


ATTACK = Attack("entry-dropped", "an entry dropped", act, at_the_signatures)
