"""Whether a block shows a sign of a clause type.

A sign is data (``catalogue.toml``): conditions on one block, all of which must hold. Nothing here
knows a deal or a party by name, and nothing is read from prose: what nobody encoded is not found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tregua.agreement.acts import covers
from tregua.agreement.clause import COMMON
from tregua.agreement.questions import act_tree, acts, calls, is_shifted, names_in, walk
from tregua.agreement.value import Amount, Instant

if TYPE_CHECKING:
    from tregua.agreement.block import Block, DealText

Words: TypeAlias = tuple[str, ...]
ByKey: TypeAlias = tuple[tuple[str, Words], ...]

_ACT_KEYS = ("must", "must keep", "must not", "may", "does")
_COMMON = frozenset(key.name for key in COMMON)


@dataclass(frozen=True, slots=True)
class Sign:
    """Conditions on one block; an empty one asks nothing.

    Attributes:
        kinds: kinds of block that are looked at.
        has, has_any: keys of which all, or one, hold a value.
        none: keys that say that there is none.
        without: kinds of which the deal has no block.
        words, unless: key and bare words at any depth, of which one, or none, stands there.
        acts, exactly: acts, those below them included or not.
        calls: key and conditions or moments that all stand there.
        names: ``kind:x`` or ``is:x``; a name in the block means such a block, or is ``x`` itself.
        units: key and units, in one of which an amount stands there.
        shifted, clocked: keys whose moment is moved by an amount; that hold a day with an hour.
    """

    kinds: Words
    has: Words = ()
    has_any: Words = ()
    none: Words = ()
    without: Words = ()
    words: ByKey = ()
    unless: ByKey = ()
    acts: Words = ()
    exactly: Words = ()
    calls: ByKey = ()
    names: Words = ()
    units: ByKey = ()
    shifted: Words = ()
    clocked: Words = ()


def shows(deal: DealText, block: Block, sign: Sign) -> bool:
    """Say whether a block meets every condition of a sign."""
    return block.kind in sign.kinds and all(
        (
            all(block.has(key) for key in sign.has),
            not sign.has_any or any(block.has(key) for key in sign.has_any),
            all(block.says_none(key) for key in sign.none),
            not deal.of_kind(*sign.without),
            all(_stands(block, key, words) for key, words in sign.words),
            not any(_stands(block, key, words) for key, words in sign.unless),
            _acts_meet(deal, block, sign),
            all(_calls(block, key) >= set(names) for key, names in sign.calls),
            not sign.names or _means(deal, block, sign.names),
            all(_has_unit(block, key, units) for key, units in sign.units),
            all(_is_moved(block, key) for key in sign.shifted),
            all(_has_hour(block, key) for key in sign.clocked),
        )
    )


def _stands(block: Block, key: str, words: Words) -> bool:
    return any(names_in(entry.value) & set(words) for entry in block.every(key))


def _acts_meet(deal: DealText, block: Block, sign: Sign) -> bool:
    found = {act.name for act in acts(block, *_ACT_KEYS)}
    if sign.exactly and not found & set(sign.exactly):
        return False
    tree = act_tree(deal)
    return not sign.acts or any(covers(kind, act, tree) for kind in sign.acts for act in found)


def _calls(block: Block, key: str) -> set[str]:
    return {call.name for entry in block.every(key) for call in calls(entry.value)}


def _means(deal: DealText, block: Block, wanted: Words) -> bool:
    names = {n for e in block.entries if e.key not in _COMMON for n in names_in(e.value)}
    return any(_is_such(deal, name, how, what) for name in names for how, what in _pairs(wanted))


def _pairs(wanted: Words) -> tuple[tuple[str, str], ...]:
    return tuple((how, what) for how, _, what in (w.partition(":") for w in wanted))


def _is_such(deal: DealText, name: str, how: str, what: str) -> bool:
    block = deal.block(name)
    if block is None:
        # `excluded` and `heavy` are built-in names for every block of a kind, and for a class.
        return name == what
    return block.kind == what if how == "kind" else block.word("is") == what


def _has_unit(block: Block, key: str, units: Words) -> bool:
    found = [atom for entry in block.every(key) for atom in walk(entry.value)]
    return any(isinstance(atom, Amount) and atom.unit in units for atom in found)


def _is_moved(block: Block, key: str) -> bool:
    return any(is_shifted(entry.value) for entry in block.every(key))


def _has_hour(block: Block, key: str) -> bool:
    found = [atom for entry in block.every(key) for atom in walk(entry.value)]
    return any(isinstance(atom, Instant) and "T" in atom.text for atom in found)
