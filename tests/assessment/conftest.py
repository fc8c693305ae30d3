"""A small deal of our own, and a notebook of what happened, who watched, and who declared what."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tregua.agreement.read import read_deal_text
from tregua.assessment.assess import assess
from tregua.assessment.moments import moments_in
from tregua.assessment.spells import spells_in, undivided
from tregua.attribution.model import Attributed, Hypothesis
from tregua.incidents.model import Incident
from tregua.reports.model import Observation, Origin, Says, Statement, Watch
from tregua.terms.estimate import NOT_STATED
from tregua.terms.place import Place
from tregua.terms.time import When, read_time

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.assessment.model import Assessment
    from tregua.assessment.moments import Moments

ZONE = "Asia/Damascus"  # three hours ahead of UTC in 2030, all year

EFFECTIVE = "effective: 2030-09-12T19:00 Asia/Damascus\n"

DEAL = """---
deal: valley
title: "The valley"
format: tregua-deal/1
prose: restated
effective: 2030-09-12T19:00 Asia/Damascus
time zone: Asia/Damascus
---

# text · The text

## § 1 · The truce

```deal
instrument text "The text"
    is: statement
    held: whole

party a "Side A"
    is: armed-force

party b "Side B"
    is: armed-group

group a-militia "Militia of A"
    is: militia
    part of: a

group b-militia "Militia of B"
    is: militia
    part of: b
    certainty: 0.6

guarantor north "Northern power"
    of: a

guarantor south "Southern power"
    of: b

excluded outcast "Outcast"
    basis: named

body commission "Commission"
    is: joint-commission
    members: a, b
    may: determine

zone valley "The valley"
    is: area
    geometry: undefined

zone village "The village"
    is: area
    geometry: undefined
    inside: valley

power fix-day "Fixing the day"
    holder: north, south
    mode: joint
    does: set
    sets: D

power prolong "Prolonging the truce"
    holder: north, south
    mode: joint
    does: extend
    over: truce

power leave "Leaving"
    holder: north, south
    mode: either
    does: terminate
    over: truce

phase truce "Truce"
    starts: D
    lasts: 48 hours
    extended by: prolong

term proportionate "Proportionate"
    decided by: commission

exception answer "Answer within the hour"
    when: prior(attack, on: actor, within: 60 minutes), judged(proportionate)
    result: justified
    burden: acting-party

exception outside "The target is excluded"
    when: target-in(excluded)
    result: outside
"""

ATTACKS = """
prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    against: a, b
    during: truce
    where: everywhere
    except: answer, outside
"""


def at(text: str) -> datetime:
    """Return the instant of a local time at Damascus, e.g. ``2030-09-13T05:00``."""
    return read_time(text, ZONE).start


@cache
def deal(blocks: str, effective: str = EFFECTIVE) -> Agreement:
    """Read the deal with these blocks, and this line of its header; it must hold no mistake."""
    text = f"{DEAL.replace(EFFECTIVE, effective)}{blocks}```\n"
    reading = read_deal_text(text, file="valley.deal.md")
    assert [n.said for n in reading.notes if n.severity == "error"] == []
    return reading.agreement


@dataclass
class Scene:
    """What is known about the deal. Every method adds one thing; times are local."""

    blocks: str = ATTACKS
    effective: str = EFFECTIVE
    attributed: list[Attributed] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    @property
    def agreement(self) -> Agreement:
        return deal(self.blocks, self.effective)

    def begin(self, when: str = "2030-09-12T19:00") -> Scene:
        self.said(Says.SETS, ("north", "south"), "fix-day", "2030-09-09", until=when)
        return self

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
    ) -> str:
        made = read_time(when, ZONE)
        origin = Origin(f"s{len(self.statements)}", "notes", "clerk", made.start)
        fixed = read_time(until, ZONE) if until else None
        self.statements.append(
            Statement(origin, made, says, by, about, fixed, quantity, unit, claim)
        )
        return origin.id

    def watched(
        self, start: str, end: str, *, place: str = "everywhere", share: float = 1.0, sees: str = ""
    ) -> None:
        when = When(at(start), at(end), zone=ZONE)
        origin = Origin(f"w{len(self.watches)}", "notes", "monitors", when.end)
        kinds = (sees,) if sees else ()
        self.watches.append(Watch(origin, when, Place(place), "patrol", kinds, share))

    def happened(
        self,
        when: str,
        what: str,
        by: str = "",
        against: str = "",
        *,
        where: Place | str = "valley",
        sure: bool = True,
        asked: str = "",
        replies: tuple[Statement, ...] = (),
        contested: bool = False,
    ) -> str:
        """Add an incident; several names parted by a bar are alternatives, none is "unknown"."""
        time = read_time(when, ZONE)
        number = f"{len(self.attributed):03}"
        origin = Origin(f"r{number}", "notes", "monitors", time.end)
        place = Place(where) if isinstance(where, str) else where
        seen = Observation(origin, time, what, place, matter=f"matter-{number}", asked=asked)
        incident = Incident(
            f"I-{number}", (seen,), replies, (), time, place, (what,), NOT_STATED, sure
        )
        self.attributed.append(
            Attributed(
                incident, self.whom(by), self.whom(against), (), contested, happened_must=sure
            )
        )
        return incident.id

    @staticmethod
    def whom(names: str) -> tuple[Hypothesis, ...]:
        """Return the hypotheses: one name is certain, "a|b" are alternatives, "" is unknown."""
        ids = sorted(names.split("|")) if names else ["unknown"]
        must = len(ids) == 1 and ids != ["unknown"]
        share = 1 / len(ids)
        return tuple(Hypothesis(i, share, must, True, ("monitors",), ()) for i in ids)

    def moments(self, when: str) -> Moments:
        return moments_in(self.agreement, tuple(self.statements), at=at(when))

    def assessed(self, when: str) -> tuple[Assessment, ...]:
        judged = undivided(self.agreement, tuple(self.attributed), self.moments(when))
        watches, statements = tuple(self.watches), tuple(self.statements)
        return assess(spells_in(judged, watches, statements, at=at(when), seed=b"head"))

    def answer(self, when: str, norm: str, bearer: str, instance: str = "whole") -> Assessment:
        """Return the one assessment of that norm, bearer and instance."""
        found = [
            a
            for a in self.assessed(when)
            if (a.norm, a.bearer, a.instance) == (norm, bearer, instance)
        ]
        assert len(found) == 1
        return found[0]


@pytest.fixture
def scene() -> Scene:
    """Return a scene in which the truce begins on 12 September 2030 at 19:00 for 48 hours."""
    return Scene().begin()


@pytest.fixture(scope="session")
def new_scene() -> type[Scene]:
    """Return the notebook itself, for other deals and for properties."""
    return Scene
