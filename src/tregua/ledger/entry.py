"""An entry of the ledger: canonical bytes in, canonical bytes out.

The leaf is one JSON object, ``{"body":...,"issuer":"...","kind":"...","received":n}``: keys sorted
by code point, no spaces, UTF-8, no NaN, no number that another reader would round. Three decisions:

1. The body is embedded as the JSON *value* it is, never as a quoted string, so that a person can
   read the leaf. A text that is no JSON (a deal) is submitted as a JSON string or inside an object.
2. What comes in must be canonical already (`canonical` writes it). The ledger refuses and never
   repairs: bytes that were changed on the way in cannot be signed by whoever sent them.
3. Reading is exact: bytes that `to_bytes` would not have written are refused, so one entry has one
   spelling, and one leaf hash.

Only the ledger's door (``intake.py``) sets ``received``. Whatever a party, a monitor or the centre
says is a signed entry (``signed.py``): the signer's own bytes. The form of this file is that of
ledgers begun before entries were signed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NoReturn

from tregua.errors import EntryRefused
from tregua.ledger.signed import SignedEntry, signed_entry

MAX_ENTRY = 16_384  # bytes; a tlog entry bundle allows 65,535, we refuse more than 16 kB
MAX_DEPTH = 32  # levels of nesting; a fixed number, so that no machine reads what another cannot
MAX_RECEIVED = 2**53 - 1  # microseconds, year 2255; the last integer every JSON reader keeps exact
KINDS = ("agreement", "report", "link", "finding", "notice")

_FIELDS = {"body", "issuer", "kind", "received"}
_WRITER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        kind: one of `KINDS`.
        issuer: who submits it, as written.
        body: canonical JSON text of the content; the ledger does not look inside.
        received: microseconds since the epoch, UTC, by the ledger's own clock.
    """

    kind: str
    issuer: str
    body: str
    received: int


def canonical(value: object) -> str:
    """Write plain values (as ``json`` knows them) as the one JSON text that the ledger takes.

    Raises:
        EntryRefused: a value that JSON does not have, NaN, infinity.
    """
    try:
        return _WRITER.encode(value)
    except (TypeError, ValueError, RecursionError):
        raise EntryRefused("it holds a value that JSON cannot carry") from None


def to_bytes(entry: Entry | SignedEntry) -> bytes:
    """Write the entry as the bytes that are hashed and stored; those of a signed one as they are.

    Raises:
        EntryRefused: unknown kind, no issuer, a body that is not canonical JSON, too large.
    """
    if isinstance(entry, SignedEntry):
        return entry.data
    _check_fields(entry.kind, entry.issuer, entry.received)
    _check_size(len(entry.body))  # before parsing: never parse what is refused for its size anyway
    if canonical(_parse(entry.body)) != entry.body:
        raise EntryRefused(f"its body is not canonical JSON: {_why_not_canonical(entry.body)}")
    data = _encode(entry)
    _check_size(len(data))
    return data


def from_bytes(data: bytes) -> Entry | SignedEntry:
    """Read an entry from its bytes; exact inverse of `to_bytes`.

    Raises:
        EntryRefused: bytes that `to_bytes` never writes.
    """
    _check_size(len(data))
    if not data.startswith(b"{"):
        return signed_entry(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise EntryRefused("it is not UTF-8") from None
    value = _parse(text)
    if not isinstance(value, dict) or value.keys() != _FIELDS:
        raise EntryRefused("it does not have exactly the fields body, issuer, kind, received")
    _check_fields(value["kind"], value["issuer"], value["received"])
    entry = Entry(value["kind"], value["issuer"], canonical(value["body"]), value["received"])
    # A duplicate key, a space, another order, another spelling of a number: each of them is lost
    # in reading, so writing again does not give the same bytes.
    if _encode(entry) != data:
        raise EntryRefused(f"it is not canonical JSON: {_why_not_canonical(text)}")
    return entry


def _encode(entry: Entry) -> bytes:
    head = f'{{"body":{entry.body},"issuer":{_WRITER.encode(entry.issuer)}'
    text = f'{head},"kind":"{entry.kind}","received":{entry.received}}}'
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise EntryRefused("it holds half of a character (a lone surrogate)") from None


def _parse(text: str) -> object:
    try:
        value: object = _READER.decode(text)
    except RecursionError:
        raise EntryRefused(f"it is nested more than {MAX_DEPTH} deep") from None
    except ValueError:  # also a number of thousands of digits
        raise EntryRefused("it is not JSON") from None
    # Nesting cannot be deeper than there are opening brackets; most entries need no walk.
    if text.count("[") + text.count("{") > MAX_DEPTH:
        _check_depth(value)
    return value


def _no_constant(name: str) -> NoReturn:
    raise EntryRefused(f"{name} is not a number of JSON")


_READER = json.JSONDecoder(parse_constant=_no_constant)


def _check_depth(value: object) -> None:
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise EntryRefused(f"it is nested more than {MAX_DEPTH} deep")


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _check_fields(kind: object, issuer: object, received: object) -> None:
    if kind not in KINDS:
        raise EntryRefused(f"its kind is not one of {', '.join(KINDS)}")
    if not isinstance(issuer, str) or not issuer.strip():
        raise EntryRefused("it does not say who submits it")
    if isinstance(received, bool) or not isinstance(received, int):
        raise EntryRefused("its time of receipt is not a whole number of microseconds")
    if not 0 <= received <= MAX_RECEIVED:
        raise EntryRefused("its time of receipt lies outside the years 1970 to 2255")


def _check_size(size: int) -> None:
    if size == 0:
        raise EntryRefused("it is empty")
    if size > MAX_ENTRY:
        raise EntryRefused(f"it has {size:,} bytes, more than {MAX_ENTRY:,}")


def _why_not_canonical(text: str) -> str:
    twice: list[str] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in items]
        twice.extend(key for key in dict.fromkeys(keys) if keys.count(key) > 1)
        return dict(items)

    json.loads(text, object_pairs_hook=pairs)
    if twice:
        return "a key stands twice in one object"
    return "keys must be sorted, without spaces, each value in its one spelling"
