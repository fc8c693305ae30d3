"""Asking the exhaustive rules of a deal: as notes beside those of the linter, or one by one.

Where an exact form settles its question, the first form of the same code is not asked; where it
does not, an exact note takes the place of a first one on the same block. A question that was not
decided leaves the first form as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.lint import RULES
from tregua.agreement.lint_deal import lint_text
from tregua.agreement.prove import QUESTIONS
from tregua.agreement.prove.question import as_rule
from tregua.agreement.prove.solve import is_there
from tregua.terms.notes import by_place

if TYPE_CHECKING:
    from tregua.agreement.prove.question import Counterexample, Question
    from tregua.agreement.read import Reading
    from tregua.terms.notes import Note, Page


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and what came of it; without counterexamples the deal passes."""

    question: Question
    examples: tuple[Counterexample, ...]

    @property
    def undecided(self) -> str:
        """Return why nothing was decided; empty when it was."""
        return next((e.undecided for e in self.examples if e.undecided), "")


def can_prove() -> bool:
    """Say whether the solver is installed."""
    return is_there()


def pages() -> tuple[Page, ...]:
    """Return the page of every question, for ``tregua explain``."""
    return tuple(q.page for q in QUESTIONS)


def ask(reading: Reading) -> tuple[Answered, ...]:
    """Put every question to a deal, in the order of their codes."""
    return tuple(Answered(q, q.ask(reading.text)) for q in QUESTIONS)


def lint_and_prove(reading: Reading) -> tuple[Note, ...]:
    """Return the notes of the linter and of the exhaustive rules, sorted by place."""
    answers = ask(reading)
    exact = lint_text(
        reading.text, rules=tuple(as_rule(a.question.rule, a.examples) for a in answers)
    )
    settled = {a.question.rule.code for a in answers if a.question.settles and not a.undecided}
    first = lint_text(reading.text, rules=tuple(r for r in RULES if r.code not in settled))
    places = {(n.code, n.on) for n in exact}
    return by_place([*exact, *(n for n in first if (n.code, n.on) not in places)])
