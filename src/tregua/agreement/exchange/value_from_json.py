"""Plain JSON values into a value of a block: the inverse of ``value_to_json.py``, and strict.

Only shapes are judged here: a name must be a name, a unit a unit. Whether a name is declared or a
word is in its closed list is asked by the reader of the deal, as of every other file.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.agreement.clause import ValueType
from tregua.agreement.exchange.value_to_json import LISTS, TEXTS, key_from_json
from tregua.agreement.reading.characters import UNSEEN
from tregua.agreement.reading.fault import Fault
from tregua.agreement.value import (
    Amount,
    AmountRange,
    Arg,
    Call,
    ClauseRef,
    Instant,
    Item,
    Items,
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
    from collections.abc import Callable

    from tregua.agreement.value import Atom, Value

# As in values.lark; the schema is made from the same patterns.
NAME = r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
WORD = rf"{NAME}|\d{{1,3}}-[a-z]+"  # 24-hours is a word of a closed list
LABEL = r"[0-9A-Za-z][0-9A-Za-z.()-]*"
INSTANT = r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?"
ZONE = r"UTC|[A-Za-z][A-Za-z_]*(?:/[A-Za-z0-9_+-]+)+"
TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
DIGITS = r"\d{1,12}(?:\.\d{1,12})?"
CODE = r"[A-Z]\d{3}"
UNITS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years", "m", "km", "mm", "%")
SIGNS = (">=", "<=", "..", "=", ">", "<", "+", "-", "*")
DEEPEST = 20  # calls within calls, as in ``parse_value.py``
_MOST_DIGITS = 12


class JsonFault(Exception):
    """Carries out of one value what is wrong with it; ``at`` is a JSON pointer below the value."""

    def __init__(self, fault: Fault, at: str = "") -> None:
        super().__init__(fault.said)
        self.fault = fault
        self.at = at


def value_from_json(plain: object, kind: ValueType) -> Value:
    """Return the value of a key of that type.

    Raises:
        JsonFault: with the first thing that is wrong.
    """
    match plain:
        case {"undefined": str(phrase), **rest} if not rest:
            return Undefined(_line(phrase, "/undefined"))
        case {"none": True, **rest} if not rest:
            return Nothing()
    if kind not in LISTS:
        return Items((_item(plain, kind, ""),))
    if not isinstance(plain, list) or not plain:
        raise _wrong("an array with at least one item is expected here", help_='["..."]')
    return Items(tuple(_item(one, kind, f"/{at}") for at, one in enumerate(plain)))


def text_fault(text: str) -> Fault | None:
    """Return what keeps a text from standing on one line of a block."""
    if "\n" in text or "\t" in text:
        return Fault("D006", "a line break or tab cannot stand here", help="write a space")
    if UNSEEN.search(text) or re.search("[\ud800-\udfff]", text):
        return Fault("D016", "an invisible character stands here", help="take it out")
    return None


def _line(text: str, at: str) -> str:
    if fault := text_fault(text):
        raise JsonFault(fault, at)
    return text


def _wrong(said: str, at: str = "", *, help_: str) -> JsonFault:
    return JsonFault(Fault("D006", said, help=help_), at)


# --- items


def _item(plain: object, kind: ValueType, at: str) -> Item:
    if kind in TEXTS:
        if not isinstance(plain, str):
            raise _wrong("a text is expected here", at, help_='"..."')
        return Item((Text(_line(plain, at)),))
    if kind in (ValueType.KEY_TEXT, ValueType.CODE_TEXT):
        return _with_reason(plain, "key" if kind is ValueType.KEY_TEXT else "code", at)
    if kind is ValueType.ZONE and isinstance(plain, str):
        plain = {"zone": plain}
    return _atoms(plain, at, DEEPEST)


def _with_reason(plain: object, name: str, at: str) -> Item:
    held = plain if isinstance(plain, dict) and set(plain) == {name, "reason"} else {}
    what, reason = held.get(name), held.get("reason")
    if isinstance(what, str) and isinstance(reason, str):
        words = key_from_json(what).split(" ") if name == "key" else [what]
        if all(re.fullmatch(NAME, word, re.ASCII) for word in words):
            return Item((*(Word(word) for word in words), Text(_line(reason, f"{at}/reason"))))
    shape = f'{{"{name}": "...", "reason": "..."}}'
    raise _wrong(f"an object with {name} and reason is expected here", at, help_=shape)


def _atoms(plain: object, at: str, deep: int) -> Item:
    if deep == 0:
        said = f"calls are nested deeper than {DEEPEST}"
        raise JsonFault(Fault("D005", said, help="split the condition"), at)
    if not isinstance(plain, list):
        return Item((_atom(plain, at, deep),))
    if len(plain) < 2:  # noqa: PLR2004 - one atom stands without brackets
        said = "an array of one item's parts has at least two"
        raise _wrong(said, at, help_="take the brackets away")
    return Item(tuple(_atom(one, f"{at}/{n}", deep) for n, one in enumerate(plain)))


def _atom(plain: object, at: str, deep: int) -> Atom:
    match plain:
        case str(name):
            return Word(_like(WORD, name, at, "a name"))
        case Decimal():
            return Number(_number(plain, at))
        case dict():
            first = next((name for name in _ATOMS if name in plain), "")
            fields, make = _ATOMS.get(first, ((), None))
            for name in plain if make else ():
                if name not in fields:
                    said = f"{name} is not a member of this value"
                    raise JsonFault(Fault("D002", said, help=f"members: {', '.join(fields)}"), at)
            if make:
                return make(plain, at)
            if "call" in plain:
                return _call(plain, at, deep)
    said = "this is not a value"
    raise JsonFault(Fault("D006", said, help=f"a name, a number, or one of: {_SHAPES}"), at)


def _call(plain: dict[str, object], at: str, deep: int) -> Call:
    args = plain.get("args")
    if set(plain) != {"call", "args"} or not isinstance(args, list):
        shape = '{"call": "attack", "args": [{"name": "weapon", "value": "any"}]}'
        raise _wrong("a call has the members call and args", at, help_=shape)
    name = _like(NAME, plain["call"], f"{at}/call", "a name")
    made = (_arg(one, f"{at}/args/{n}", deep) for n, one in enumerate(args))
    return Call(name, tuple(made))


def _arg(plain: object, at: str, deep: int) -> Arg:
    if not isinstance(plain, dict) or not {"value"} <= set(plain) <= {"name", "value"}:
        said = "an argument is an object with value, and name if it has one"
        raise _wrong(said, at, help_='{"name": "weapon", "value": "any"}')
    name = _like(NAME, plain["name"], f"{at}/name", "a name") if "name" in plain else ""
    return Arg(name, _atoms(plain["value"], f"{at}/value", deep - 1))


# --- atoms


def _like(pattern: str, plain: object, at: str, what: str) -> str:
    if not isinstance(plain, str) or not re.fullmatch(pattern, plain, re.ASCII):
        raise _wrong(f"{what} is expected here", at, help_=_EXAMPLES.get(what, '"name"'))
    return plain


def _number(plain: object, at: str) -> Decimal:
    """Take a number of at most twelve digits before and after the point, as the grammar does."""
    if isinstance(plain, str) and re.fullmatch(DIGITS, plain, re.ASCII):
        return Decimal(plain)
    if isinstance(plain, Decimal) and plain >= 0:
        exponent = plain.as_tuple().exponent
        if plain.adjusted() < _MOST_DIGITS and isinstance(exponent, int) and -13 < exponent < 13:  # noqa: PLR2004
            return plain
    said = "a number of at most twelve digits before and after its point is expected here"
    raise _wrong(said, at, help_="48")


def _unit(plain: object, at: str) -> str:
    if plain not in UNITS or not isinstance(plain, str):
        said = "a unit is expected here"
        raise JsonFault(Fault("D012", said, help=f"one of: {', '.join(UNITS)}"), f"{at}/unit")
    return plain


def _amount(plain: dict[str, object], at: str) -> Atom:
    unit = _unit(plain.get("unit"), at)
    return Amount(_number(plain["amount"], f"{at}/amount"), unit)


def _range(plain: dict[str, object], at: str) -> Atom:
    unit = _unit(plain.get("unit"), at)
    low, high = (_number(plain.get(end), f"{at}/{end}") for end in ("low", "high"))
    return AmountRange(Amount(low, unit), Amount(high, unit))


def _instant(plain: dict[str, object], at: str) -> Atom:
    text = _like(INSTANT, plain["instant"], f"{at}/instant", "a date or a time")
    zone = _like(ZONE, plain["zone"], f"{at}/zone", "a time zone") if "zone" in plain else ""
    return Instant(text, zone)


def _time(plain: dict[str, object], at: str) -> Atom:
    hour, minute = _like(TIME, plain["time"], f"{at}/time", "a time of day").split(":")
    return TimeOfDay(int(hour), int(minute))


def _clause(plain: dict[str, object], at: str) -> Atom:
    label = _like(LABEL, plain["clause"], f"{at}/clause", "a clause label")
    named = "instrument" in plain
    instrument = _like(NAME, plain["instrument"], f"{at}/instrument", "a name") if named else ""
    return ClauseRef(label, instrument)


def _op(plain: dict[str, object], at: str) -> Atom:
    sign = plain["op"]
    if not isinstance(sign, str) or sign not in SIGNS:
        raise _wrong("a sign is expected here", f"{at}/op", help_=f"one of: {' '.join(SIGNS)}")
    return Op(sign)


def _text(plain: dict[str, object], at: str) -> Atom:
    text = plain["text"]
    if not isinstance(text, str):
        raise _wrong("a text is expected here", f"{at}/text", help_='"..."')
    return Text(_line(text, f"{at}/text"))


# The member that tells what an object is -> all its members, and what reads it. An instant has a
# zone and a clause an instrument, so the order counts.
_ATOMS: dict[str, tuple[tuple[str, ...], Callable[[dict[str, object], str], Atom] | None]] = {
    "amount": (("amount", "unit"), _amount),
    "low": (("low", "high", "unit"), _range),
    "instant": (("instant", "zone"), _instant),
    "time": (("time",), _time),
    "clause": (("clause", "instrument"), _clause),
    "op": (("op",), _op),
    "text": (("text",), _text),
    "number": (("number",), lambda plain, at: Number(_number(plain["number"], f"{at}/number"))),
    "zone": (
        ("zone",),
        lambda plain, at: ZoneName(_like(ZONE, plain["zone"], f"{at}/zone", "a time zone")),
    ),
}
_SHAPES = ", ".join(f"{{{', '.join(fields)}}}" for fields, _ in _ATOMS.values())
_EXAMPLES = {
    "a date or a time": '"2016-09-12T19:00"',
    "a time zone": '"Asia/Damascus"',
    "a time of day": '"08:00"',
    "a clause label": '"3d"',
}
