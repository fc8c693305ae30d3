"""A value of a block as plain JSON values (02, 2.7).

``undefined "x"`` is ``{"undefined": "x"}``, ``none`` is ``{"none": true}``. A key that takes a list
has an array of items, every other key one item. An item is one atom, or an array of its atoms in
order. Names are strings; numbers are numbers, or strings of digits where a binary fraction would
not be exact; everything else is an object that says by its first member what it is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.agreement.clause import ValueType
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
    from tregua.agreement.value import Atom, Item, Value

LISTS = frozenset(
    {
        ValueType.TEXTS,
        ValueType.WORDS,
        ValueType.NAMES,
        ValueType.ACTS,
        ValueType.WHEN,
        ValueType.CLAUSES,
        ValueType.PHRASE,
        ValueType.ROW,
        ValueType.STEP,
        ValueType.GIVEN,
        ValueType.EXPECT,
    }
)
TEXTS = frozenset({ValueType.TEXT, ValueType.TEXTS})
BEARERS = "bearers"  # YAML readers turn a key `on` into true (02, 2.7)


def key_in_json(name: str) -> str:
    """Return the JSON name of a key: ``on violation`` is ``on_violation``, ``on`` ``bearers``."""
    return BEARERS if name == "on" else name.replace(" ", "_")


def key_from_json(name: str) -> str:
    """Return the key that a JSON name stands for; the inverse of `key_in_json`."""
    return "on" if name == BEARERS else name.replace("_", " ")


def value_to_json(value: Value, kind: ValueType) -> object:
    """Return a value of a key of that type as plain JSON values."""
    match value:
        case Undefined(phrase):
            return {"undefined": phrase}
        case Nothing():
            return {"none": True}
    items = [_item(item, kind) for item in value.items]
    return items if kind in LISTS else items[0]


def _item(item: Item, kind: ValueType) -> object:
    last = item.atoms[-1]
    if kind in TEXTS and isinstance(last, Text):
        return last.text
    if kind is ValueType.ZONE and isinstance(last, ZoneName):
        return last.name
    if kind in (ValueType.KEY_TEXT, ValueType.CODE_TEXT) and isinstance(last, Text):
        words = " ".join(a.name for a in item.atoms if isinstance(a, Word))
        if kind is ValueType.KEY_TEXT:
            return {"key": key_in_json(words), "reason": last.text}
        return {"code": words, "reason": last.text}
    return _atoms(item)


def _atoms(item: Item) -> object:
    atoms = [_atom(atom) for atom in item.atoms]
    return atoms[0] if len(atoms) == 1 else atoms


def _atom(atom: Atom) -> object:
    match atom:
        case Word(name):
            return name
        case Text(text):
            return {"text": text}
        case Number(value):
            number = number_to_json(value)
            return {"number": number} if isinstance(number, str) else number
        case Amount(value, unit):
            return {"amount": number_to_json(value), "unit": unit}
        case AmountRange(low, high):
            return {
                "low": number_to_json(low.value),
                "high": number_to_json(high.value),
                "unit": high.unit,
            }
        case Instant(text, zone):
            return {"instant": text, "zone": zone} if zone else {"instant": text}
        case TimeOfDay(hour, minute):
            return {"time": f"{hour:02d}:{minute:02d}"}
        case ZoneName(name):
            return {"zone": name}
        case ClauseRef(label, instrument):
            return {"clause": label, "instrument": instrument} if instrument else {"clause": label}
        case Op(sign):
            return {"op": sign}
        case Call(name, args):
            return {"call": name, "args": [_arg(a.name, a.item) for a in args]}


def _arg(name: str, item: Item) -> object:
    return {"name": name, "value": _atoms(item)} if name else {"value": _atoms(item)}


def number_to_json(value: Decimal) -> int | float | str:
    """Return a decimal as a JSON number, or as its digits where a number would not be exact."""
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else f"{value:f}"
