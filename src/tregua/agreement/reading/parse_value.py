"""The text right of a colon into a `Value`.

What cannot be read at all is a `Fault` with the place in the text: D005 for the grammar, D012 for
zones that do not exist, D014 for days that are not in the calendar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.reading.atoms import AtomReader
from tregua.agreement.reading.value_tree import value_tree
from tregua.agreement.value import Items, Nothing, Text, Undefined, Word

if TYPE_CHECKING:
    from tregua.agreement.value import Item, Value


def parse_value(raw: str, *, zone: str | None) -> Value:
    """Parse the text of one value; ``zone`` (IANA) is the deal's default for times without one.

    Raises:
        ValueFault: with the first thing that is wrong.
    """
    tree, reader = value_tree(raw), AtomReader(zone)
    return _whole([reader.item(child) for child in tree.children])


def _whole(items: list[Item]) -> Value:
    """Tell ``undefined "phrase"`` and ``none`` from ordinary values."""
    atoms = items[0].atoms
    if len(items) == 1 and isinstance(atoms[0], Word):
        if atoms[0].name == "undefined" and len(atoms) == 1:
            return Undefined()
        if atoms[0].name == "undefined" and len(atoms) == 2 and isinstance(atoms[1], Text):  # noqa: PLR2004
            return Undefined(atoms[1].text)
        if atoms[0].name == "none" and len(atoms) == 1:
            return Nothing()
    return Items(tuple(items))
