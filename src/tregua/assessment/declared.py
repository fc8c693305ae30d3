"""Moments that people fix by speaking: D, the opening of a gate, the completion of a duty.

What fixes them: a power's moment by ``sets``; ``opened(gate)`` by ``decides`` or ``starts`` of
those who decide on the gate; ``done(duty)`` by ``certifies`` of those who verify the duty;
``accepted(x)`` by ``accepts`` of x. Signature, approval and notice: ``adopted.py``.

Statements that fix a moment at the same instant are one declaration, by all who made it. If some
declaration is complete, incomplete ones are claims and fix nothing; complete ones that differ stand
side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tregua.agreement.model import Undefined
from tregua.assessment.adopted import adopted_moments, fixed_at
from tregua.assessment.powers import record_ids, speakers, weight_of
from tregua.assessment.spans import Moments
from tregua.reports.model import Says

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement, Ids, Norm, Slot
    from tregua.reports.model import Statement
    from tregua.terms.time import When

Reading: TypeAlias = "tuple[str, When, tuple[str, ...]]"
_OPENS = frozenset({Says.STARTS, Says.DECIDES})
_COMPLETES = frozenset({Says.CERTIFIES})


def declared_moments(
    agreement: Agreement, statements: tuple[Statement, ...], *, at: datetime
) -> Moments:
    """Return the named moments with their records, and which of them are not certain."""
    made = tuple(s for s in statements if s.when.start <= at)
    found: list[Reading] = []
    conflicting: set[str] = set()
    incomplete: set[str] = set()
    for name, about, holders, mode in _questions(agreement, made, statements):
        readings, certain = _readings(name, about, holders, mode, agreement)
        found += readings
        if readings and not certain:
            incomplete.add(name)
        if len(readings) > 1:
            conflicting.add(name)
    for fixed in adopted_moments(agreement, made):
        found.append((fixed.name, fixed.when, fixed.records))
        if not fixed.certain:
            incomplete.add(fixed.name)
        if fixed.differs:
            conflicting.add(fixed.name)
    named = tuple(sorted(found, key=lambda r: (r[0], r[1])))
    return Moments(named, (), tuple(sorted(conflicting | incomplete)), tuple(sorted(incomplete)))


def _questions(
    agreement: Agreement, made: tuple[Statement, ...], every: tuple[Statement, ...]
) -> list[tuple[str, tuple[Statement, ...], Slot[Ids], Slot[str]]]:
    """List each moment with the statements about it and with who may fix it, and how."""
    asked: list[tuple[str, tuple[Statement, ...], Slot[Ids], Slot[str]]] = []
    for power in agreement.powers:
        if power.sets:
            sets = tuple(
                s for s in every if s.says is Says.SETS and s.about in (power.id, power.sets)
            )
            asked.append((power.sets, sets, power.holder, power.mode))
    for gate in agreement.gates:
        opened = tuple(s for s in made if s.says in _OPENS and s.about == gate.id)
        asked.append((f"opened({gate.id})", opened, gate.decided_by, gate.mode))
    for norm in agreement.norms:
        done = tuple(s for s in made if s.says in _COMPLETES and s.about == norm.id)
        asked.append((f"done({norm.id})", done, verifiers(norm, agreement), "either"))
    for party in agreement.who:
        accepts = tuple(
            s for s in made if s.says is Says.ACCEPTS and party.id in speakers((s,), agreement)
        )
        asked.append((f"accepted({party.id})", accepts[:1], (party.id,), "alone"))
    return asked


def verifiers(norm: Norm, agreement: Agreement) -> Slot[Ids]:
    """Return who verifies a norm: those it names, and those who carry out what it names."""
    if not isinstance(norm.verified_by, tuple):
        return norm.verified_by
    by = {v.id: v.by if isinstance(v.by, tuple) else () for v in agreement.verifications}
    found = {who for name in norm.verified_by for who in by.get(name, (name,))}
    return tuple(sorted(found)) or Undefined("")


def _readings(
    name: str,
    statements: tuple[Statement, ...],
    holders: Slot[Ids],
    mode: Slot[str],
    agreement: Agreement,
) -> tuple[list[Reading], bool]:
    """Group the statements by the instant they fix and keep what the best of them are worth."""
    groups: dict[datetime, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(fixed_at(statement).start, []).append(statement)
    certain: list[Reading] = []
    possible: list[Reading] = []
    for group in groups.values():
        together = tuple(group)
        weight = weight_of(holders, mode, speakers(together, agreement))
        reading = (name, fixed_at(together[0]), record_ids(together))
        if weight.certain:
            certain.append(reading)
        elif weight.possible:
            possible.append(reading)
    return (certain, True) if certain else (possible, False)
