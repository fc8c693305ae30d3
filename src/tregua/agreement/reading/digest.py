"""The model digest: a fingerprint of what the deal means, whatever language its texts are in.

SHA-256 over canonical JSON (sorted keys, no spaces) of kinds, ids and typed values. Quoted strings,
the wording behind ``undefined``, comments, prose and places in the file take no part, nor do the
order of blocks and of lists in which order says nothing. A place's geometry takes part once it was
read, because distances are measured on it.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

from tregua.agreement.clause import COMMON, PLACES, ValueType
from tregua.agreement.clauses import KINDS
from tregua.agreement.reading.header import HEADER
from tregua.agreement.value import (
    Amount,
    AmountRange,
    Call,
    ClauseRef,
    Instant,
    Nothing,
    Number,
    Op,
    Text,
    TimeOfDay,
    Undefined,
    Word,
    ZoneName,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from tregua.agreement.block import Block, DealText, Entry
    from tregua.agreement.clause import Key
    from tregua.agreement.value import Atom, Item, Value

WITHOUT_ORDER = (ValueType.NAMES, ValueType.CLAUSES)
ASIDE = {"accept", "read back"}  # about notes and pages, not about what the deal means


def model_digest(text: DealText) -> str:
    """Return the model digest (hex) of a deal."""
    blocks = [_block(b, text.shape(b) if b.kind in PLACES else "") for b in text.blocks]
    whole = {
        "format": "tregua-deal/1",
        "header": _entries(text.header, HEADER.keys),
        "blocks": sorted(blocks, key=canonical),
    }
    return hashlib.sha256(canonical(whole).encode()).hexdigest()


def canonical(value: object) -> str:
    """Return canonical JSON: sorted keys, no spaces, no escapes beyond the needed ones."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _block(block: Block, shape: str) -> dict[str, object]:
    kind = next((k for k in KINDS if k.kind == block.kind), None)
    keys = (*kind.keys, *COMMON) if kind else ()
    out: dict[str, object] = {
        "kind": block.kind,
        "id": block.id,
        "clause": block.clause,
        "instrument": block.instrument,
        "keys": _entries(block.entries, keys),
    }
    if shape:
        out["shape"] = hashlib.sha256(shape.encode()).hexdigest()
    return out


def _entries(entries: Iterable[Entry], keys: tuple[Key, ...]) -> dict[str, list[object]]:
    known = {k.name: k for k in keys}
    out: dict[str, list[object]] = {}
    for entry in entries:
        key = known.get(entry.key)
        if key is None or key.name in ASIDE or key.type in (ValueType.TEXT, ValueType.TEXTS):
            continue
        out.setdefault(entry.key, []).append(_value(entry.value, key))
    return out


def _value(value: Value, key: Key) -> object:
    match value:
        case Undefined():
            return {"undefined": True}
        case Nothing():
            return {"none": True}
    items = [_item(item) for item in value.items]
    return sorted(items, key=canonical) if key.type in WITHOUT_ORDER else items


def _item(item: Item) -> list[object]:
    return [_atom(atom) for atom in item.atoms if not isinstance(atom, Text)]


def _atom(atom: Atom) -> object:
    match atom:
        case Word(name):
            return {"name": name}
        case ZoneName(name):
            return {"zone": name}
        case Number(value):
            return {"number": _decimal(value)}
        case Amount(value, unit):
            return {"amount": _decimal(value), "unit": unit}
        case AmountRange(low, high):
            return {"low": _atom(low), "high": _atom(high)}
        case TimeOfDay(hour, minute):
            return {"time": f"{hour:02d}:{minute:02d}"}
        case ClauseRef(label, instrument):
            return {"clause": label, "instrument": instrument}
        case Op(sign):
            return {"op": sign}
        case Instant():
            return _instant(atom)
        case Call(name, args):
            return {"call": name, "args": [{"name": a.name, "item": _item(a.item)} for a in args]}
        case Text():
            return None


def _instant(atom: Instant) -> object:
    if atom.when is None:
        return {"instant": atom.text}
    start = atom.when.start.astimezone(UTC).isoformat()
    return {"instant": start, "precision": str(atom.when.precision), "zone": atom.when.zone}


def _decimal(value: Decimal) -> str:
    return f"{value.normalize():f}"
