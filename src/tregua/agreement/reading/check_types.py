"""Whether a value is of the type that its key takes (02, 2.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.agreement.clause import ValueType
from tregua.agreement.reading.expressions import METRES, TIME_UNITS, shown
from tregua.agreement.reading.fault import Fault
from tregua.agreement.reading.header import MAJOR
from tregua.agreement.reading.item_faults import (
    cut_of,
    is_op,
    span_faults,
    unit_fault_of,
    word_faults,
)
from tregua.agreement.reading.slots import number_of
from tregua.agreement.reading.suggest import did_you_mean, short
from tregua.agreement.reading.zone_names import no_zone
from tregua.agreement.value import (
    Amount,
    AmountRange,
    ClauseRef,
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
    from collections.abc import Callable, Iterator

    from tregua.agreement.clause import Key
    from tregua.agreement.reading.names import Names
    from tregua.agreement.value import Value

_ID = re.compile(r"[a-z][a-z0-9-]*")
_CODE = re.compile(r"[A-Z]\d{3}")
# In these values `undefined` may stand for one cell or one step.
_WITH_GAPS = (ValueType.ROW, ValueType.STEP, ValueType.GIVEN, ValueType.EXPECT, ValueType.PHRASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A value with everything that is needed to judge it.

    Attributes:
        labels: clause labels of each instrument of the file.
        here: id of the instrument in which the block stands.
        keys: names of the keys of the block's kind.
    """

    key: Key
    raw: str
    names: Names
    labels: dict[str, set[str]]
    here: str
    keys: tuple[str, ...]


def type_faults(value: Value, asked: Asked) -> Iterator[Fault]:
    """Yield everything that is wrong with a value of this key."""
    key = asked.key
    if not isinstance(value, Items):
        if not key.open:
            word = "undefined" if isinstance(value, Undefined) else "none"
            yield Fault("D006", f"{key.name} cannot be {word}", help=_listed(key))
        return
    lone = [] if key.type in _WITH_GAPS else [i for i in value.items if i.word == "undefined"]
    if lone:
        said = "undefined stands alone, with the words that leave it open"
        yield Fault("D006", said, cut_of(lone[0]), f'{key.name}: undefined "..."')
        return
    if key.type in _ONE and len(value.items) > 1:
        said, first = f"{key.name} takes one value", short(shown(value.items[0]))
        yield Fault("D006", said, cut_of(value.items[1]), f"{key.name}: {first}")
        return
    check = _CHECKS.get(key.type)
    for item in value.items if check else ():
        assert check is not None
        yield from check(item, asked)


def as_meant(value: Value, key: Key) -> Value:
    """Return the value with ``none`` as a word where the key's closed list has that word."""
    if isinstance(value, Nothing) and "none" in key.words:
        return Items((Item((Word("none"),)),))
    return value


def _listed(key: Key) -> str:
    return f"one of: {', '.join(key.words)}" if key.words else f"{key.name}: ..."


# --- one check for each type


def _text(item: Item, asked: Asked) -> Iterator[Fault]:
    if not isinstance(item.only, Text):
        said = "words in quotation marks are expected here"
        bare = short(asked.raw).replace('"', "")
        yield Fault("D006", said, cut_of(item), f'{asked.key.name}: "{bare}"')


def _word(item: Item, asked: Asked) -> Iterator[Fault]:
    yield from word_faults(item, asked.key.words)
    if asked.key.name == "deal" and item.word and not _ID.fullmatch(item.word):
        said = f"{item.word} cannot be the id of a deal"
        yield Fault("D006", said, cut_of(item), "write it with a-z, 0-9 and hyphens")


def _name(item: Item, asked: Asked) -> Iterator[Fault]:
    key = asked.key
    if key.counted and len(item.atoms) > 1 and isinstance(item.atoms[1], Number):
        item = Item((item.atoms[0], *item.atoms[2:]))
    yield from asked.names.name_faults(item, key.kinds, key.also)


def _span(item: Item, _: Asked) -> Iterator[Fault]:
    only = item.only
    if isinstance(only, AmountRange) and only.low.unit in TIME_UNITS:
        yield from range_faults(only)
    else:
        yield from span_faults(item)


def _length(item: Item, asked: Asked) -> Iterator[Fault]:
    match item.atoms:
        case (AmountRange() as both,) if both.low.unit in METRES:
            yield from range_faults(both)
        case (Amount(_, unit),) if unit in METRES:
            return
        case (Op(), Amount(_, unit)) if unit in METRES and is_op(
            item.atoms[0], ">=", "<=", ">", "<"
        ):
            return
        case (Word("by"), Word() as table):
            yield from asked.names.name_faults(Item((table,)), ("weapons",), ())
        case _:
            yield unit_fault_of(item, METRES) or Fault(
                "D006",
                "a length is expected here",
                cut_of(item),
                "write  3500 m  or  15..20 km  or  by  and a weapons table",
            )


def range_faults(both: AmountRange) -> Iterator[Fault]:
    """Yield the fault of a range whose ends meet or cross."""
    if both.low.value >= both.high.value:
        what = "empty" if both.low.value == both.high.value else "negative"
        help_ = f"{both.high.value:f}..{both.low}" if what == "negative" else f"{both.high}"
        yield Fault("D014", f"this interval is {what}", both.cut, help_)


