"""The values of a block as the typed slots of the model: a value, left open, none, or silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tregua.agreement.reading.expressions import act_of, amount_of, condition_of, shown, time_of
from tregua.agreement.value import Amount, AmountRange, Items, Number, Undefined, Word

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from tregua.agreement.block import Block
    from tregua.agreement.model import Act, Condition, Ids, Slot, TimeExpr
    from tregua.agreement.value import Item

T = TypeVar("T")
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Slots:
    """Reads the keys of one block; ``parties`` are the ids that ``all-parties`` stands for."""

    block: Block
    parties: Ids

    def _of(self, key: str, make: Callable[[Items], T | None]) -> Slot[T]:
        value = self.block.get(key)
        return make(value) if isinstance(value, Items) else value

    def actors(self, key: str) -> Slot[Ids]:
        """Return a list of actors: expanded, without repetition, sorted by id."""
        return self._of(key, lambda v: tuple(sorted(set(self._expanded(v.words())))))

    def ids(self, key: str) -> Slot[Ids]:
        """Return a list of other ids or words in the order written."""
        return self._of(key, lambda v: v.words())

    def plain(self, key: str) -> Ids:
        """Return a list of ids, empty when there is no value for whatever reason."""
        return self.block.words(key)

    def _expanded(self, names: Ids) -> Ids:
        return tuple(
            n for name in names for n in (self.parties if name == "all-parties" else (name,))
        )

    def word(self, key: str) -> Slot[str]:
        """Return a closed word or an id."""
        return self._of(key, lambda v: next(iter(v.words()), None))

    def word_or(self, key: str, default: str) -> str:
        """Return a closed word; the default when the text is silent or leaves it open."""
        return self.block.word(key) or default

    def text(self, key: str) -> Slot[str]:
        """Return a quoted string."""
        return self._of(key, lambda v: next(iter(v.texts()), None))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return all quoted strings of a key."""
        return self.block.texts(key)

    def time(self, key: str) -> Slot[TimeExpr]:
        """Return a moment."""
        return self._of(key, lambda v: time_of(v.items[0]))

    def span(self, key: str) -> Slot[Amount]:
        """Return a length of time. A range stays open: choosing an end of it is not ours."""
        return self._of(key, _span)

    def when(self, key: str) -> Slot[tuple[Condition, ...]]:
        """Return a list of conditions; all of them must hold."""
        return self._of(key, lambda v: _each(v, condition_of))

    def acts(self, key: str) -> tuple[Act, ...]:
        """Return a list of acts, empty when there is no value."""
        value = self.block.get(key)
        return _each(value, act_of) if isinstance(value, Items) else ()

    def number(self, key: str) -> Slot[Decimal]:
        """Return a decimal; ``60 %`` is 0.6."""
        return self._of(key, lambda v: number_of(v.items[0]))


def number_of(item: Item) -> Decimal | None:
    """Return the number that an item states."""
    first = item.atoms[0]
    if isinstance(first, Number):
        return first.value
    if isinstance(first, Amount) and first.unit == "%":
        return first.value / PERCENT
    return None


def tolerance_of(block: Block) -> tuple[Slot[int], Amount | None]:
    """Return how many incidents are tolerated, and per what length of time when that is said."""
    value = block.get("tolerance")
    if not isinstance(value, Items):
        return value, None
    match value.items[0].atoms:
        case (Number(count),):
            return int(count), None
        case (Number(count), Word("per"), Amount() as per):
            return int(count), per
    return Undefined(shown(value.items[0])), None


def _span(value: Items) -> Amount | Undefined | None:
    item = value.items[0]
    if isinstance(item.only, AmountRange):
        return Undefined(shown(item))
    return amount_of(item)


def _each(value: Items, make: Callable[[Item], T | None]) -> tuple[T, ...]:
    return tuple(made for item in value.items if (made := make(item)) is not None)
