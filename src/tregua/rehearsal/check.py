"""The door of the room: every scenario of a deal played, every expectation compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.centre import Known, picture
from tregua.errors import WrongUse
from tregua.rehearsal.expect import note_told, told
from tregua.rehearsal.scenario import scenario_of

if TYPE_CHECKING:
    from tregua.agreement.block import Block
    from tregua.agreement.read import Reading
    from tregua.rehearsal.scenario import Question, Scenario
    from tregua.terms.notes import Spot


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation: the line, what the road gave in the same form, and where it stands."""

    line: str
    got: str
    spot: Spot

    @property
    def holds(self) -> bool:
        """Say whether the reading gives what is expected."""
        return self.line == self.got


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario that was played; ``why_not`` says why it could not be, else it is empty."""

    id: str
    title: str
    spot: Spot
    expected: tuple[Expected, ...]
    why_not: str = ""

    @property
    def holds(self) -> bool:
        """Say whether it was played and every expectation holds."""
        return not self.why_not and all(e.holds for e in self.expected)


def check(reading: Reading) -> tuple[Played, ...]:
    """Play every scenario of the deal, in the order written."""
    return tuple(_played(block, reading) for block in reading.text.of_kind("scenario"))


def _played(block: Block, reading: Reading) -> Played:
    try:
        scenario = scenario_of(block, reading.agreement)
        expected = _expectations(scenario, reading)
    except WrongUse as wrong:
        return Played(block.id, block.title, block.spot, (), f"{wrong}; {wrong.help}")
    return Played(block.id, block.title, block.spot, expected)


def _expectations(scenario: Scenario, reading: Reading) -> tuple[Expected, ...]:
    records = tuple(sorted(scenario.records, key=lambda r: (r.origin.known, r.origin.id)))
    known = Known(records, (), len(records), "", "the scenario")

    def got(question: Question) -> str:
        if question.line.startswith("NOTE "):
            return note_told(reading, question.line)
        at = question.at or scenario.at
        return told(picture(reading.agreement, known, at=at), question.line)

    return tuple(Expected(q.line, got(q), q.spot) for q in scenario.expected)
