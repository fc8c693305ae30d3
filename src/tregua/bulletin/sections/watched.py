"""What was watched, and what was not observed; what stays undetermined, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Para, State, Table, Text, words
from tregua.bulletin.section import count
from tregua.reports.model import Watch
from tregua.terms.time import show_when

if TYPE_CHECKING:
    from tregua.bulletin.blocks import Block, Line
    from tregua.centre import Picture

NAME = "watched"

MEANING = {
    "not-due": "the time to do it has not passed",
    "who": "who did it is not settled, or the text names nobody",
    "what": "what kind of act it was is not settled",
    "where": "where it was, or whether the place is under the norm, is not settled",
    "when": "when it was, or whether the norm was in force then, is not settled",
    "exception-claimed": "an exception is claimed, neither shown nor refuted",
    "no-coverage": "nobody watched; silence is not compliance",
    "contested": "reports contradict each other",
    "needs-decision": "a word that only people can decide, or a decision not taken",
}


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose coverage and the reasons for everything undetermined."""
    return (*_watched(picture), *_undetermined(picture))


def _watched(picture: Picture) -> tuple[Block, ...]:
    head = Heading("What was watched", "watched")
    watches = [
        r for r in picture.known.records if isinstance(r, Watch) and r.when.start < picture.at
    ]
    if not watches:
        text = "Nobody is recorded as having watched any place. Nothing can be called kept."
        return (head, Para(words(text), strong=True))
    rows = tuple(_watch(w) for w in watches)
    text = "Everywhere else and at all other times: not observed."
    return (
        head,
        Table(("who", "where", "when", "by which means"), rows),
        Para(words(text), strong=True),
    )


def _watch(w: Watch) -> tuple[Line, ...]:
    who = (
        Text(f"{w.origin.reporter} "),
        count((w.origin.id,), f"record of the watch {w.origin.id}"),
    )
    return (who, words(str(w.place)), words(show_when(w.when)), words(w.means or "not stated"))


def _undetermined(picture: Picture) -> tuple[Block, ...]:
    head = Heading("What remains undetermined, and why", "undetermined")
    reasons = Counter(r for a in picture.assessments for r in a.reasons)
    if not reasons:
        return (head, Para(words("Nothing that was assessed is undetermined.")))
    rows = tuple(
        _reason(str(reason), number, picture) for reason, number in sorted(reasons.items())
    )
    return (head, Table(("reason", "meaning", "answers with it", "reports"), rows))


def _reason(reason: str, number: int, picture: Picture) -> tuple[Line, ...]:
    concerned = [a for a in picture.assessments if reason in a.reasons]
    records = tuple(sorted({r for a in concerned for r in a.records}))
    return (
        (State("undetermined", reason),),
        words(MEANING[reason]),
        (
            count(
                records,
                f"answers that are undetermined because {reason}",
                value=number,
                searched="all assessments",
            ),
        ),
        (
            count(
                records,
                f"reports behind answers undetermined because {reason}",
                searched="all reports",
            ),
        ),
    )
