"""A small deal of our own and a notebook of what was assessed, watched and said about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tregua.agreement.read import read_deal_text
from tregua.assessment.model import Answer, Assessment, Probability, Why
from tregua.assessment.moments import moments_in
from tregua.assessment.spells import spells_in, undivided
from tregua.attribution.model import Attributed, Hypothesis
from tregua.incidents.model import Incident
from tregua.reports.model import Observation, Origin, Says, Statement, Watch
from tregua.status.advance import advance
from tregua.status.basis import Basis
from tregua.status.facts import facts_of
from tregua.terms.estimate import NOT_STATED
from tregua.terms.place import Place
from tregua.terms.time import When, read_time

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.status.model import ClockState, GateState, Status

ZONE = "Asia/Damascus"  # three hours ahead of UTC in 2030, all year

HEADER = """---
deal: valley
title: "The valley"
format: tregua-deal/1
prose: restated
languages: en
effective: 2030-09-12T19:00 Asia/Damascus
time zone: Asia/Damascus
---

# text \u00b7 The text

## \u00a7 1 \u00b7 The truce

```deal
party a "Side A"
    is: armed-force

party b "Side B"
    is: armed-group

guarantor north "Northern guarantor"
    of: a

guarantor south "Southern guarantor"
    of: b

phase truce "Truce"
    starts: 2030-09-12T19:00 Asia/Damascus
    lasts: 30 days

prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    against: a, b
    during: truce
    where: everywhere
"""


def at(text: str) -> datetime:
    """Return the instant of a local time at Damascus, e.g. ``2030-09-13T05:00``."""
    return read_time(text, ZONE).start


def spans(start: str, end: str) -> When:
    return When(at(start), at(end), zone=ZONE)


@cache
def read(text: str) -> Agreement:
    """Read a deal that must hold no mistake; the same text is read once."""
    reading = read_deal_text(text, file="valley.deal.md")
    assert [n.said for n in reading.notes if n.severity == "error"] == []
    return reading.agreement


@dataclass
class Given:
    """What is known about the deal; every method adds one thing."""

    blocks: str = ""
    header: str = HEADER
    day: str = ""  # which day the clocks mean, in place of what the text says
    assessments: list[Assessment] = field(default_factory=list)
    attributed: list[Attributed] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    def origin(self, kind: str, known: datetime) -> Origin:
        number = len(self.attributed) + len(self.watches) + len(self.statements)
        return Origin(f"{kind}{number}", "notes", "a clerk", known)

    def watched(self, start: str, end: str, *, place: str = "everywhere") -> None:
        when = spans(start, end)
        self.watches.append(Watch(self.origin("w", when.end), when, Place(name=place)))

    def said(
        self,
        says: Says,
        by: tuple[str, ...],
        about: str,
        when: str,
        *,
        until: str = "",
        quantity: float | None = None,
        unit: str = "",
        claim: str = "",
    ) -> None:
        made = read_time(when, ZONE)
        fixed = read_time(until, ZONE) if until else None
        origin = self.origin("s", made.start)
        self.statements.append(
            Statement(origin, made, says, by, about, fixed, quantity, unit, claim)
        )

    def incident(self, when: When) -> str:
        origin = self.origin("r", when.end)
        seen = Observation(origin, when, "shelling", matter=f"matter {origin.key}")
        incident = Incident(
            f"I-{len(self.attributed):03}",
            (seen,),
            (),
            (),
            when,
            Place(),
            ("shelling",),
            NOT_STATED,
            certain=True,
        )
        unknown = Hypothesis("unknown", 1.0, must=False, may=True, said_by=(), denied_by=())
        self.attributed.append(Attributed(incident, (unknown,), (unknown,), (), False, True))
        return incident.id

    def violation(
        self, start: str, *bearers: str, end: str = "", sure: bool = True, norm: str = "attacks"
    ) -> str:
        """Add an incident that violates (or, if not ``sure``, may violate) the norm."""
        when = spans(start, end) if end else read_time(start, ZONE)
        incident = self.incident(when)
        for bearer in bearers:
            self.assessed(norm, bearer, incident, sure=sure, when=when)
        return incident

    def assessed(
        self,
        norm: str,
        bearer: str,
        instance: str,
        *,
        sure: bool,
        when: When,
        why: tuple[Why, ...] = (Why.WHO,),
    ) -> None:
        answer = Answer.VIOLATED if sure else Answer.UNDETERMINED
        self.assessments.append(
            Assessment(
                id=f"A-{norm}-{bearer}-{instance}",
                norm=norm,
                clause="1",
                bearer=bearer,
                instance=instance,
                answer=answer,
                reasons=() if sure else why,
                state="in-force",
                start=when.start,
                end=when.end,
                due=None,
                must=sure,
                may=True,
                low=1.0 if sure else 0.0,
                high=1.0,
                p=Probability(1.0 if sure else 0.0, 1.0),
                because=(),
                would_change_if=(),
                records=(),
                incidents=(instance,) if instance.startswith("I-") else (),
                provisional=False,
            )
        )

    def status(self, when: str) -> Status:
        deal, moment = read(f"{self.header}{self.blocks}\n```\n"), at(when)
        if self.day:
            clocks = tuple(replace(c, day=self.day) for c in deal.clocks)
            deal = replace(deal, clocks=clocks)
        statements = tuple(self.statements)
        watches, attributed = tuple(self.watches), tuple(self.attributed)
        moments = moments_in(deal, statements, at=moment)
        judged = undivided(deal, attributed, moments)
        answers = tuple(self.assessments)
        basis = Basis(deal, answers, attributed, watches, statements, moments, moment)
        norms = spells_in(judged, watches, statements, at=moment, seed=b"")
        return advance(facts_of(basis, norms))

    def clock(self, when: str) -> ClockState:
        return self.status(when).clocks[0]

    def hands(self, when: str) -> tuple[int, int]:
        clock = self.clock(when)
        return clock.low, clock.high

    def gate(self, when: str) -> GateState:
        return self.status(when).gates[0]


@pytest.fixture
def given() -> Given:
    return Given()


@pytest.fixture(scope="session")
def notebook() -> type[Given]:
    return Given
