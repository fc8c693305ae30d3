"""Whoever keeps the bodies makes a report say something else than was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.ledger.signing.b64 import decode, encode
from tregua.ledger.signing.sign import Signed
from tregua.ledger.tree import leaf_hash
from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.looks import at_the_bodies

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_ENTRY = 9


def act(stage: Stage) -> Done:
    """Let a mortar become an air strike, salt and all else kept."""
    entry = stage.entries()[_ENTRY]
    with stage.store() as store:
        held = store.bodies.get(leaf_hash(entry).hex())
        store.bodies.put([Signed(entry, tuple(map(_altered, held)))])
    what = f"in the body of entry {_ENTRY}, mortar fire becomes an air strike"
    return Done(what, (f"entry {_ENTRY}:", "'what'"))


def _altered(disclosure: str) -> str:
    return encode(decode(disclosure).replace(b"mortar-fire", b"air-strike"))


ATTACK = Attack("disclosure-altered", "a disclosure altered", act, at_the_bodies)
