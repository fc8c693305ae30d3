"""What a section of the bulletin is: a name and a function from picture to blocks.

A new section is one file in ``sections/`` and one line in that folder's list. A section without
content says so in words; it never computes an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tregua.bulletin.blocks import Ident, Line, Num, Run, State, Text
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.assessment.model import Assessment
    from tregua.bulletin.blocks import Block
    from tregua.centre import Picture
    from tregua.status.model import Share

Compose: TypeAlias = "Callable[[Picture], tuple[Block, ...]]"


NOBODY = "nobody named"


def count(
    records: tuple[str, ...], rule: str, *, value: int | None = None, searched: str = ""
) -> Num:
    """Return a number that is a count, with the records behind it."""
    return Num(str(len(records) if value is None else value), rule, records, searched)


def in_worlds(share: Share | None, what: str, picture: Picture) -> Line:
    """Return the share of possible worlds in which something holds, with the records behind it."""
    if share is None:
        return ()
    held = {a.incident.id: a.incident.record_ids for a in picture.attributed}
    records = tuple(sorted({r for i in share.incidents for r in held.get(i, ())}))
    rule = f"share of the worlds of who did what in which {what}, from certainly to possibly"
    return (Num(str(share.p), rule, records),)


def name_of(agreement: Agreement, who: str) -> str:
    """Return the name under which somebody is printed: the title with the short id beside it."""
    if not who:
        return NOBODY
    found = agreement.anyone(who)
    return f"{found.title()} ({who})" if found is not None else who


def short_names(who: Iterable[str]) -> str:
    """Return ids for a narrow column; the section "Who is who" tells their titles."""
    return ", ".join(w or NOBODY for w in who) or NOBODY


def answer(assessment: Assessment) -> Line:
    """Return an answer with its reasons."""
    reasons = ", ".join(str(r) for r in assessment.reasons)
    text = str(assessment.answer) + (f": {reasons}" if reasons else "")
    return (State(str(assessment.answer), text),)


@dataclass(frozen=True, slots=True)
class Same:
    """Assessments of one norm with the same answer, reasons and state: one row for all of them."""

    assessments: tuple[Assessment, ...]

    @property
    def first(self) -> Assessment:
        """Return the one whose words stand for all."""
        return self.assessments[0]

    @property
    def bearers(self) -> tuple[str, ...]:
        """Return who owes it, sorted."""
        return tuple(sorted({a.bearer for a in self.assessments}))

    @property
    def records(self) -> tuple[str, ...]:
        """Return the records behind all of them, sorted."""
        return tuple(sorted({r for a in self.assessments for r in a.records}))

    @property
    def incidents(self) -> tuple[str, ...]:
        """Return the incidents behind all of them, sorted."""
        return tuple(sorted({i for a in self.assessments for i in a.incidents}))


def grouped(assessments: Iterable[Assessment]) -> tuple[Same, ...]:
    """Put assessments of one norm with the same answer together, in the order of the deal."""
    groups: dict[tuple[object, ...], list[Assessment]] = {}
    for a in assessments:
        groups.setdefault((a.norm, a.answer, a.reasons, a.state, a.held), []).append(a)
    return tuple(Same(tuple(group)) for group in groups.values())


def idents(same: Same) -> Line:
    """Return the ids of the assessments, each a link to its row."""
    return tuple(run for a in same.assessments for run in (Ident(a.id, same.first.id), Text(" ")))


def words_held(assessment: Assessment, agreement: Agreement) -> str:
    """Return for how long the words of the norm held by which it is judged; empty for always."""
    held = assessment.held
    if held.is_always:
        return ""
    since = "" if held.start is None else f" from {show_time(held.start, agreement.zone)}"
    until = "" if held.end is None else f" until {show_time(held.end, agreement.zone)}"
    return f", by the words that hold{since}{until}"


def clause(label: str) -> Run:
    """Return a clause label; a block outside clauses has none."""
    return Ident(f"§ {label}") if label else Text("no clause")


def at_zone(at: datetime | None, agreement: Agreement) -> str:
    """Return an instant in the deal's zone, or a dash when it is not known."""
    return "not known" if at is None else show_time(at, agreement.zone)
