"""Extensions of a phase, as declared: who extended it, until when, and how sure that is.

Declarations come in rounds. A round is all that was said before the end which it was to move; what
is said after that end is about the next one. Within a round, declarations with the same meaning
(the same new end, or the same length) are one, made by all who made them: so two records of one
extension never extend it twice, and two holders who speak apart act together. Declarations of one
round that differ conflict: the earliest complete one is certain, the latest of all is possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.explain import node
from tregua.assessment.facts import interval, test
from tregua.assessment.powers import powers_over, record_ids, speakers, weight_of_power
from tregua.assessment.steps import moved, stated_amount
from tregua.reports.model import Says
from tregua.terms.time import Precision, show_time

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement, Phase, Power
    from tregua.assessment.model import Because
    from tregua.reports.model import Statement


@dataclass(frozen=True, slots=True)
class End:
    """An end in every reading (``certain``) and in some (``possible``), UTC; ``None`` = open."""

    certain: datetime | None
    possible: datetime | None


@dataclass(frozen=True, slots=True)
class _Step:
    """One declaration with one meaning, by all who made it."""

    end: End
    certain: bool
    possible: bool
    because: Because


def extended(
    phase: Phase, agreement: Agreement, planned: End, made: tuple[Statement, ...]
) -> tuple[End, tuple[Because, ...]]:
    """Return the end after all extensions made so far, in time order, with a node for each."""
    powers = extending(phase, agreement)
    about = {phase.id, *(p.id for p in powers)}
    said = [s for s in made if s.says is Says.EXTENDS and s.about in about]
    end = planned
    nodes: tuple[Because, ...] = ()
    while said and end.possible is not None:
        base = end
        this_round = [s for s in said if s.when.start < end.possible]
        late = not this_round
        this_round = this_round or said[:1]
        said = [s for s in said if s not in this_round]
        steps = _steps(this_round, phase, powers, agreement, base)
        end = _moved_by(steps, base, late=late)
        nodes += tuple(s.because for s in steps)
    return end, nodes


def extending(phase: Phase, agreement: Agreement) -> tuple[Power, ...]:
    """Return the powers by which the phase is extended."""
    named = tuple(p for p in agreement.powers if p.id in phase.extended_by)
    return named or powers_over(agreement, phase.id, "extend")


def _steps(
    statements: list[Statement],
    phase: Phase,
    powers: tuple[Power, ...],
    agreement: Agreement,
    base: End,
) -> list[_Step]:
    groups: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        groups.setdefault(_meaning(statement), []).append(statement)
    steps = []
    for group in groups.values():
        together = tuple(group)
        new = _new_end(together[0], base, agreement.zone)
        weight = weight_of_power(powers, speakers(together, agreement))
        holds = (True if weight.certain else None) if weight.possible else False
        because = _node(phase, together, new, holds, agreement.zone)
        steps.append(_Step(new, weight.certain, weight.possible, because))
    return steps


def _meaning(statement: Statement) -> tuple[str, str]:
    if statement.at is not None:
        return statement.at.start.isoformat(), statement.at.precision
    return str(stated_amount(statement.quantity, statement.unit)), "length"


def _new_end(statement: Statement, base: End, zone: str) -> End:
    """Read the new end. "Until Monday" is certain to the start of Monday, possible to its end."""
    if statement.at is not None:
        exact = statement.at.precision in (Precision.SECOND, Precision.MINUTE)
        return End(statement.at.start, statement.at.start if exact else statement.at.end)
    amount = stated_amount(statement.quantity, statement.unit)
    if amount is None:
        return End(base.certain, None)  # extended, for a time that nobody stated
    certain = None if base.certain is None else moved(base.certain, amount, zone=zone)
    possible = None if base.possible is None else moved(base.possible, amount, zone=zone)
    return End(certain, possible)


def _moved_by(steps: list[_Step], base: End, *, late: bool) -> End:
    counted = [s for s in steps if s.possible]
    if not counted:
        return base
    ends = [base.possible, *(s.end.possible for s in counted)]
    possible = None if None in ends else max(e for e in ends if e is not None)
    complete = [s.end.certain for s in counted if s.certain and s.end.certain is not None]
    # Declared after the end had passed, an extension leaves a gap: it is possible, never certain.
    certain = base.certain if late or not complete else min(complete)
    return End(certain, possible)


def _node(
    phase: Phase,
    statements: tuple[Statement, ...],
    new: End,
    holds: bool | None,  # noqa: FBT001
    zone: str,
) -> Because:
    who = " and ".join(sorted({name for s in statements for name in s.by}))
    until = (
        "for a time not stated" if new.possible is None else f"to {show_time(new.possible, zone)}"
    )
    says = f"{who} declares phase {phase.id} extended {until}"
    if holds is None:
        says += "; not all who must extend it together have declared it"
    if holds is False:
        says += "; the deal gives it no power to extend it, so this is a claim"
    facts = test("step", ("phase", phase.id), ("says", Says.EXTENDS))
    facts += (("ends", interval(new.certain, new.possible)),)
    records = record_ids(statements)
    return node(says, "phase", holds, records=records, clause=phase.clause, facts=facts)
