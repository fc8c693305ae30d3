"""Which incidents may matter to which question of the road: masks first, reasons later.

The table of incidents goes through the words of the compiled deal (operator `select`): kind, actor,
target and time in force first, zones last and only for rows that a rule with zones still holds.
What is left is tested element by element, with its explanation (``forbid.py``, ``answers.py``,
``prior.py``). A row is left out only if one of those elements certainly does not hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import Truth, flags, ints
from tregua.assessment.compiled import OTHER, compiled_deal
from tregua.assessment.in_force import periods_of
from tregua.assessment.in_zones import zones_of
from tregua.assessment.operators.select import SELECT, Chosen, Masked
from tregua.assessment.rules import accused, bearers_of
from tregua.assessment.table import microseconds, possible, table_of

if TYPE_CHECKING:
    from tregua.assessment.columns import Flags, Ints
    from tregua.assessment.compiled import CompiledDeal
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.in_force import Period
    from tregua.assessment.mask_tables import Compiled, Pair
    from tregua.assessment.masks import Vocabulary, Words
    from tregua.assessment.table import IncidentTable
    from tregua.attribution.model import Attributed


def candidates(question: str, evidence: Evidence) -> tuple[Attributed, ...]:
    """Return the incidents that may matter to a question (its name is made by ``rules.py``)."""
    return evidence.cached(
        ("candidates", question),
        lambda: tuple(evidence.items[row] for row in chosen(question, evidence)[1]),
    )


def incident_table(evidence: Evidence) -> IncidentTable:
    """Return the incidents as columns; a row number is a place in ``evidence.items``."""
    return evidence.cached(("table",), lambda: table_of(evidence.items))


def suspects(evidence: Evidence) -> tuple[int, ...]:
    """Return the rows that may violate some norm by some bearer, rising."""
    return evidence.cached(("suspects",), lambda: _suspects(evidence))


def chosen(question: str, evidence: Evidence) -> tuple[list[int], list[int]]:
    """Return the rows that certainly, and those that possibly meet a question's rule."""
    word, bit = _deal(evidence).place[question]
    found = evidence.cached(("word", word), lambda: _selected(word, evidence))
    sure = np.flatnonzero(found.must & (1 << bit))
    return sure.tolist(), found.rows(bit).tolist()


def _deal(evidence: Evidence) -> CompiledDeal:
    return evidence.cached(("compiled",), lambda: compiled_deal(evidence.agreement))


def _suspects(evidence: Evidence) -> tuple[int, ...]:
    agreement = evidence.agreement
    names = {
        accused(norm, bearer)
        for norm in agreement.norms
        if norm.shape not in ("achieve", "allow")
        for bearer in bearers_of(norm, agreement)
    }
    return tuple(sorted({row for name in names for row in chosen(name, evidence)[1]}))


def _selected(word: int, evidence: Evidence) -> Chosen:
    deal = _deal(evidence)
    table = incident_table(evidence)
    compiled = deal.words[word]
    cheap = (
        _of_sets(compiled.kind, deal.kinds, table.kinds, table.kind),
        _of_sets(compiled.actor, deal.actors, tuple(map(possible, table.actors)), table.actor),
        _of_sets(compiled.target, deal.targets, tuple(map(possible, table.targets)), table.target),
        _in_force(deal.times[word], table, evidence),
    )
    select = SELECT.in_form(evidence.form)
    happened = Truth(table.must, np.ones(len(table), np.bool_))
    found = select(happened, cheap, ())
    near = np.flatnonzero(found.may & compiled.zoned)
    if not len(near):
        return found
    columns = (_so_far(found, near), _zones(compiled, deal.zones, table, near, evidence))
    placed = select(Truth(table.must[near], flags([True] * len(near))), columns, ())
    must, may = found.must.copy(), found.may.copy()
    must[near], may[near] = placed.must, placed.may
    return Chosen(must, may)


def _of_sets(pair: Pair, words: Vocabulary, sets: tuple[Words, ...], code: Ints) -> Masked:
    """Return a column of sets: possible if one member may meet, certain if all members must."""
    number = {value: k for k, value in enumerate(words.values)}
    if not sets:
        return Masked(code, ints([0]), ints([0]))
    members = ints([number.get(value, number[OTHER]) for one in sets for value in one])
    starts = np.cumsum([0, *(len(one) for one in sets[:-1])])
    return Masked(
        code,
        np.bitwise_and.reduceat(pair.must[members], starts),
        np.bitwise_or.reduceat(pair.may[members], starts),
    )


def _in_force(norms: Words, table: IncidentTable, evidence: Evidence) -> Masked:
    """Return a column in which each row has words of its own: the norms in force at its time."""
    must, may = np.zeros(len(table), np.int64), np.zeros(len(table), np.int64)
    for norm in sorted(set(norms)):
        word = sum(1 << bit for bit, other in enumerate(norms) if other == norm)
        sure, maybe = _in_time(norm, table, evidence)
        must |= np.where(sure, word, 0)
        may |= np.where(maybe, word, 0)
    return Masked(np.arange(len(table)), must, may)


def _in_time(norm: str, table: IncidentTable, evidence: Evidence) -> tuple[Flags, Flags]:
    asked = evidence.agreement.norm(norm)
    if asked is None:  # the question is asked at any time
        always = np.ones(len(table), np.bool_)
        return always, always
    periods = periods_of(asked, evidence)
    must, may = np.zeros(len(table), np.bool_), np.zeros(len(table), np.bool_)
    for period in periods:
        sure, maybe = _within(period, table)
        must |= sure
        may |= sure | maybe
    return must & (table.t_hi <= microseconds(evidence.at)), may


def _within(period: Period, table: IncidentTable) -> tuple[Flags, Flags]:
    """Say of all rows what `in_force.covers_time` says of one, for one period."""
    first, last = table.t_lo, table.t_hi
    may = last >= microseconds(period.start)
    if period.end is not None:
        may &= first < microseconds(period.end)
    must = np.zeros(len(table), np.bool_)
    if period.certain_start is not None:
        must = first >= microseconds(period.certain_start)
    if period.certain_end is not None:
        must = must & (last < microseconds(period.certain_end))
    for pause in period.pauses:
        start = microseconds(pause.start)
        end = None if pause.end is None else microseconds(pause.end)
        must = must & ~((last >= start) & (end is None or first < end))
        if pause.certain:
            may &= ~((first >= start) & (end is None or last < end))
    return must, may


def _so_far(found: Chosen, rows: Ints) -> Masked:
    return Masked(np.arange(len(rows)), found.must[rows], found.may[rows])


def _zones(
    compiled: Compiled, zones: Words, table: IncidentTable, rows: Ints, evidence: Evidence
) -> Masked:
    """Return the column of places of some rows, with the words of the zones that each lies in."""
    numbers, code = np.unique(table.place[rows], return_inverse=True)
    sets = zones_of([table.places[n] for n in numbers.tolist()], zones, evidence)
    must = [_word(compiled, certain) for certain, _ in sets]
    may = [_word(compiled, possible) for _, possible in sets]
    return Masked(code, ints(must), ints(may))


def _word(compiled: Compiled, zones: tuple[int, ...]) -> int:
    return int(np.bitwise_or.reduce(compiled.zone[list(zones)], initial=~compiled.zoned))
