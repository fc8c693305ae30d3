"""What an assessment is. Three values, a closed list of reasons, and a tree that explains it.

The values and reasons are those of the deal language, section 4.5. "kept" is never said from
silence; "violated" is never said without every element certain or the deal's own standard met.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.agreement.versions.editions import ALWAYS, Held

if TYPE_CHECKING:
    from datetime import datetime


class Answer(StrEnum):
    """The three answers."""

    KEPT = "kept"
    VIOLATED = "violated"
    UNDETERMINED = "undetermined"


class Why(StrEnum):
    """The closed list of reasons for "undetermined"."""

    NOT_DUE = "not-due"
    WHO = "who"
    WHAT = "what"
    WHERE = "where"
    WHEN = "when"
    EXCEPTION_CLAIMED = "exception-claimed"
    NO_COVERAGE = "no-coverage"
    CONTESTED = "contested"
    NEEDS_DECISION = "needs-decision"


@dataclass(frozen=True, slots=True)
class Because:
    """One node of an explanation.

    Attributes:
        says: one sentence of its own modality ("in force: phase coh from ... until ...").
        atom: the kind of test: ``act, actor, target, place, time, phase, exception, coverage,
            tolerance, trigger, deadline, standard, assumption, undefined, reply, worlds``.
        holds: ``True``, ``False``, or ``None`` when it cannot be said.
        records: ids of the records it rests on, sorted.
        searched: for a negative fact: what was searched ("41 reports in salamiyah, 60 minutes").
        clause: label of the clause it comes from, if any.
        parts: what it rests on in turn.
        facts: pairs of plain name and text from which the node can be computed again without the
            engine; the first is its ``test``, the name of its rule (``facts.py``).
    """

    says: str
    atom: str
    holds: bool | None
    records: tuple[str, ...] = ()
    searched: str = ""
    clause: str = ""
    parts: tuple[Because, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Probability:
    """The share of possible worlds in which something holds: a violation, a target reached.

    A world says who did it (``attribution/worlds.py``), nothing else. What else is uncertain has no
    number: so there is a share of worlds in which it certainly holds, and one in which it possibly
    does. Where only the author is uncertain, both are the same.

    Attributes:
        least, most: the two shares, 0..1, within the bounds that hold whatever the dependence.
        drawn: number of worlds drawn; 0 = all were written out, the shares are exact.
    """

    least: float
    most: float
    drawn: int = 0

    def __str__(self) -> str:
        number = _written(self.least)
        if self.most != self.least:
            number += f" to {_written(self.most)}"
        return f"{number} of {self.drawn} drawn worlds" if self.drawn else f"{number} of all worlds"


def _written(share: float) -> str:
    """Write two digits; what is neither certain nor excluded never looks as if it were."""
    text = f"{share:.2f}"
    if text == "1.00" and share < 1:
        return "above 0.99"
    return "below 0.01" if text == "0.00" and share > 0 else text


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer for one norm, one bearer, and one instance.

    Attributes:
        id: ``A-`` and 8 hex digits of SHA-256 over norm, bearer and instance: stable, arrival-free;
            an amended norm has ids of its own.
        norm: id of the norm.
        clause: its clause label.
        bearer: id of who owes it; ``""`` when the deal leaves the bearer undefined.
        instance: ``whole`` for the norm over its period, else the incident id, or for a duty the
            record id of its trigger (``deadline`` for a duty with a fixed moment).
        answer: kept, violated, undetermined.
        reasons: sorted; empty unless undetermined.
        state: of a duty instance: pending, kept, overdue, cured-late; else: in-force, ended.
        start, end: the time it speaks about, UTC; ``start`` is ``None`` where nobody fixed it,
            ``end`` while it runs on.
        due: for a duty instance: when it was due; ``None`` when the text gives no time.
        must, may: whether a violation is certain / possible.
        low, high: bounds of the probability of a violation, 0..1, whatever depends on what.
        p: the share of possible worlds with a violation; it lies within them.
        because: the explanation.
        would_change_if: what would change the answer, in words.
        records: ids of all records it rests on, sorted.
        incidents: ids of incidents it rests on, sorted.
        provisional: true while late reports are still expected (`settles after` not passed or
            unstated).
        text: model digest (hex) of the edition of the deal by which it is judged.
        held: how long its words held, where the deal was changed; else always.
    """

    id: str
    norm: str
    clause: str
    bearer: str
    instance: str
    answer: Answer
    reasons: tuple[Why, ...]
    state: str
    start: datetime | None
    end: datetime | None
    due: datetime | None
    must: bool
    may: bool
    low: float
    high: float
    p: Probability
    because: tuple[Because, ...]
    would_change_if: tuple[str, ...]
    records: tuple[str, ...]
    incidents: tuple[str, ...]
    provisional: bool
    text: str = ""
    held: Held = ALWAYS
