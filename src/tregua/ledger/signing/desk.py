"""Whoever signs what is taken in: a party's or the centre's root key, and the key of its desk.

The desk signs in the name of its owner that it took a report in, as it stands in the file; what a
party signs itself comes in as its own entries.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from tregua.errors import WrongUse
from tregua.ledger.signing.book import NO_AGREEMENT
from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.device_key import new_key
from tregua.ledger.signing.keys import Root
from tregua.ledger.signing.sign import Draft, Place, sign
from tregua.terms.time import show_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tregua.ledger.signing.claims import Claims
    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.signing.disclosures import Field
    from tregua.ledger.signing.sign import Signed

RENEW = "`tregua keys renew` makes a new one; what the old one signed stands"
TERM = 400 * 86_400  # seconds for which the key of a desk is named
SIGNS = ("agreement", "bulletin", "erasure", "link", "notice", "opening", "release", "report")


@dataclass(frozen=True, slots=True)
class Desk:
    """Two keys, and who may see what is signed with them.

    Attributes:
        root: names the key of the desk, in the first entry that it signs.
        device: signs everything else.
        rel: audiences of what it takes in, sorted, never empty.
        agr: SHA-256 (hex) of the text in force before the first entry, from the annex.
        random: source of salts.
    """

    root: DeviceKey
    device: DeviceKey
    rel: tuple[str, ...]
    agr: str = NO_AGREEMENT
    random: Callable[[int], bytes] = os.urandom

    @property
    def as_root(self) -> Root:
        """Return its root key as an annex has it."""
        return Root(self.root.party, self.root.alg, self.root.public)


def _check_term(terms: KeyTerms, iat: int) -> None:
    if iat >= terms.until:
        raise WrongUse(
            f"the key {terms.kid} of this desk ran out at {show_seconds(terms.until)}",
            help=RENEW,
        )


class _Given(TypedDict):
    agr: str
    rel: tuple[str, ...]
    iat: int


def new_desk(rel: tuple[str, ...], *, party: str = "centre") -> Desk:
    """Make a desk with fresh keys."""
    return Desk(new_key(f"{party}/root"), new_key(f"{party}/desk"), rel)


class Signing:
    """A desk at work on one ledger: knows where its chains stand and which text is in force.

    Raises:
        WrongUse: its key ran out or was revoked; what it signed now could not stand.
    """

    def __init__(self, desk: Desk, entries: Iterable[tuple[str, Claims]], *, iat: int) -> None:
        self._desk, self._iat = desk, iat
        self._places: dict[str, Place] = {}
        self._is_named = False
        self.agr = desk.agr
        for entry_id, claims in entries:
            if claims.kid in (desk.root.kid, desk.device.kid):
                self._places[claims.kid] = Place(claims.seq + 1, entry_id)
            if claims.kind == "agreement":
                self.agr = claims.agr
            if claims.kind == "key" and claims.key and claims.key.kid == desk.device.kid:
                self._is_named = True
                _check_term(claims.key, iat)
            if claims.kind == "revocation" and claims.key and claims.key.kid == desk.device.kid:
                raise WrongUse(f"the key {desk.device.kid} of this desk was revoked", help=RENEW)

    def begin_behind(self, epoch: Signed, agr: str) -> None:
        """Go on behind the entry with which the root key opened a ledger."""
        self._places[self._desk.root.kid] = Place(2, epoch.next)
        self.agr = agr

    def opening(self) -> tuple[Signed, ...]:
        """Return the entry that names the key of the desk, if it stands nowhere yet."""
        if self._is_named:
            return ()
        device = self._desk.device
        terms = KeyTerms(
            device.kid, device.alg, device.public, SIGNS, self._iat - 86_400, self._iat + TERM
        )
        self._is_named = True
        return (self._signed(self._desk.root, Draft("key", **self._given(), key=terms)),)

    def entry(
        self,
        kind: str,
        *,
        fields: tuple[Field, ...] = (),
        ref: tuple[str, ...] = (),
        window: str = "",
    ) -> Signed:
        """Sign an entry with the key of the desk."""
        draft = Draft(kind, **self._given(), fields=fields, ref=ref, window=window)
        return self._signed(self._desk.device, draft)

    def agreement(self, agr: str) -> Signed:
        """Sign that a text is in force; later entries name it."""
        self.agr = agr
        return self.entry("agreement")

    def _given(self) -> _Given:
        return {"agr": self.agr, "rel": self._desk.rel, "iat": self._iat}

    def _signed(self, key: DeviceKey, draft: Draft) -> Signed:
        place = self._places.get(key.kid, Place())
        made = sign(draft, key, place, random=self._desk.random)
        self._places[key.kid] = Place(place.seq + 1, made.next)
        return made
