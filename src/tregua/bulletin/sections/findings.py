"""Findings by people, each beside what was assessed. A finding leads; neither is altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Num, Para, State, Table, Text, words
from tregua.bulletin.section import at_zone, short_names

if TYPE_CHECKING:
    from tregua.bulletin.blocks import Block, Line
    from tregua.centre import Picture
    from tregua.status.findings import Found

NAME = "findings"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose the findings; where the deal lets nobody find, that is said."""
    head = Heading("Findings by people", "findings")
    found = picture.status.findings
    if not found:
        return (head, Para(words(_nobody(picture))))
    rows = tuple(_row(one, picture) for one in found)
    return (head, Table(("norm", "found by", "about", "found", "as assessed", "when"), rows))


def _nobody(picture: Picture) -> str:
    may = [w for w in picture.agreement.who if isinstance(w.may, tuple) and "determine" in w.may]
    if may:
        names = ", ".join(sorted(w.id for w in may))
        return f"No finding is recorded. {names} may determine whether there was a violation."
    return "No finding can exist: the deal names nobody who determines a violation."


def _row(one: Found, picture: Picture) -> tuple[Line, ...]:
    assessed = ", ".join(str(a) for a in one.assessed) or "not assessed"
    differs = "" if not one.differs else "; the finding differs from the assessment"
    return (
        words(one.norm),
        words(short_names(one.by)),
        words(short_names(one.bearers)),
        (
            State(str(one.answer), str(one.answer)),
            Text(f" {one.words} "),
            Num("[1]", f"record of the finding on {one.norm}", (one.record,)),
        ),
        words(assessed + differs),
        words(at_zone(one.at, picture.agreement)),
    )
