"""What the open part of an entry says: who, in which order, under which text; nothing of what.

Fields and names are those of the agreement's annex; the form is the issuer part of an SD-JWT
(RFC 9901, 4.1) as a compact JWS (RFC 7515, 7.1), header ``alg``, ``kid``, ``typ``.
"""

from __future__ import annotations

from dataclasses import dataclass

TYPE = "entry+sd-jwt"
DIGEST = "sha-256"
MAX_ENTRY = 16_384  # bytes of an entry; an entry bundle of a tiled log allows 65,535
MAX_DISCLOSURE = 8_192
MAX_BODY = 1_048_576
OPEN = ("iss", "kind", "seq", "prev", "iat", "agr", "window", "ref", "rel", "key", "_sd", "_sd_alg")


@dataclass(frozen=True, slots=True)
class KeyTerms:
    """What a ``key`` or ``revocation`` entry says about a key.

    Attributes:
        kid: the key's name, ``party/device``.
        alg: its algorithm.
        public: its public bytes; empty in a revocation.
        kinds: kinds of entry that it may sign.
        since, until: POSIX seconds between which it may sign by its terms; in a revocation the
            first is when the party says that it was lost.
    """

    kid: str
    alg: str = ""
    public: bytes = b""
    kinds: tuple[str, ...] = ()
    since: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Claims:
    """The open part of an entry.

    Attributes:
        alg: algorithm of its signature.
        kid: key that signed, ``party/device``.
        iss: the party, monitor, body or the centre.
        kind: one of `kinds.KINDS`.
        seq: counter of this key, from 1, without gaps.
        prev: leaf hash of the key's entry before, hex; empty for the first.
        iat: POSIX seconds of the signing device: a claim.
        agr: SHA-256 (hex) of the agreement's text.
        window: id of the sealed reporting window; empty for none.
        ref: leaf hashes (hex) of the entries that it answers, amends, opens or withdraws.
        rel: audiences of the record as a whole, sorted, never empty.
        digests: of the confidential fields and decoys, base64url, sorted.
        key: of ``key`` and ``revocation`` entries.
    """

    alg: str
    kid: str
    iss: str
    kind: str
    seq: int
    prev: str
    iat: int
    agr: str
    window: str = ""
    ref: tuple[str, ...] = ()
    rel: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    key: KeyTerms | None = None
