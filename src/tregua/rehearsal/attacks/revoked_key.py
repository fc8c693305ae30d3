"""A phone is lost and its key revoked; whoever found it signs a report dated before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.sign import Draft
from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.cast import REL
from tregua.rehearsal.looks import at_the_signatures
from tregua.rehearsal.opening import report

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_HOUR = 3_600


def act(stage: Stage) -> Done:
    """Revoke the key of a's phone, then sign with it, dated an hour before."""
    stage.now += _HOUR
    terms = KeyTerms("a/phone", since=stage.now)
    revocation = Draft("revocation", stage.cast.agr, REL, stage.now, key=terms)
    index = len(stage.entries())
    stage.put(stage.signed(revocation, stage.cast.keys["a/root"]))
    stage.put(report(stage, "a", iat=stage.now - _HOUR))
    what = f"a revokes its phone in entry {index}; the finder signs entry {index + 1}, dated before"
    return Done(what, (f"entry {index + 1}:", "a/phone", f"revoked by entry {index}"))


ATTACK = Attack("revoked-key", "an entry signed with a revoked key", act, at_the_signatures)
