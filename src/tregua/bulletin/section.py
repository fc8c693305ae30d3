"""What a section of the bulletin is: a name and a function from picture to blocks.

A new section is one file in ``sections/`` and one line in that folder's list. A section without
content says so in words; it never computes an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from tregua.bulletin.blocks import Ident, Line, Num, Run, State, Text
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.assessment.model import Assessment
    from tregua.bulletin.blocks import Block
    from tregua.centre import Picture

Compose: TypeAlias = "Callable[[Picture], tuple[Block, ...]]"


def count(records: tuple[str, ...], rule: str, *, value: int | None = None, searched: str = "") -> Num:
    """Return a number that is a count, with the records behind it."""
    return Num(str(len(records) if value is None else value), rule, records, searched)


def name_of(agreement: Agreement, who: str) -> str:
    """Return the name under which somebody is printed: the short id stays visible beside it."""
    if not who:
        return "nobody named"
    found = agreement.anyone(who)
    return f"{found.title()} ({who})" if found is not None else who


def answer(assessment: Assessment) -> Line:
    """Return an answer with its reasons."""
    reasons = ", ".join(str(r) for r in assessment.reasons)
    text = str(assessment.answer) + (f": {reasons}" if reasons else "")
    return (State(str(assessment.answer), text),)


def clause(label: str) -> Run:
    """Return a clause label; a block outside clauses has none."""
    return Ident(f"§ {label}") if label else Text("no clause")


def at_zone(at: datetime | None, agreement: Agreement) -> str:
    """Return an instant in the deal's zone, or a dash when it is not known."""
    return "not known" if at is None else show_time(at, agreement.zone)
