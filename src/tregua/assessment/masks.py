"""Rules about single rows, as they are written, and the table in which they stand.

A norm concerns a row when each of its lists holds the row's value; a list that is empty asks
nothing. An exception takes the norms that it concerns away from the rows that it holds for.

1. A norm on a kind covers the kinds below it. A row whose kind is known only roughly may turn out
   to be any kind below its own: then the norm possibly concerns it.
2. A value that stands for "not known" (a vocabulary says which) possibly meets every list and
   certainly meets only an empty one. So does a value that has been left out (code ``NOT_SAID``).
3. A place with a radius is in a zone certainly, possibly or not (`zone_classes`).
4. A value that meets a list only perhaps (a group that may be part of a party) is listed and also
   named under ``perhaps``: then the norm possibly concerns the row, and never certainly.
5. A period is half-open, [start, end). Outside all periods only norms without periods hold.

Not here: exceptions with a burden, which operators decide on the candidates. `mask_tables` turns
this into 64-bit words; `holds` says the same in plain words, for tests and for reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tregua.agreement.acts import parents_of

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_SAID = -1
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowNorm:
    """What a norm asks of a single row; an empty list asks nothing.

    Attributes:
        perhaps: values of the lists that never certainly meet them.
    """

    id: str
    kinds: Words = ()
    actors: Words = ()
    targets: Words = ()
    weapons: Words = ()
    zones: Words = ()
    periods: Words = ()
    perhaps: Words = ()


@dataclass(frozen=True, slots=True)
class RowException:
    """When an exception that the row alone decides holds, and the norms that it takes away."""

    id: str
    concerns: Words
    kinds: Words = ()
    actors: Words = ()
    targets: Words = ()
    weapons: Words = ()
    zones: Words = ()
    periods: Words = ()
    perhaps: Words = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values of one column; a code is a place in ``values``.

    Attributes:
        values: all of them.
        unknown: those that stand for "not known".
    """

    values: Words
    unknown: Words = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A period in which norms hold: [start, end), microseconds UTC."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RuleTable:
    """The rules of a deal about single rows, and the words in which rows speak.

    Attributes:
        norms, exceptions: in the order of their bits.
        kinds, actors, targets, weapons: the vocabularies of the columns.
        periods: may overlap.
        zone_groups: name used in rules -> zones of the map; a zone's own name stands for itself.
        parents: kind -> parent, added to the built-in tree of acts.
    """

    norms: tuple[RowNorm, ...]
    exceptions: tuple[RowException, ...]
    kinds: Vocabulary
    actors: Vocabulary
    targets: Vocabulary
    weapons: Vocabulary
    periods: tuple[Period, ...] = ()
    zone_groups: tuple[tuple[str, Words], ...] = ()
    parents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row in words: ``None`` where a value was left out, zones certainly and possibly around.

    Attributes:
        time: microseconds UTC.
    """

    kind: str | None
    actor: str | None
    target: str | None
    weapon: str | None
    time: int
    zones: Words
    zones_possible: Words


def concerned(table: RuleTable, row: Row) -> tuple[frozenset[str], frozenset[str]]:
    """Return the norms that a row certainly and possibly concerns, rule by rule.

    Args:
        table: the rules.
        row: in words.
    """
    sure = {n.id for n in table.norms if holds(table, n, row)[0]}
    maybe = {n.id for n in table.norms if holds(table, n, row)[1]}
    for exception in table.exceptions:
        certain, possible = holds(table, exception, row)
        sure -= set(exception.concerns) if possible else set()
        maybe -= set(exception.concerns) if certain else set()
    return frozenset(sure), frozenset(maybe)


def holds(table: RuleTable, rule: RowNorm | RowException, row: Row) -> tuple[bool, bool]:
    """Say whether a rule's lists certainly and possibly hold for a row."""
    now = {p.id for p in table.periods if p.start <= row.time < p.end}
    zones = zones_meant(table, rule)
    fields = (
        kind_meets(table, rule, row.kind),
        value_meets(rule, rule.actors, row.actor, table.actors),
        value_meets(rule, rule.targets, row.target, table.targets),
        value_meets(rule, rule.weapons, row.weapon, table.weapons),
        tuple(not rule.zones or bool(zones & set(z)) for z in (row.zones, row.zones_possible)),
        (not rule.periods or bool(now & set(rule.periods)),) * 2,
    )
    return all(f[0] for f in fields), all(f[1] for f in fields)


def kind_meets(
    table: RuleTable, rule: RowNorm | RowException, kind: str | None
) -> tuple[bool, bool]:
    """Say whether a row's kind is certainly and possibly one that the rule covers."""
    if not rule.kinds:
        return True, True
    if kind is None or kind in table.kinds.unknown:
        return False, True
    parents = _parents(table.parents)
    above = set(lineage(kind, parents))
    covered = above & set(rule.kinds)
    sure = bool(covered - set(rule.perhaps))
    return sure, bool(covered) or any(kind in lineage(k, parents) for k in rule.kinds)


@lru_cache(maxsize=8)
def _parents(extra: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return parents_of(extra)


def value_meets(
    rule: RowNorm | RowException, asked: Words, value: str | None, words: Vocabulary
) -> tuple[bool, bool]:
    """Say whether a value is certainly and possibly in a list of the rule."""
    if not asked or value in asked:
        return not asked or value not in rule.perhaps, True
    return False, value is None or value in words.unknown


def zones_meant(table: RuleTable, rule: RowNorm | RowException) -> frozenset[str]:
    """Return the zones of the map that a rule's list stands for."""
    groups = dict(table.zone_groups)
    return frozenset(zone for name in rule.zones for zone in groups.get(name, (name,)))


def lineage(kind: str, parents: Mapping[str, str]) -> Words:
    """Return a kind and all above it, from the kind up; a circle is walked once."""
    found = [kind]
    while (up := parents.get(found[-1], "")) and up not in found:
        found.append(up)
    return tuple(found)
