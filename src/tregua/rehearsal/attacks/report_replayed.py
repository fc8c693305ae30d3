"""Somebody hands in an old report again, as if it had happened twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.ledger.signing.sign import Signed
from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.looks import at_the_signatures

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_OLD = 4


def act(stage: Stage) -> Done:
    """Append the bytes of an entry that stands already."""
    entries = stage.entries()
    stage.put(Signed(entries[_OLD], ()))
    what = f"entry {_OLD}, a genuine report of b, is handed in once more"
    return Done(what, (f"entry {len(entries)}:", f"entry {_OLD},"))


ATTACK = Attack("report-replayed", "an old report replayed", act, at_the_signatures)
