"""Blocks without the names that do not hold: every list loses them, and a norm may fall with them.

A norm whose bearers, protected sides, phases or places are all gone says nothing at that moment and
is left out. Any other key that loses all of its names falls silent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.clause import NORMS, ValueType
from tregua.agreement.clauses import KINDS
from tregua.agreement.reading.expressions import shown
from tregua.agreement.value import Item, Items, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, Entry

OWING = ("on", "owed by")
SCOPE = ("on", "owed by", "against", "during", "where")
_LISTS = {
    kind.kind: {k.name for k in kind.keys if k.type in (ValueType.NAME, ValueType.NAMES)}
    for kind in KINDS
}
_JOINING = ("accept",)  # an act by which a party comes to be bound, owed before it is


def without(block: Block, gone: frozenset[str]) -> Block | None:
    """Return the block without names that do not hold; ``None`` when nothing is left of a norm."""
    keys = _LISTS.get(block.kind, set())
    return _rewritten(block, dict.fromkeys(keys, gone)) if gone else block


def bound_only(block: Block, unbound: frozenset[str], parties: tuple[str, ...]) -> Block | None:
    """Return the block with only bound parties owing; ``all-parties`` becomes ``parties``.

    A duty to accept is owed before it is kept, so it keeps its bearers.
    """
    if not unbound or set(_JOINING) & _acts(block):
        return block
    entries = tuple(_spelt_out(e, parties) for e in block.entries)
    owing = OWING[1:] if block.kind == "permission" else OWING
    keys = owing if block.kind in NORMS else ()
    return _rewritten(replace(block, entries=entries), dict.fromkeys(keys, unbound))


def _acts(block: Block) -> set[str]:
    return set(block.words("must"))


def _rewritten(block: Block, gone: dict[str, frozenset[str]]) -> Block | None:
    kept: list[Entry] = []
    for entry in block.entries:
        left = _left(entry, gone.get(entry.key, frozenset()))
        if left is not None:
            kept.append(left)
        elif block.kind in NORMS and entry.key in SCOPE:
            return None
    return replace(block, entries=tuple(kept))


def _left(entry: Entry, gone: frozenset[str]) -> Entry | None:
    if not isinstance(entry.value, Items):
        return entry
    items = tuple(i for i in entry.value.items if i.word not in gone)
    if len(items) == len(entry.value.items):
        return entry
    return _with(entry, items) if items else None


def _spelt_out(entry: Entry, parties: tuple[str, ...]) -> Entry:
    if not isinstance(entry.value, Items) or "all-parties" not in entry.value.words():
        return entry
    return _with(entry, tuple(_each(entry.value, parties)))


def _each(value: Items, parties: tuple[str, ...]) -> Iterator[Item]:
    for item in value.items:
        if item.only == Word("all-parties"):
            yield from (Item((Word(p),)) for p in parties)
        else:
            yield item


def _with(entry: Entry, items: tuple[Item, ...]) -> Entry:
    """Return the entry with other items; its text no longer stands in the file piece by piece."""
    raw = ", ".join(shown(i) for i in items)
    return replace(entry, value=Items(items), raw=raw, pieces=())
