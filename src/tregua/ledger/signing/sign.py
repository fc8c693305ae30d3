"""Sign an entry: open fields and digests into a compact JWS; the disclosures stay with the signer.

Decoys stand among the digests, so that their number does not tell how much was said (RFC 9901,
4.2.7). Nothing is canonicalised after signing: the signed bytes are the leaf.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tregua.errors import EntryRefused
from tregua.ledger.signing.b64 import encode
from tregua.ledger.signing.claims import DIGEST, MAX_ENTRY, TYPE, KeyTerms
from tregua.ledger.signing.disclosures import Field, digest_of, disclosure_of
from tregua.ledger.signing.kinds import KINDS
from tregua.ledger.signing.strict_json import write
from tregua.ledger.tree import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.ledger.signing.device_key import DeviceKey

DECOYS = (2, 4)  # at least, at most


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to sign; the fields are those of `claims.Claims`."""

    kind: str
    agr: str
    rel: tuple[str, ...]
    iat: int
    fields: tuple[Field, ...] = ()
    window: str = ""
    ref: tuple[str, ...] = ()
    key: KeyTerms | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next entry of a key stands in its chain.

    Attributes:
        seq: its number, from 1.
        prev: leaf hash (hex) of the entry before it; empty for the first.
    """

    seq: int = 1
    prev: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """An entry and what it leaves to be disclosed."""

    entry: bytes
    disclosures: tuple[str, ...]

    @property
    def next(self) -> str:
        """Return the leaf hash (hex): the id of the entry, and ``prev`` of the one after it."""
        return leaf_hash(self.entry).hex()


def sign(
    draft: Draft, key: DeviceKey, place: Place, *, random: Callable[[int], bytes] = os.urandom
) -> Signed:
    """Sign a draft as the next entry of a key.

    Raises:
        EntryRefused: it names no audience, a field is marked wider than the record, a name stands
            twice, or the entry would be too large.
    """
    _check(draft)
    disclosures = tuple(disclosure_of(f, random) for f in draft.fields)
    low, high = DECOYS
    decoys = [encode(random(32)) for _ in range(low + random(1)[0] % (high - low + 1))]
    digests = sorted([*(digest_of(d) for d in disclosures), *decoys])
    payload = _payload(draft, key, place, digests)
    header = {"alg": key.alg, "kid": key.kid, "typ": TYPE}
    signed = ".".join(encode(write(part).encode("utf-8")) for part in (header, payload))
    entry = f"{signed}.{encode(key.sign(signed.encode('ascii')))}".encode("ascii")
    if len(entry) > MAX_ENTRY:
        raise EntryRefused(f"it has {len(entry):,} bytes, more than {MAX_ENTRY:,}")
    return Signed(entry, disclosures)


def _payload(draft: Draft, key: DeviceKey, place: Place, digests: list[str]) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "iss": key.party,
        "kind": draft.kind,
        "seq": place.seq,
        "iat": draft.iat,
        "agr": draft.agr,
        "rel": sorted(set(draft.rel)),
        "_sd": digests,
        "_sd_alg": DIGEST,
    }
    optional = {
        "prev": place.prev,
        "window": draft.window,
        "ref": list(draft.ref),
        "key": draft.key and key_json(draft.key),
    }
    return payload | {name: value for name, value in optional.items() if value}


def key_json(terms: KeyTerms) -> dict[str, Any]:
    """Return the terms of a key as they stand in its entry."""
    if not terms.public:
        return {"kid": terms.kid, "since": terms.since}
    return {
        "kid": terms.kid,
        "alg": terms.alg,
        "pub": encode(terms.public),
        "kinds": sorted(terms.kinds),
        "since": terms.since,
        "until": terms.until,
    }


def _check(draft: Draft) -> None:
    if draft.kind not in KINDS:
        raise EntryRefused(f"its kind is not one of {', '.join(KINDS)}")
    if not draft.rel:
        raise EntryRefused("it names no audience: nobody could see it")
    names = [f.name for f in draft.fields]
    if len(set(names)) != len(names):
        raise EntryRefused("a field stands twice")
    wider = [f.name for f in draft.fields if not set(f.rel) <= set(draft.rel)]
    if wider:
        raise EntryRefused(f"the field {wider[0]!r} is marked wider than its record")
