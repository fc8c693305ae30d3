from __future__ import annotations

from hashlib import sha256, shake_256
from typing import TYPE_CHECKING

import pytest

from tregua.ledger.signing.book import Book
from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.device_key import DeviceKey, new_key
from tregua.ledger.signing.disclosures import Field
from tregua.ledger.signing.keys import Root
from tregua.ledger.signing.sign import Draft, Signed, sign

if TYPE_CHECKING:
    from collections.abc import Callable

AGR = sha256(b"the deal").hexdigest()
D = 1_473_696_000  # 12 September 2016, 16:00 UTC
ALL = ("A", "B", "MON")
REPORT = (
    Field("at", "2016-09-13T05:00:00Z", ("A", "B", "MON")),
    Field("what", "mortar-fire", ("A", "B", "MON")),
    Field("where.cell50", "36N 37E", ("A", "B", "MON")),
    Field("where.point", [36.2, 37.1], ("A", "MON")),
    Field("source", "a nurse", ("A",)),
)


def randomness(seed: str) -> Callable[[int], bytes]:
    """Return bytes that look random and are the same at every run."""
    count = 0

    def more(size: int) -> bytes:
        nonlocal count
        count += 1
        return shake_256(f"{seed} {count}".encode()).digest(size)

    return more


class Parties:
    """Two sides and a monitor, their root and device keys, and the book of one ledger."""

    def __init__(self, alg: str = "EdDSA") -> None:
        self.random = randomness("parties")
        self.keys = {
            kid: new_key(kid, alg=alg, random=self.random)
            for side in ("a", "b", "mon")
            for kid in (f"{side}/root", f"{side}/phone")
        }
        roots = tuple(Root(s, alg, self.keys[f"{s}/root"].public) for s in ("a", "b", "mon"))
        self.book = Book(roots, {AGR})
        self.log: list[bytes] = []

    def signed(self, kid: str, draft: Draft) -> Signed:
        return sign(draft, self.keys[kid], self.book.place(kid), random=self.random)

    def put(self, kid: str, draft: Draft) -> Signed:
        made = self.signed(kid, draft)
        self.book.take(made.entry)
        self.log.append(made.entry)
        return made

    def name(self, key: DeviceKey, *, until: int = D + 30 * 86_400) -> Signed:
        terms = KeyTerms(
            key.kid, key.alg, key.public, ("report", "nil", "reply", "opening"), D - 86_400, until
        )
        return self.put(f"{key.party}/root", Draft("key", AGR, ALL, D, key=terms))

    def report(self, iat: int = D, **changes: object) -> Draft:
        given = {"kind": "report", "agr": AGR, "rel": ALL, "iat": iat, "fields": REPORT}
        return Draft(**{**given, **changes})  # type: ignore[arg-type]


@pytest.fixture
def parties() -> Parties:
    """Return the parties with the phones of A and B known."""
    made = Parties()
    for kid in ("a/phone", "b/phone"):
        made.name(made.keys[kid])
    return made


@pytest.fixture(scope="session")
def new_parties() -> type[Parties]:
    return Parties
