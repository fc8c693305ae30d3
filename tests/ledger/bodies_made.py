"""Signed entries with bodies that are easily found again."""

from __future__ import annotations

from functools import cache

from tests.ledger.signing.conftest import randomness
from tregua.ledger.signing.device_key import new_key
from tregua.ledger.signing.disclosures import Field
from tregua.ledger.signing.sign import Draft, Place, Signed, sign

WORD = "Zebraquail"  # in every body


@cache
def made(n: int, *rel: str, party: str = "a", says: str = WORD) -> Signed:
    """Return the same entry for the same arguments; marked for A unless said otherwise."""
    random = randomness(f"{n} {party} {rel} {says}")
    marking = rel or ("A",)
    fields = (Field("note", f"{says} {n}", marking), Field("what", "mortar-fire", marking))
    draft = Draft("report", "00" * 32, marking, 5, fields)
    return sign(draft, new_key(f"{party}/post", random=random), Place(), random=random)
