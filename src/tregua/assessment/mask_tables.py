"""Rules as 64-bit words: one per value of a column, so that selecting a row is a few ANDs.

Bits 0-47 are norms, bits 48-63 exceptions. Two words per value:

* ``may``: norms that the value possibly meets, exceptions that it certainly meets. ANDed over the
  columns it holds the norms that are possible, and the exceptions that surely take some away.
* ``must``: norms that it certainly meets, exceptions that it possibly meets.

So one pass over the columns gives either answer. What cannot be placed is refused, never dropped: a
49th norm, a 17th exception, a name that no vocabulary, period or map holds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tregua.assessment.masks import RowException, RowNorm, RuleTable, kind_meets, value_meets
from tregua.assessment.masks import zones_meant as zones_of
from tregua.assessment.operators.select import EXCEPTIONS, NORM_BITS, NORMS
from tregua.assessment.zone_classes import RadiusClass, ZoneClasses, halves
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tregua.assessment.zone_index import Longs, Members, ZoneIndex

KERNEL = 2  # raise it when the same rules and rows would give other bytes
Rule: TypeAlias = RowNorm | RowException
Said: TypeAlias = tuple[bool, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """The words of one dictionary, by code.

    Attributes:
        must, may: the words; of a column the last is that of a value left out (code -1).
        is_certain: whether both are the same for every value that is not left out.
    """

    must: Longs
    may: Longs
    is_certain: bool


@dataclass(frozen=True, slots=True, eq=False)
class ClassTables:
    """One class of radius: its index, and the words of the index's sets."""

    radius_m: float
    index: ZoneIndex
    words: Pair


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A deal's rules about single rows and the zones of its map: plain arrays, to be sent whole.

    Attributes:
        norms: ids in the order of bits.
        kind, actor, target, weapon: words by code.
        bounds: instants at which the periods in force change, rising, microseconds UTC.
        period: words between them; first those of before the first bound.
        concerns: per exception, bits of the norms that it takes away.
        zoned: bits whose rule names a zone; the others need no geometry.
        zone: per zone the bits of the rules that name it.
        classes: by rising radius.
        digest: SHA-256 (hex) over rules, map and kernel version.
    """

    norms: tuple[str, ...]
    kind: Pair
    actor: Pair
    target: Pair
    weapon: Pair
    bounds: Longs
    period: Longs
    concerns: Longs
    zoned: int
    zone: Longs
    classes: tuple[ClassTables, ...]
    digest: str


def compile_masks(table: RuleTable, classes: ZoneClasses) -> Compiled:
    """Turn rules and zones into words.

    Args:
        table: the rules and the vocabularies.
        classes: the zones of the map in force.

    Raises:
        WrongUse: too many norms or exceptions, two of one id, or a name that stands nowhere.
    """
    _check(table, classes)
    rules: tuple[tuple[int, Rule], ...] = (
        *enumerate(table.norms),
        *((NORMS + j, e) for j, e in enumerate(table.exceptions)),
    )
    bounds, period = _periods(table, rules)
    zone = _zone_bits(table, classes, rules)
    zoned = _word(bit for bit, rule in rules if rule.zones)
    bit_of = {norm.id: 1 << k for k, norm in enumerate(table.norms)}
    concerns = [sum(bit_of[n] for n in e.concerns) for e in table.exceptions]
    told = repr((KERNEL, table, classes.digest))
    return Compiled(
        norms=tuple(n.id for n in table.norms),
        kind=_pair(table.kinds.values, rules, lambda r, v: kind_meets(table, r, v)),
        actor=_pair(
            table.actors.values, rules, lambda r, v: value_meets(r, r.actors, v, table.actors)
        ),
        target=_pair(
            table.targets.values, rules, lambda r, v: value_meets(r, r.targets, v, table.targets)
        ),
        weapon=_pair(
            table.weapons.values, rules, lambda r, v: value_meets(r, r.weapons, v, table.weapons)
        ),
        bounds=bounds,
        period=period,
        concerns=np.array(concerns, np.int64),
        zoned=signed(zoned),
        zone=zone,
        classes=tuple(_class_tables(c, zone, ~zoned) for c in classes.classes),
        digest=hashlib.sha256(told.encode()).hexdigest(),
    )


def _check(table: RuleTable, classes: ZoneClasses) -> None:
    if len(table.norms) > NORMS or len(table.exceptions) > EXCEPTIONS:
        raise WrongUse(f"one word holds {NORMS} norms and {EXCEPTIONS} exceptions")
    norms = [n.id for n in table.norms]
    if len(set(norms)) != len(norms):
        raise WrongUse("two norms have one id")
    words = {
        "kinds": table.kinds.values,
        "actors": table.actors.values,
        "targets": table.targets.values,
        "weapons": table.weapons.values,
        "periods": tuple(p.id for p in table.periods),
    }
    rules: tuple[Rule, ...] = (*table.norms, *table.exceptions)
    for rule in rules:
        for field, known in words.items():
            _known(rule.id, getattr(rule, field), known)
        _known(rule.id, sorted(zones_of(table, rule)), classes.zones)
    for exception in table.exceptions:
        _known(exception.id, exception.concerns, norms)


def _known(rule: str, asked: Iterable[str], known: Sequence[str]) -> None:
    missing = sorted(set(asked) - set(known))
    if missing:
        raise WrongUse(f"{rule} names {missing[0]}, which stands in no list")


def _word(bits: Iterable[int]) -> int:
    return sum(1 << bit for bit in bits)


def signed(word: int) -> int:
    """Return a word of 64 bits as the signed number that a column of ``int64`` holds."""
    word &= (1 << 64) - 1
    return word - (1 << 64) if word >> 63 else word


def _pair(
    values: Sequence[str],
    rules: tuple[tuple[int, Rule], ...],
    meets: Callable[[Rule, str | None], Said],
) -> Pair:
    """Return the words of a vocabulary: exceptions stand on the other side of norms."""
    must, may = [], []
    for value in (*values, None):
        said = [(bit, meets(rule, value)) for bit, rule in rules]
        sure = _word(bit for bit, (certain, _) in said if certain)
        maybe = _word(bit for bit, (_, possible) in said if possible)
        must.append(signed(sure & NORM_BITS | maybe & ~NORM_BITS))
        may.append(signed(maybe & NORM_BITS | sure & ~NORM_BITS))
    certain = must[:-1] == may[:-1]
    return Pair(np.array(must, np.int64), np.array(may, np.int64), certain)


def _periods(table: RuleTable, rules: tuple[tuple[int, Rule], ...]) -> tuple[Longs, Longs]:
    bounds = sorted({at for p in table.periods for at in (p.start, p.end)})
    words = []
    for at in (None, *bounds):
        now = {p.id for p in table.periods if at is not None and p.start <= at < p.end}
        held = (bit for bit, r in rules if not r.periods or now & set(r.periods))
        words.append(signed(_word(held)))
    return np.array(bounds, np.int64), np.array(words, np.int64)


def _zone_bits(
    table: RuleTable, classes: ZoneClasses, rules: tuple[tuple[int, Rule], ...]
) -> Longs:
    meant = [(bit, zones_of(table, rule)) for bit, rule in rules]
    words = [signed(_word(bit for bit, zones in meant if z in zones)) for z in classes.zones]
    return np.array(words, np.int64)


def _class_tables(one: RadiusClass, zone: Longs, open_bits: int) -> ClassTables:
    return ClassTables(
        one.radius_m, one.index, words_of(one.index.sets, one, zone, signed(open_bits))
    )


def words_of(
    sets: Sequence[Members], one: RadiusClass | ClassTables, zone: Longs, open_bits: int
) -> Pair:
    """Return the words of sets of zones.

    Args:
        sets: of a class's index.
        one: the class.
        zone: bits per zone.
        open_bits: bits of rules that name no zone.
    """
    must, may = [], []
    for members in sets:
        certain, possible = halves(members, len(zone), one.index)
        sure = _either(zone, certain) | open_bits
        maybe = _either(zone, possible) | open_bits
        must.append(sure & NORM_BITS | maybe & ~NORM_BITS)
        may.append(maybe & NORM_BITS | sure & ~NORM_BITS)
    return Pair(np.array(must, np.int64), np.array(may, np.int64), must == may)


def _either(zone: Longs, members: Members) -> int:
    return int(np.bitwise_or.reduce(zone[list(members)])) if members else 0
