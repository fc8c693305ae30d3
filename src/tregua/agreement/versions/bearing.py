"""Which blocks bear on a norm: where none of them changes, the norm means the same as before.

Its wording: what the norm names, and what that names in turn; and whatever speaks about one of
these (an exception to the norm, a power over its phase). Who owes it is no part of the wording: for
each who owes it, it says the same whoever else does.

Beside its wording: whoever the deal names and what links them, since that decides whose an act was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.clause import WHO
from tregua.agreement.value import Call, Items, Word
from tregua.agreement.versions.left_out import OWING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.value import Item

_WORDS = ("acts", "weapons")
_ABOUT = ("exception", "verification", "power", "procedure")  # they name what they speak about


def people_in(deal: DealText) -> tuple[Block, ...]:
    """Return the blocks on whoever the deal names and on what links them, in file order."""
    return deal.of_kind(*WHO, "link")


def wording_of(norm: str, deal: DealText) -> tuple[Block, ...]:
    """Return the blocks of a deal that are the wording of a norm, in file order."""
    named = {b.id: frozenset(_names(b)) for b in deal.blocks}
    people = {b.id for b in deal.blocks if b.kind in WHO}
    reached: set[str] = set()
    fresh = {norm}
    while fresh:
        reached |= fresh
        onward = {n for i in fresh for n in named.get(i, ()) if n in named and n not in people}
        about = {b.id for b in deal.of_kind(*_ABOUT) if (named[b.id] - people) & reached}
        fresh = (onward | about) - reached
    return tuple(
        _without_bearers(b) if b.id == norm else b
        for b in deal.blocks
        if b.id in reached or b.kind in _WORDS
    )


def _without_bearers(block: Block) -> Block:
    return replace(block, entries=tuple(e for e in block.entries if e.key not in OWING))


def _names(block: Block) -> Iterator[str]:
    for entry in block.entries:
        if isinstance(entry.value, Items):
            yield from _words(entry.value.items)


def _words(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        for atom in item.atoms:
            if isinstance(atom, Word):
                yield atom.name
            elif isinstance(atom, Call):
                yield from _words(a.item for a in atom.args)
