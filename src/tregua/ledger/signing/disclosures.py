"""Disclosures: what stands behind the digests of an entry (RFC 9901, 4.2), made and checked.

A disclosure is ``base64url(JSON [salt, name, {"v": value, "rel": [audiences]}])``. Its digest is
taken over that text, not over the JSON: two spellings of one value are two disclosures, so the text
is kept. A presentation whose disclosures do not all belong to the entry is refused as a whole;
nothing is dropped silently.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tregua.errors import EntryRefused
from tregua.ledger.signing.b64 import decode, encode
from tregua.ledger.signing.claims import MAX_BODY, MAX_DISCLOSURE, OPEN
from tregua.ledger.signing.strict_json import parse, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tregua.ledger.signing.claims import Claims

SALT = 16  # bytes
_PARTS = 3
_RESERVED = ("_sd", "...", *OPEN)


@dataclass(frozen=True, slots=True)
class Field:
    """A confidential field.

    Attributes:
        name: ``at``, ``where.cell5``, ``what``, ``by`` ...; not the name of an open field.
        value: any value of JSON.
        rel: audiences that may see it, sorted, never empty; within those of the record.
    """

    name: str
    value: Any
    rel: tuple[str, ...]


def disclosure_of(field: Field, random: Callable[[int], bytes]) -> str:
    """Write the disclosure of a field with a fresh salt.

    Raises:
        EntryRefused: its name is an open field's, it has no audience, or it is too large.
    """
    _check_name(field.name)
    if not field.rel:
        raise EntryRefused(f"nobody may see its field {field.name}: name at least one audience")
    name, value, marking = write(field.name), write(field.value), _marking(field.rel)
    what = f'["{encode(random(SALT))}",{name},{{"rel":{marking},"v":{value}}}]'
    text = encode(what.encode("utf-8"))
    if len(text) > MAX_DISCLOSURE:
        raise EntryRefused(f"its field {field.name} is longer than {MAX_DISCLOSURE:,} bytes")
    return text


@lru_cache(maxsize=256)  # most fields have the marking of their record
def _marking(rel: tuple[str, ...]) -> str:
    return write(sorted(set(rel)))


def digest_of(disclosure: str) -> str:
    """Return the digest under which an entry holds a disclosure (RFC 9901, 4.2.3)."""
    return encode(sha256(disclosure.encode("ascii", "replace")).digest())


def fields_in(claims: Claims, disclosures: Iterable[str]) -> tuple[Field, ...]:
    """Return what the disclosures of an entry say, in their order.

    Raises:
        EntryRefused: one of them is not well formed, says a name twice, is marked wider than the
            record, or matches no digest of the entry.
    """
    found: dict[str, Field] = {}
    size, rel = 0, set(claims.rel)
    for text in disclosures:
        size += len(text)
        if size > MAX_BODY:
            raise EntryRefused(f"its disclosures are longer than {MAX_BODY:,} bytes together")
        belongs = claims.digests.count(digest_of(text)) == 1
        try:
            field = _read(text, claims.rel)
        except EntryRefused as refused:
            if belongs:
                raise
            raise EntryRefused(
                f"a disclosure matches no digest of the entry, and {refused.why}"
            ) from None
        if not belongs:
            raise EntryRefused(f"the disclosure of {field.name!r} matches no digest of the entry")
        if field.name in found:
            raise EntryRefused(f"two disclosures say {field.name!r}")
        if not rel.issuperset(field.rel):
            raise EntryRefused(f"the field {field.name!r} is marked wider than its record")
        found[field.name] = field
    return tuple(found.values())


def _read(text: str, rel: tuple[str, ...]) -> Field:
    """Read a disclosure of a record with these audiences."""
    if len(text) > MAX_DISCLOSURE:
        raise EntryRefused(f"a disclosure is longer than {MAX_DISCLOSURE:,} bytes")
    value = parse(decode(text))
    if not isinstance(value, list) or len(value) != _PARTS:
        raise EntryRefused("a disclosure is not a list of salt, name and value")
    salt, name, held = value
    if not isinstance(salt, str) or len(decode(salt)) < SALT:
        raise EntryRefused(f"a disclosure has a salt of less than {SALT} bytes")
    if not isinstance(name, str):
        raise EntryRefused("a disclosure names no field")
    _check_name(name)
    if not isinstance(held, dict) or held.keys() != {"v", "rel"}:
        raise EntryRefused(f"the disclosure of {name!r} is not a value with its marking")
    same = held["rel"] == [*rel]  # the record's own marking was read before
    return Field(name, held["v"], rel if same else audiences(held["rel"]))


def audiences(value: object) -> tuple[str, ...]:
    """Read a marking: audiences, sorted, each once, at least one.

    Raises:
        EntryRefused: it is none.
    """
    if not isinstance(value, list) or not value:
        raise EntryRefused("a marking names no audience: nobody could see it")
    if {*map(type, value)} != {str} or not all(map(str.strip, value)):
        raise EntryRefused("a marking holds something that is no audience")
    if value != sorted(set(value)):
        raise EntryRefused("the audiences of a marking are not sorted, each once")
    return tuple(value)


def _check_name(name: str) -> None:
    if not name or name in _RESERVED:
        raise EntryRefused(f"a confidential field cannot be called {name!r}")
