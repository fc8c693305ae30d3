"""Signature algorithms an entry may have: one line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from tregua.errors import EntryRefused

if TYPE_CHECKING:
    from collections.abc import Callable

PrivateKey = Ed25519PrivateKey | MLDSA44PrivateKey

ED25519 = "EdDSA"  # RFC 8037
ML_DSA_44 = "ML-DSA-44"  # FIPS 204


@dataclass(frozen=True, slots=True)
class Algorithm:
    """How to sign and verify; a public key as bytes, a private one opened from its 32-byte seed."""

    name: str
    public_size: int
    signature_size: int
    opened: Callable[[bytes], PrivateKey]
    check: Callable[[bytes, bytes, bytes], None]


ALGORITHMS: dict[str, Algorithm] = {
    a.name: a
    for a in (
        Algorithm(
            ED25519,
            32,
            64,
            Ed25519PrivateKey.from_private_bytes,
            lambda public, signature, data: Ed25519PublicKey.from_public_bytes(public).verify(
                signature, data
            ),
        ),
        Algorithm(
            ML_DSA_44,
            1_312,
            2_420,
            MLDSA44PrivateKey.from_seed_bytes,
            lambda public, signature, data: MLDSA44PublicKey.from_public_bytes(public).verify(
                signature, data
            ),
        ),
    )
}


def verifies(alg: str, public: bytes, signature: bytes, data: bytes) -> bool:
    """Say whether the signature of ``data`` is that of the key.

    Raises:
        EntryRefused: an algorithm that entries do not have, or a key of another length.
    """
    algorithm = ALGORITHMS.get(alg)
    if algorithm is None:
        raise EntryRefused(f"its algorithm is not one of {', '.join(ALGORITHMS)}")
    if len(public) != algorithm.public_size:
        raise EntryRefused(f"a public key of {alg} has {algorithm.public_size} bytes")
    try:
        algorithm.check(public, signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
