"""Who plays in a rehearsal: two sides and a neutral with fresh keys, a centre, and their annex.

Keys are made for one rehearsal and forgotten with it. Nothing here is a real deal's.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.ledger.notes.key import KeyType
from tregua.ledger.notes.read_policy import read_policy
from tregua.ledger.notes.signer import SigningKey
from tregua.ledger.signing.device_key import new_key
from tregua.ledger.signing.keys import Root

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tregua.ledger.notes.policy import Policy
    from tregua.ledger.signing.device_key import DeviceKey

SIDES = ("a", "b")
NEUTRAL = "un"
EVERYBODY = (*SIDES, NEUTRAL)
REL = ("a", "b", "un")  # audiences of what is reported here
LOG = "centre.example/ledger/1"


@dataclass(frozen=True, slots=True)
class Cast:
    """Keys and annex of a rehearsal.

    Attributes:
        keys: device and root keys by name; of each party ``NAME/root`` and ``NAME/phone``.
        log: signs checkpoints, at the centre.
        cosigners: a mirror of each side, a witness of the neutral.
        policy: the trust rule: no checkpoint counts until both sides have cosigned it.
        agr: SHA-256 (hex) of the text that entries name.
        random: source of salts.
    """

    keys: Mapping[str, DeviceKey]
    log: SigningKey
    cosigners: Mapping[str, SigningKey]
    policy: Policy
    agr: str
    random: Callable[[int], bytes]

    @property
    def roots(self) -> tuple[Root, ...]:
        """Return the root keys, as the annex has them."""
        held = (self.keys[f"{party}/root"] for party in EVERYBODY)
        return tuple(Root(key.party, key.alg, key.public) for key in held)


def new_cast(agr: str, *, random: Callable[[int], bytes] = os.urandom) -> Cast:
    """Make everybody's keys, and the annex that names them."""
    names = [f"{party}/{device}" for party in EVERYBODY for device in ("root", "phone")]
    log = SigningKey(LOG, KeyType.NOTE, random(32))
    cosigners = {
        party: SigningKey(_cosigner(party), KeyType.COSIGNATURE, random(32)) for party in EVERYBODY
    }
    lines = [f"log {log.public}"]
    lines += [f"witness {n} {key.public} https://{n}.example/" for n, key in cosigners.items()]
    lines += [f"group sides all {' '.join(SIDES)}", "quorum sides", ""]
    policy = read_policy("\n".join(lines).encode())
    keys = {name: new_key(name, random=random) for name in names}
    return Cast(keys, log, cosigners, policy, agr, random)


def _cosigner(party: str) -> str:
    return f"{party}.example/{'mirror' if party in SIDES else 'witness'}"
