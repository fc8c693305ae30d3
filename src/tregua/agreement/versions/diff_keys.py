"""Two versions of one block, key by key, by what the values mean and not by how they are written.

1. Lists in which order says nothing are compared name by name; ``all-parties`` is spelt out.
2. A key that says its default is equal to one that says nothing.
3. ``undefined``, ``none`` and silence stay apart; whether silence is a gap is the key's to say.
4. Who checks a norm is what its own key and the verifications that cover it say together.
5. Comment (``says``, ``note``, ``source``, names in other languages) is no difference in law.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from tregua.agreement.clause import COMMON, NORMS, UNDEFINED, ValueType
from tregua.agreement.clauses import KINDS
from tregua.agreement.questions import expanded, verifiers
from tregua.agreement.reading.expressions import shown
from tregua.agreement.reading.parse_value import parse_value
from tregua.agreement.value import Arg, Call, Instant, Item, Items, Nothing, Undefined, Word
from tregua.agreement.versions.difference import Change
from tregua.terms.time import show_when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText, Entry
    from tregua.agreement.clause import Key
    from tregua.agreement.value import Atom, Value

COMMENT = ("clause", "says", "ru", "ar", "aliases", "note", "source", "accept", "version",
           "made by", "valid from")  # fmt: skip
WITHOUT_ORDER = (ValueType.NAMES, ValueType.WORDS, ValueType.CLAUSES, ValueType.TEXTS,
                 ValueType.ACTS, ValueType.WHEN)  # fmt: skip
IN_ORDER = ("step",)  # of the keys that repeat

Meaning: TypeAlias = "tuple[Item, ...] | Undefined | Nothing | None"


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key that differs. ``names`` are the names gained or lost, for lists."""

    key: str
    change: Change
    before: str
    after: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A block (or the header) within its deal."""

    deal: DealText
    kind: str
    entries: tuple[Entry, ...]
    block: Block | None = None


def key_changes(old: Written, new: Written, keys: tuple[Key, ...]) -> Iterator[KeyChange]:
    """Yield the keys in which two versions of one thing differ, in the order of the keys."""
    for key in keys:
        if key.repeats:
            yield from _repeated(key, _texts(old, key), _texts(new, key))
        else:
            yield from _changes(key, meaning(old, key), meaning(new, key))


def keys_of(kind: str) -> tuple[Key, ...]:
    """Return the keys of a kind that count in law."""
    own = next((k.keys for k in KINDS if k.kind == kind), ())
    return tuple(k for k in (*own, *COMMON) if k.name not in COMMENT)


# --- what a key says ----------------------------------------------------------------------------


def meaning(written: Written, key: Key) -> Meaning:
    """Return what a key says: its items, left open, none, or nothing at all."""
    if key.name == "verified by" and written.block is not None and written.kind in NORMS:
        checking = verifiers(written.deal, written.block)
        if checking:
            return tuple(Item((Word(name),)) for name in sorted(checking))
    value = next((e.value for e in written.entries if e.key == key.name), None)
    if isinstance(value, Items):
        return _items(written, key, value)
    return _default(key) if value is None else value


def _default(key: Key) -> Meaning:
    """Return what an absent key means: silence, a gap, or the value that the language gives it."""
    is_value = key.default in key.words or key.type is ValueType.NUMBER
    if key.default != UNDEFINED and is_value and key.default != "-":
        value = parse_value(key.default, zone=None)
        return value.items if isinstance(value, Items) else None
    return Undefined() if key.default == UNDEFINED else None


def _items(written: Written, key: Key, value: Items) -> tuple[Item, ...]:
    items = [_timeless(item) for item in value.items]
    if "all-parties" in key.also and "all-parties" in value.words():
        others = [i for i in items if i.word != "all-parties"]
        parties = sorted(expanded(written.deal, ("all-parties",)))
        items = [*others, *(Item((Word(p),)) for p in parties)]
    if key.type in WITHOUT_ORDER:
        items = sorted(set(items), key=shown)
    return tuple(items)


def _timeless(item: Item) -> Item:
    """Return an item whose instants are compared by when they are, not by how they are written."""
    return Item(tuple(_plain(atom) for atom in item.atoms))


def _plain(atom: Atom) -> Atom:
    match atom:
        case Instant(when=when) if when is not None:
            return replace(atom, text=show_when(when), zone="")
        case Call(name, args):
            return Call(name, tuple(Arg(a.name, _timeless(a.item)) for a in args))
    return atom


def as_written(value: Meaning) -> str:
    """Write a meaning as it would stand in a block; silence is empty."""
    match value:
        case None:
            return ""
        case Undefined(phrase):
            return f'undefined "{phrase}"' if phrase else "undefined"
        case Nothing():
            return "none"
    return ", ".join(shown(item) for item in value)


# --- what differs -------------------------------------------------------------------------------


def _changes(key: Key, old: Meaning, new: Meaning) -> Iterator[KeyChange]:
    if old == new:
        return
    if isinstance(old, tuple) and isinstance(new, tuple) and key.type in WITHOUT_ORDER:
        yield from _of_lists(key, old, new)
        return
    names = (*_names(old), *_names(new))
    yield KeyChange(key.name, _change(old, new), as_written(old), as_written(new), names)


def _change(old: Meaning, new: Meaning) -> Change:
    was_open, is_open = isinstance(old, Undefined), isinstance(new, Undefined)
    if was_open != is_open:
        if old is None or new is None:
            return Change.CHANGED  # silence is neither an answer nor, here, a gap
        return Change.GAP_CLOSED if was_open else Change.GAP_OPENED
    if old is None:
        return Change.GAINED
    return Change.LOST if new is None else Change.CHANGED


def _of_lists(key: Key, old: tuple[Item, ...], new: tuple[Item, ...]) -> Iterator[KeyChange]:
    lost = tuple(i for i in old if i not in new)
    gained = tuple(i for i in new if i not in old)
    if gained:
        yield KeyChange(key.name, Change.GAINED, "", as_written(gained), _names(gained))
    if lost:
        yield KeyChange(key.name, Change.LOST, as_written(lost), "", _names(lost))


def _names(value: Meaning) -> tuple[str, ...]:
    return tuple(i.word for i in value if i.word) if isinstance(value, tuple) else ()


# --- keys that repeat ---------------------------------------------------------------------------


def _texts(written: Written, key: Key) -> tuple[str, ...]:
    values = (e.value for e in written.entries if e.key == key.name)
    return tuple(as_written(_of_entry(v)) for v in values)


def _of_entry(value: Value) -> Meaning:
    return tuple(_timeless(i) for i in value.items) if isinstance(value, Items) else value


def _repeated(key: Key, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[KeyChange]:
    lost, gained = Counter(old) - Counter(new), Counter(new) - Counter(old)
    for text in sorted(gained.elements()):
        yield KeyChange(key.name, Change.GAINED, "", text)
    for text in sorted(lost.elements()):
        yield KeyChange(key.name, Change.LOST, text, "")
    if not (lost or gained) and old != new and key.name in IN_ORDER:
        yield KeyChange(key.name, Change.CHANGED, "; ".join(old), "; ".join(new))