def _time(item: Item, asked: Asked) -> Iterator[Fault]:
    yield from asked.names.time_faults(item)


def _zone(item: Item, _: Asked) -> Iterator[Fault]:
    if not isinstance(item.only, ZoneName):
        yield no_zone(shown(item), cut_of(item))


def _act(item: Item, asked: Asked) -> Iterator[Fault]:
    yield from asked.names.act_faults(item)


def _condition(item: Item, asked: Asked) -> Iterator[Fault]:
    yield from asked.names.condition_faults(item)


def _clause(item: Item, asked: Asked) -> Iterator[Fault]:
    ref = item.only
    if not isinstance(ref, ClauseRef):
        yield Fault("D006", "a clause is expected here", cut_of(item), "write it as  § 3d")
        return
    if ref.instrument:
        word = Item((Word(ref.instrument, cut=ref.cut),))
        faults = tuple(asked.names.name_faults(word, ("instrument",), ()))
        if faults:
            yield from faults
            return
    labels = asked.labels.get(ref.instrument or asked.here, set())
    if ref.label not in labels and (labels or not ref.instrument):
        help_ = did_you_mean(ref.label, labels, otherwise=f"## § {ref.label} · Title")
        yield Fault("D011", f"there is no clause {ref.label}", ref.cut, help_)


def _number(item: Item, asked: Asked) -> Iterator[Fault]:
    match item.atoms:
        case (Number(),) | (Number(), Word("of"), Number()) | (Amount(_, "%"),):
            number = number_of(item) or Decimal()
        case _:
            yield Fault("D006", "a number is expected here", cut_of(item), f"{asked.key.name}: 1")
            return
    if asked.key.share and number > 1:
        said = f"{asked.key.name} lies between 0 and 1"
        yield Fault("D006", said, cut_of(item), f"{asked.key.name}: {number / 100}")
    if asked.key.name == "version" and (number < 1 or number != int(number)):
        yield Fault("D006", "versions are counted 1, 2, 3", cut_of(item), "version: 2")


def _phrase(item: Item, asked: Asked) -> Iterator[Fault]:
    if asked.key.name == "tolerance":
        yield from _tolerance(item)
    for atom in item.atoms:
        if isinstance(atom, AmountRange):
            yield from range_faults(atom)
    for before, atom, after in zip(item.atoms, item.atoms[1:], item.atoms[2:], strict=False):
        if is_op(atom, "..") and isinstance(before, _ENDS) and before == after:
            yield Fault("D014", "this interval is empty", cut_of(item), "write where it ends")


def _tolerance(item: Item) -> Iterator[Fault]:
    match item.atoms:
        case (Number(count),) | (Number(count), Word("per"), Amount()) if count == int(count):
            return
    said = "a number of incidents is expected here"
    yield Fault("D006", said, cut_of(item), "write  0  or  2 per 24 hours")


def _key_text(item: Item, asked: Asked) -> Iterator[Fault]:
    words = [a for a in item.atoms if isinstance(a, Word)]
    if len(words) != len(item.atoms) - 1 or not words or not isinstance(item.atoms[-1], Text):
        said = "a key and a reason in quotation marks are expected here"
        yield Fault("D006", said, cut_of(item), f'{asked.key.name}: within "..."')
        return
    name = " ".join(w.name for w in words)
    if name not in asked.keys:
        help_ = did_you_mean(name, asked.keys, otherwise=f"one of: {', '.join(asked.keys)}")
        yield Fault("D006", f"{name} is not a key of this block", words[0].cut, help_)


def _code_text(item: Item, asked: Asked) -> Iterator[Fault]:
    match item.atoms:
        case (Word(code), Text()) if _CODE.fullmatch(code):
            return
    said = "a code and a reason in quotation marks are expected here"
    yield Fault("D006", said, cut_of(item), f'{asked.key.name}: L505 "..."')


def _format(item: Item, _: Asked) -> Iterator[Fault]:
    if item.word != MAJOR:
        said = f"the format {item.word} is not known"
        yield Fault("D009", said, help=f"format: {MAJOR}")


_ENDS = (TimeOfDay, Number, Amount)
_ONE = (
    ValueType.TEXT,
    ValueType.WORD,
    ValueType.NAME,
    ValueType.SPAN,
    ValueType.LENGTH,
    ValueType.TIME,
    ValueType.ZONE,
    ValueType.NUMBER,
    ValueType.KEY_TEXT,
    ValueType.CODE_TEXT,
)
_CHECKS: dict[ValueType, Callable[[Item, Asked], Iterator[Fault]]] = {
    ValueType.TEXT: _text,
    ValueType.TEXTS: _text,
    ValueType.WORD: _word,
    ValueType.WORDS: _word,
    ValueType.NAME: _name,
    ValueType.NAMES: _name,
    ValueType.SPAN: _span,
    ValueType.LENGTH: _length,
    ValueType.TIME: _time,
    ValueType.ZONE: _zone,
    ValueType.ACTS: _act,
    ValueType.WHEN: _condition,
    ValueType.CLAUSES: _clause,
    ValueType.NUMBER: _number,
    ValueType.PHRASE: _phrase,
    ValueType.KEY_TEXT: _key_text,
    ValueType.CODE_TEXT: _code_text,
    ValueType.FORMAT: _format,
}
