"""Which key was valid where: roots from the annex, device keys from entries, until they end.

1. The root key of a party stands in the annex of the agreement, on paper; it signs ``key`` and
   ``revocation`` entries, and the ``epoch`` that opens a ledger behind an older one, before any
   other key is known there.
2. A device key counts from the entry that names it, for the kinds of entry named there, while the
   signing device's clock lies within its terms.
3. A revoked key signs nothing after the revocation. What it signed before stands only if another
   side had acknowledged it before the time that the party gives as the loss (``standing.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tregua.ledger.signing.claims import Claims

ROOT = "root"  # the device name of a party's root key
ROOT_KINDS = ("key", "revocation", "epoch")


@dataclass(frozen=True, slots=True)
class Root:
    """A party's root key, as the annex has it."""

    party: str
    alg: str
    public: bytes

    @property
    def kid(self) -> str:
        """Return its name, ``party/root``."""
        return f"{self.party}/{ROOT}"


@dataclass(frozen=True, slots=True)
class KeyLife:
    """A key and where in the ledger it was valid.

    Attributes:
        kid, alg, public: the key.
        kinds: kinds of entry that it may sign.
        since, until: POSIX seconds, by its terms.
        named: index of the entry that named it; -1 for a root.
        revoked: index of its revocation; ``None`` while it stands.
        lost: POSIX seconds that the party gives as its loss.
    """

    kid: str
    alg: str
    public: bytes
    kinds: tuple[str, ...]
    since: int
    until: int
    named: int
    revoked: int | None = None
    lost: int | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of a ledger up to some entry."""

    lives: Mapping[str, KeyLife] = field(default_factory=dict)

    def of(self, claims: Claims) -> KeyLife:
        """Return the key of an entry, if it may sign this one here.

        Raises:
            EntryRefused: unknown, revoked, out of its terms, or not for this kind of entry.
        """
        key = self.lives.get(claims.kid)
        if key is None:
            raise EntryRefused(f"the key {claims.kid} is not known here", rule="key")
        if key.revoked is not None:
            why = f"the key {key.kid} was revoked by entry {key.revoked}"
            raise EntryRefused(why, rule="revoked")
        if claims.alg != key.alg:
            raise EntryRefused(f"the key {key.kid} signs with {key.alg}", rule="signature")
        if claims.kind not in key.kinds:
            why = f"the key {key.kid} may not sign an entry of kind {claims.kind}"
            raise EntryRefused(why, rule="terms")
        if not key.since <= claims.iat < key.until:
            raise EntryRefused(f"it is dated outside the time of the key {key.kid}", rule="terms")
        return key

    def after(self, claims: Claims, index: int) -> Keys:
        """Return the keys as they are after an entry that stands at ``index``.

        Raises:
            EntryRefused: it names a key of another party, one that is known, or revokes none.
        """
        terms = claims.key
        if terms is None:
            return self
        if terms.kid.partition("/")[0] != claims.iss or claims.kid != f"{claims.iss}/{ROOT}":
            why = "keys of a party are named and revoked by its own root key"
            raise EntryRefused(why, rule="naming")
        known = self.lives.get(terms.kid)
        if claims.kind == "key":
            if known is not None:
                why = f"the key {terms.kid} is known already: give it a new name"
                raise EntryRefused(why, rule="naming")
            if set(terms.kinds) & set(ROOT_KINDS):
                why = "only the root key of a party names and revokes keys"
                raise EntryRefused(why, rule="naming")
            life = KeyLife(
                terms.kid, terms.alg, terms.public, terms.kinds, terms.since, terms.until, index
            )
            return Keys({**self.lives, terms.kid: life})
        if known is None or known.revoked is not None:
            raise EntryRefused(f"there is no key {terms.kid} to revoke", rule="naming")
        return Keys({**self.lives, terms.kid: replace(known, revoked=index, lost=terms.since)})


def keys_of(roots: tuple[Root, ...]) -> Keys:
    """Return the keys before the first entry: the roots of the annex."""
    forever = 2**40
    lives = (KeyLife(r.kid, r.alg, r.public, ROOT_KINDS, 0, forever, -1) for r in roots)
    return Keys({life.kid: life for life in lives})
