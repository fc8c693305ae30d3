"""Read an entry strictly (RFC 9901, 7.1): refuse what could be read in two ways, never repair.

Only form and signature are looked at here; whether the key was valid there and the number fits is
for ``book.py``, which knows what came before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tregua.errors import EntryRefused
from tregua.ledger.signing.algorithms import ALGORITHMS, verifies
from tregua.ledger.signing.b64 import decode
from tregua.ledger.signing.claims import DIGEST, MAX_ENTRY, OPEN, TYPE, Claims, KeyTerms
from tregua.ledger.signing.device_key import NAME
from tregua.ledger.signing.disclosures import audiences
from tregua.ledger.signing.kinds import KINDS
from tregua.ledger.signing.strict_json import parse

if TYPE_CHECKING:
    from collections.abc import Container

_HEX = re.compile(r"[0-9a-f]{64}")
_BYTES = 32
_DIGEST = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")  # so many bytes in base64url
_PARTS = 3
_OPEN = frozenset(OPEN)
_NEEDED = {"iss", "kind", "seq", "iat", "agr", "rel", "_sd", "_sd_alg"}
_LATEST = 2**40  # POSIX seconds, far beyond any deal
_MOST_REFERENCES = 64
_TERMS = {"kid", "alg", "pub", "kinds", "since", "until"}


def read_entry(data: bytes) -> Claims:
    """Return the open part of an entry; its signature is not checked.

    Raises:
        EntryRefused: it is no entry, or one that another reader could read otherwise.
    """
    header, payload, _ = _parts(data)
    return _claims(*_key_of(header), parse(decode(payload)))


@lru_cache(maxsize=256)  # every entry of a key has the same
def _key_of(part: str) -> tuple[str, str]:
    """Read a header; return algorithm and name of the key."""
    header = parse(decode(part))
    if not isinstance(header, dict) or header.keys() != {"alg", "kid", "typ"}:
        raise EntryRefused("its header does not have exactly alg, kid and typ")
    if not _is_one_of(header["alg"], ALGORITHMS):
        raise EntryRefused(f"its algorithm is not one of {', '.join(ALGORITHMS)}")
    if header["typ"] != TYPE:
        raise EntryRefused(f"its type is not {TYPE}")
    kid = header["kid"]
    if not isinstance(kid, str) or not NAME.fullmatch(kid):
        raise EntryRefused("its key is not named party/device")
    return header["alg"], kid


def is_signed_by(data: bytes, alg: str, public: bytes) -> bool:
    """Say whether an entry was signed by the key with these public bytes.

    Raises:
        EntryRefused: it has no three parts.
    """
    signed, _, signature = data.rpartition(b".")
    return verifies(alg, public, decode(signature.decode("ascii", "replace")), signed)


def _parts(data: bytes) -> tuple[str, str, bytes]:
    if not 0 < len(data) <= MAX_ENTRY:
        raise EntryRefused(f"it has {len(data):,} bytes; an entry has 1 to {MAX_ENTRY:,}")
    parts = data.decode("ascii", "replace").split(".")
    if len(parts) != _PARTS:
        raise EntryRefused("it does not have the three parts of a signed entry")
    header, payload, signature = parts
    return header, payload, decode(signature)


def _claims(alg: str, kid: str, payload: object) -> Claims:
    if not isinstance(payload, dict) or not payload.keys() >= _NEEDED:
        raise EntryRefused("a field that every entry has is missing")
    if not payload.keys() <= _OPEN:
        extra = min(payload.keys() - _OPEN)
        raise EntryRefused(f"it has an open field {extra!r}, which entries do not have")
    if payload["iss"] != kid.partition("/")[0]:
        raise EntryRefused("its key is not one of whoever it says that it is from")
    if not _is_one_of(payload["kind"], KINDS):
        raise EntryRefused(f"its kind is not one of {', '.join(KINDS)}")
    seq, prev = _whole(payload["seq"], "seq", 1), payload.get("prev", "")
    if (seq == 1) != (prev == "") or ("prev" in payload and not _is_hash(prev)):
        raise EntryRefused("the first entry of a key names none before it, every other one does")
    return Claims(
        alg=alg,
        kid=kid,
        iss=payload["iss"],
        kind=payload["kind"],
        seq=seq,
        prev=prev,
        iat=_whole(payload["iat"], "iat", 0),
        agr=_hash(payload["agr"], "agr"),
        window=_text(payload, "window"),
        ref=_references(payload),
        rel=audiences(payload["rel"]),
        digests=_digests(payload),
        key=_terms(payload),
    )


def _digests(payload: dict[str, Any]) -> tuple[str, ...]:
    found = payload["_sd"]
    if payload["_sd_alg"] != DIGEST:
        raise EntryRefused(f"its digests are not {DIGEST}")
    if not isinstance(found, list) or not {*map(type, found)} <= {str}:
        raise EntryRefused("its digests are not a list of texts")
    if found != sorted(set(found)):
        raise EntryRefused("its digests are not sorted, each once")
    if not all(map(_DIGEST.fullmatch, found)) and any(len(decode(d)) != _BYTES for d in found):
        raise EntryRefused(f"a digest of it does not have {_BYTES} bytes")
    return tuple(found)


def _references(payload: dict[str, Any]) -> tuple[str, ...]:
    if "ref" not in payload:
        return ()
    found = payload["ref"]
    if not isinstance(found, list) or not found or len(found) > _MOST_REFERENCES:
        raise EntryRefused(f"ref names 1 to {_MOST_REFERENCES} entries, or is left out")
    if len(set(map(str, found))) != len(found):
        raise EntryRefused("ref names an entry twice")
    return tuple(_hash(one, "ref") for one in found)


def _terms(payload: dict[str, Any]) -> KeyTerms | None:
    """Read what a ``key`` or ``revocation`` entry says; no other entry says anything there."""
    held, kind = payload.get("key"), payload["kind"]
    if (kind in ("key", "revocation")) != ("key" in payload):
        raise EntryRefused("key stands in entries of kind key and revocation, and there only")
    if "key" not in payload:
        return None
    wanted = _TERMS if kind == "key" else {"kid", "since"}
    if not isinstance(held, dict) or held.keys() != wanted:
        raise EntryRefused(f"key does not have exactly {', '.join(sorted(wanted))}")
    kid = held["kid"]
    if not isinstance(kid, str) or not NAME.fullmatch(kid):
        raise EntryRefused("key names no key")
    since = _whole(held["since"], "since", 0)
    if kind == "revocation":
        return KeyTerms(kid, since=since)
    return _new_key(kid, held, since)


def _new_key(kid: str, held: dict[str, Any], since: int) -> KeyTerms:
    algorithm = ALGORITHMS.get(held["alg"]) if isinstance(held["alg"], str) else None
    public = decode(held["pub"]) if isinstance(held["pub"], str) else b""
    if algorithm is None or len(public) != algorithm.public_size:
        raise EntryRefused("key does not hold a public key of its algorithm")
    kinds = held["kinds"]
    if not isinstance(kinds, list) or not kinds or not all(_is_one_of(k, KINDS) for k in kinds):
        raise EntryRefused("key does not say which kinds of entry it may sign")
    until = _whole(held["until"], "until", 0)
    if until <= since:
        raise EntryRefused("key is valid for no time")
    return KeyTerms(kid, algorithm.name, public, tuple(kinds), since, until)


def _is_one_of(value: object, names: Container[str]) -> bool:
    return isinstance(value, str) and value in names  # a list or object cannot be looked up


def _whole(value: object, name: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _LATEST:
        raise EntryRefused(f"{name} is not a whole number from {least}")
    return value


def _text(payload: dict[str, Any], name: str) -> str:
    value = payload.get(name, "")
    if not isinstance(value, str) or (name in payload and not value.strip()):
        raise EntryRefused(f"{name} is not a text")
    return value


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def _hash(value: object, name: str) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise EntryRefused(f"{name} is not a SHA-256 in hex")
    return value
