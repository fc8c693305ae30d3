"""What can be wrong with one item of a value, as far as no declared name is needed to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.reading.expressions import COMPARISONS, TIME_UNITS, joined_amount
from tregua.agreement.reading.fault import Fault
from tregua.agreement.reading.suggest import did_you_mean
from tregua.agreement.value import Amount, Number, Op, Word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tregua.agreement.value import Atom, Cut, Item


def word_faults(item: Item, words: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with an item that must be one word of a closed list."""
    only = item.only
    if not isinstance(only, Word):
        help_ = f"one of: {one_of(words)}" if words else "write it without quotation marks"
        yield Fault("D006", "one word is expected here", cut_of(item), help_)
    elif words and only.name not in words:
        help_ = did_you_mean(only.name, words, otherwise=f"one of: {one_of(words)}")
        yield Fault("D006", f"{only.name} is not a word of this list", only.cut, help_)


def span_faults(item: Item) -> Iterator[Fault]:
    """Yield what is wrong with an item that must be one length of time, without a range."""
    amount = joined_amount(item.atoms)
    if amount is None or amount.unit not in TIME_UNITS:
        yield (
            _unit_fault(item)
            or _mixed_fault(item)
            or Fault(
                "D006",
                "a length of time is expected here",
                cut_of(item),
                "write one such as  48 hours",
            )
        )
    elif amount.value == 0:
        yield Fault("D014", "this length of time is empty", cut_of(item), "give it a length")


def _mixed_fault(item: Item) -> Fault | None:
    if len(item.atoms) > 1 and all(isinstance(a, Amount) for a in item.atoms):
        said = "hours are elapsed time and days are calendar steps; they do not add up"
        return Fault("D006", said, cut_of(item), "write hours alone, or days alone")
    return None


def unit_fault_of(item: Item, units: Collection[str]) -> Fault | None:
    """Return the fault of a number with a word behind it that is no unit (``2 fortnights``)."""
    for before, after in zip(item.atoms, item.atoms[1:], strict=False):
        if isinstance(before, Number) and isinstance(after, Word):
            otherwise = f"one of: {one_of(units)}"
            help_ = did_you_mean(after.name, units, otherwise=otherwise)
            return Fault("D012", f"{after.name} is not a unit", after.cut, help_)
    return None


def _unit_fault(item: Item) -> Fault | None:
    return unit_fault_of(item, TIME_UNITS)


def comparison_fault(item: Item) -> Fault | None:
    """Return the fault of a clock compared with what is no amount of time, if it is that."""
    match item.atoms:
        case (Word(), Op(sign), *_) if sign in COMPARISONS:
            fault = _unit_fault(item)
            help_ = f"write  {item.word} {sign} 7 days"
            return fault or Fault("D006", "an amount of time is missing", cut_of(item), help_)
    return None


def cut_of(item: Item) -> Cut:
    """Return the piece of the raw text from an item's first to its last atom."""
    return (item.atoms[0].cut[0], item.atoms[-1].cut[1])


def one_of(words: Collection[str]) -> str:
    """Return words as a list for a help line."""
    return ", ".join(words)


def is_op(atom: Atom, *signs: str) -> bool:
    """Say whether the atom is one of these signs."""
    return isinstance(atom, Op) and atom.sign in signs
