"""The leaves of a value's tree as atoms: words, numbers, amounts, times, names, calls."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tregua.agreement.reading.characters import unquote
from tregua.agreement.reading.fault import Fault, ValueFault
from tregua.agreement.reading.join_atoms import joined
from tregua.agreement.reading.zone_names import no_zone
from tregua.agreement.value import (
    Amount,
    Arg,
    Atom,
    Call,
    ClauseRef,
    Instant,
    Item,
    Number,
    Op,
    Text,
    TimeOfDay,
    Word,
    ZoneName,
)
from tregua.terms.time import is_zone

if TYPE_CHECKING:
    from tregua.agreement.value import Cut

_SHORT = re.compile(r"(.+)\+(\d+)([dh])")
_AMOUNT = re.compile(r"([\d.]+) *(.+)")


class AtomReader:
    """Converts a tree of ``value_tree.py``; its depth is bounded there.

    Args:
        zone: IANA name, the deal's default for times without one.
    """

    def __init__(self, zone: str | None) -> None:
        self.zone = zone

    def item(self, tree: Any) -> Item:  # noqa: ANN401 - Lark's trees are untyped
        """Return one of the items that a value is made of.

        Raises:
            ValueFault: a zone, a day or an hour that does not exist.
        """
        return Item(self._atoms(tree.children))

    def _atoms(self, children: list[Any]) -> tuple[Atom, ...]:
        atoms: list[Atom] = []
        for child in children:
            atoms += self._atom(child)
        return tuple(joined(atoms, self.zone))

    def _atom(self, node: Any) -> list[Atom]:  # noqa: ANN401
        if hasattr(node, "data"):
            return [self._call(node)]
        cut = (node.start_pos, node.end_pos)
        if node.type == "SHORT":
            match = _SHORT.fullmatch(node)
            assert match is not None
            unit = {"d": "days", "h": "hours"}[match[3]]
            mark = node.start_pos + match.end(1)
            amount = Amount(Decimal(match[2]), unit, cut=(mark + 1, node.end_pos))
            word = Word(match[1], cut=(node.start_pos, mark))
            return [word, Op("+", cut=(mark, mark + 1)), amount]
        return [_TOKENS[node.type](str(node), cut)]

    def _call(self, tree: Any) -> Call:  # noqa: ANN401
        name = tree.children[0]
        args = [self._arg(child) for child in tree.children[1:] if child is not None]
        return Call(str(name), tuple(args), cut=(name.start_pos, name.end_pos))

    def _arg(self, tree: Any) -> Arg:  # noqa: ANN401
        named = tree.data == "named"
        children = tree.children[1:] if named else tree.children
        return Arg(str(tree.children[0]) if named else "", Item(self._atoms(children)))


def _amount(text: str, cut: Cut) -> Amount:
    match = _AMOUNT.fullmatch(text)
    assert match is not None
    unit = match[2]
    if unit not in ("m", "km", "mm", "%") and not unit.endswith("s"):
        unit += "s"
    return Amount(Decimal(match[1]), unit, cut=cut)


def _zone(text: str, cut: Cut) -> ZoneName:
    if not is_zone(text):
        raise ValueFault(no_zone(text, cut))
    return ZoneName(text, cut=cut)


def _time_of_day(text: str, cut: Cut) -> TimeOfDay:
    hour, minute = int(text[:2]), int(text[3:])
    if hour > 23 or minute > 59:  # noqa: PLR2004
        raise ValueFault(Fault("D005", f"{text} is no time of day", cut, help="write 08:00"))
    return TimeOfDay(hour, minute, cut=cut)


_TOKENS: dict[str, Any] = {
    "AMOUNT": _amount,
    "INSTANT": lambda text, cut: Instant(text, cut=cut),
    "TIMEOFDAY": _time_of_day,
    "TZ": _zone,
    "CLAUSE": lambda text, cut: ClauseRef(text[1:].strip(), cut=cut),
    "STRING": lambda text, cut: Text(unquote(text), cut=cut),
    "COUNTED": lambda text, cut: Word(text, cut=cut),  # the word 24-hours
    "NUMBER": lambda text, cut: Number(Decimal(text), cut=cut),
    "OP": lambda text, cut: Op(text, cut=cut),
    "NAME": lambda text, cut: Word(text, cut=cut),
}
