"""The JSON Schema (draft 2020-12) of the exchange form, made from kinds, keys and value types.

It says what a file must look like; ``from_json.py`` also asks what a schema cannot, whether names
are declared and whether layout and digests agree. The schema stands beside this module as
``deal.schema.json``; a test keeps the two the same.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tregua.agreement.clause import COMMON, Key, ValueType
from tregua.agreement.clauses import KINDS
from tregua.agreement.exchange.json_desk import DIGEST, ID, ID_OR_NONE, MARKS
from tregua.agreement.exchange.value_from_json import (
    CODE,
    DIGITS,
    INSTANT,
    LABEL,
    NAME,
    SIGNS,
    TIME,
    UNITS,
    WORD,
    ZONE,
)
from tregua.agreement.exchange.value_to_json import LISTS, key_in_json
from tregua.agreement.reading.header import HEADER, MAJOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.agreement.clause import ClauseKind

Schema: TypeAlias = dict[str, object]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
FILE = Path(__file__).with_name("deal.schema.json")
_LIFTED = ("version", "assumed by drafter")


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(_schema(), ensure_ascii=False, indent=1) + "\n"


def _schema() -> Schema:
    return {
        "$schema": DRAFT,
        "title": f"A deal in JSON, {MAJOR}",
        "description": "Members that are not named here are kept and written back, except in "
        "header, keys and values.",
        "type": "object",
        "required": ["format", "header", "instruments", "blocks"],
        "properties": {
            "format": {"const": MAJOR},
            "header": _keys(HEADER, HEADER.keys, aside=("format",)),
            "instruments": {"type": "array", "items": _ref("instrument")},
            "blocks": {"type": "array", "items": _ref("block")},
            "digest": _object({"model": _text(DIGEST), "text": _text(DIGEST)}),
            "layout": {"type": "array", "items": _ref("step")},
            "line_ends": {"enum": ["lf", "crlf"]},
        },
        "$defs": {**_outline(), **_blocks(), **_values()},
    }


# --- pieces of schema


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _any(*schemas: Schema) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": list(schemas)}


def _text(pattern: str = "") -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$"} if pattern else {"type": "string"}


def _enum(words: Iterable[str]) -> Schema:
    return {"enum": list(words)}


def _many(items: Schema, least: int = 1) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


def _object(members: dict[str, Schema], *required: str, only: bool = False) -> Schema:
    out: Schema = {"type": "object", "properties": dict(members)}
    if required:
        out["required"] = list(required)
    if only:
        out["additionalProperties"] = False
    return out


def _exactly(**members: Schema) -> Schema:
    """Return an object with these members and no other."""
    return _object(members, *members, only=True)


# --- instruments, layout


def _outline() -> dict[str, Schema]:
    plain = _text()
    paragraph = {"mark": _text(MARKS), "pointer": plain, "text": plain}
    paragraphs = _many(_object(paragraph, "mark", "text"), 0)
    clause = {"label": _text(LABEL), "title": plain, "parent": plain, "paragraphs": paragraphs}
    clauses = _many(_object(clause, "label"), 0)
    instrument = {
        "id": _text(ID_OR_NONE),
        "title": plain,
        "paragraphs": paragraphs,
        "clauses": clauses,
    }
    return {
        "instrument": _object(instrument, "clauses"),
        "step": _any(plain, *(_step(name) for name in _STEPS)),
    }


def _step(name: str) -> Schema:
    line: Schema = {"type": "string", "pattern": "^[^\\n]*$"}
    members = {name: _STEPS[name], "lines": _many(line, 0)}
    return _object(members, name, only=True)


def _tuple(*items: Schema) -> Schema:
    size = len(items)
    return {"type": "array", "prefixItems": list(items), "minItems": size, "maxItems": size}


_STEPS: dict[str, Schema] = {
    "header": {"const": True},
    "instrument": _text(),
    "clause": _tuple(_text(), _text()),
    "paragraph": _tuple(_text(), _text(), {"type": "integer", "minimum": 0}),
    "block": _text(),
}


# --- blocks


def _blocks() -> dict[str, Schema]:
    names = [kind.kind for kind in KINDS]
    branches = [
        {
            "if": {"properties": {"kind": {"const": name}}},
            "then": {"properties": {"keys": _ref(f"keys-of-{name}")}},
        }
        for name in names
    ]
    members: dict[str, Schema] = {
        "kind": {"enum": names},
        "id": _text(ID),
        "title": _text(),
        "instrument": _text(),
        "clause": _text(),
        "keys": {"type": "object"},
        "assumed": _many(_value(_common("assumed by drafter"))),
        "version": _value(_common("version")),
        "at": _object({"line": {"type": "integer"}, "column": {"type": "integer"}}),
    }
    block = {**_object(members, "kind", "id", "keys"), "allOf": branches}
    keys = {f"keys-of-{k.kind}": _keys(k, (*k.keys, *COMMON), aside=_LIFTED) for k in KINDS}
    common = {_common_name(key): _values_of(key) for key in COMMON if key.name not in _LIFTED}
    return {"block": block, **keys, **common}


def _common(name: str) -> Key:
    return next(key for key in COMMON if key.name == name)


def _keys(kind: ClauseKind, keys: Iterable[Key], *, aside: tuple[str, ...]) -> Schema:
    held = [key for key in keys if key.name not in aside]
    members = {
        key_in_json(key.name): _ref(_common_name(key)) if key in COMMON else _values_of(key)
        for key in held
    }
    required = (key_in_json(key.name) for key in held if key.required)
    return {"description": kind.what, **_object(members, *required, only=True)}


def _common_name(key: Key) -> str:
    return f"common-{key.name.replace(' ', '-')}"


def _values_of(key: Key) -> Schema:
    return _many(_value(key)) if key.repeats else _value(key)


def _value(key: Key) -> Schema:
    """Return what may stand for one value of a key."""
    item = _enum(key.words) if key.words else _ref(_item_name(key.type))
    value = _many(item) if key.type in LISTS else item
    return _any(value, _ref("left-open"), _ref("none")) if key.open else value


# --- values


def _values() -> dict[str, Schema]:
    digits = _any({"type": "number", "minimum": 0}, _text(DIGITS))
    name, unit, plain = _text(NAME), _enum(UNITS), _text()
    item = _any(_ref("atom"), _many(_ref("atom"), 2))
    return {
        "left-open": _exactly(undefined=plain),
        "none": _exactly(none={"const": True}),
        "amount": _exactly(amount=digits, unit=unit),
        "range": _exactly(low=digits, high=digits, unit=unit),
        "instant": _object({"instant": _text(INSTANT), "zone": _text(ZONE)}, "instant", only=True),
        "clause": _object({"clause": _text(LABEL), "instrument": name}, "clause", only=True),
        "call": _exactly(call=name, args=_many(_ref("argument"), 0)),
        "argument": _object({"name": name, "value": _ref("item")}, "value", only=True),
        "item": item,
        "atom": _any(
            _text(WORD),
            {"type": "number", "minimum": 0},
            *(_ref(one) for one in ("amount", "range", "instant", "clause", "call")),
            _exactly(number=_text(DIGITS)),
            _exactly(time=_text(TIME)),
            _exactly(zone=_text(ZONE)),
            _exactly(op=_enum(SIGNS)),
            _exactly(text=plain),
        ),
        **{_item_name(kind): _item(kind) for kind in ValueType},
    }


def _item_name(kind: ValueType) -> str:
    return f"item-{kind.name.lower().replace('_', '-')}"


def _item(kind: ValueType) -> Schema:
    """Return what one item of a value of that type may be."""
    amount, number = _ref("amount"), {"type": "number", "minimum": 0}
    match kind:
        case ValueType.TEXT | ValueType.TEXTS:
            return _text()
        case ValueType.WORD | ValueType.WORDS | ValueType.NAME:
            return _text(NAME)
        case ValueType.NAMES:
            return _any(_text(NAME), _tuple(_text(NAME), number))
        case ValueType.SPAN:
            return _any(amount, _ref("range"), _many(amount, 2))
        case ValueType.ACTS:
            return _any(_text(NAME), _ref("call"))
        case ValueType.ZONE:
            return _text(ZONE)
        case ValueType.CLAUSES:
            return _ref("clause")
        case ValueType.KEY_TEXT:
            return _exactly(key=_text("[a-z][a-z_]*"), reason=_text())
        case ValueType.CODE_TEXT:
            return _exactly(code=_text(CODE), reason=_text())
    return _ref("item")
