"""Entries in the hands of others' software: PyJWT checks the signature, sd-jwt the disclosures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jwcrypto.jwk import JWK
from sd_jwt.verifier import SDJWTVerifier

from tregua.ledger.signing.b64 import encode

if TYPE_CHECKING:
    from tests.ledger.signing.conftest import Parties


def test_pyjwt_accepts_an_entry_and_refuses_a_changed_one(parties: Parties) -> None:
    public = parties.keys["a/phone"].public
    entry = parties.put("a/phone", parties.report()).entry.decode()
    key = Ed25519PublicKey.from_public_bytes(public)
    held = jwt.decode(entry, key, algorithms=["EdDSA"], options={"verify_iat": False})
    assert ("a", "report") == (held["iss"], held["kind"])
    head, _, signature = entry.split(".")
    changed = encode(json.dumps({**held, "iss": "b"}).encode())
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(
            f"{head}.{changed}.{signature}",
            key,
            algorithms=["EdDSA"],
            options={"verify_iat": False},
        )


def test_another_library_opens_the_disclosures(parties: Parties) -> None:
    """The presentation ``<jwt>~<disclosure>~...~`` is that of RFC 9901."""
    made = parties.put("a/phone", parties.report())
    presentation = "~".join([made.entry.decode(), *made.disclosures, ""])
    key = JWK(kty="OKP", crv="Ed25519", x=encode(parties.keys["a/phone"].public))
    held = SDJWTVerifier(presentation, lambda *_: key).get_verified_payload()
    assert "mortar-fire" == held["what"]["v"]
