"""Findings of the bodies that the deal names, each beside what was assessed (02, 4.8).

What a finding says stands in its claim: ``violated`` · ``kept`` · ``undetermined``, if need be with
the norm before it and the sides behind it, then a semicolon and words of its own:
``attacks violated by north; no evidence that it was ordered``, ``violated by north, south``.
Other words are no answer: they are shown, and lead nothing. What it is about, an incident, its
matter or a norm, stands in ``about``.

1. Only those find to whom the deal gives the right to determine; of one body the last finding
   counts, so that a final one replaces a preliminary one, and both stay in the record.
2. A finding that names a side speaks of that side only. One that names none is a finding against
   somebody only where no more than one can be meant.
3. The assessment stays as it is; where the two differ, that is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.model import Answer
from tregua.reports.model import Says
from tregua.status.people import ids_of, who_may_determine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.assessment.model import Assessment
    from tregua.incidents.model import Incident
    from tregua.reports.model import Statement
    from tregua.status.basis import Basis

_CLAIM = re.compile(
    r"(?:(?P<norm>[a-z][a-z0-9-]*) )?(?P<answer>violated|kept|undetermined)"
    r"(?: by (?P<by>[^;]+?))?\s*(?:;\s*(?P<words>.*))?"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a finding says: the answer, of which norm, about whom; empty where it does not say."""

    answer: Answer | None
    norm: str = ""
    bearers: tuple[str, ...] = ()
    words: str = ""

    @property
    def settles(self) -> bool:
        """Say whether it says violated or kept; "undetermined" settles nothing."""
        return self.answer in (Answer.VIOLATED, Answer.KEPT)

    def contradicts(self, other: Said) -> bool:
        """Say whether both settle the same question, differently."""
        same = not self.bearers or not other.bearers or set(self.bearers) & set(other.bearers)
        norms = "" in (self.norm, other.norm) or self.norm == other.norm
        return bool(
            self.settles and other.settles and self.answer != other.answer and same and norms
        )

    def is_about(self, norm: str, bearer: str) -> bool:
        """Say whether it speaks of that side's keeping of that norm."""
        return self.norm in ("", norm) and (not self.bearers or bearer in self.bearers)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding on one norm, beside the answers of the machine on the same matter.

    Attributes:
        by: ids of those who found it, sorted.
        bearers: ids of the sides that it speaks of, sorted; none when it names none.
        assessed: answers to the same question, sorted; empty when there was nothing to assess.
        differs: whether one of them is another answer.
    """

    norm: str
    by: tuple[str, ...]
    answer: Answer
    bearers: tuple[str, ...]
    words: str
    about: str
    at: datetime
    assessed: tuple[Answer, ...]
    differs: bool
    record: str


def said_by(finding: Statement, agreement: Agreement) -> Said:
    """Read the claim of a finding; a side may be named by its id, title or an alias."""
    match = _CLAIM.fullmatch(finding.claim.strip())
    if match is None or (match["norm"] and agreement.norm(match["norm"]) is None):
        return Said(None, words=finding.claim)  # "not violated" speaks of no norm of the deal
    names = tuple(n.strip() for n in (match["by"] or "").split(",") if n.strip())
    bearers = ids_of(agreement, names)
    return Said(Answer(match["answer"]), match["norm"] or "", bearers, match["words"] or "")


def findings_about(topics: tuple[str, ...], basis: Basis) -> tuple[Statement, ...]:
    """Return the last finding of each body that may determine, about any of these topics."""
    allowed = who_may_determine(basis.agreement)
    last: dict[tuple[str, ...], Statement] = {}
    for statement in basis.said(Says.FINDS):
        bodies = ids_of(basis.agreement, statement.by)
        if statement.about in topics and bodies and all(b in allowed for b in bodies):
            last[bodies] = statement
    return tuple(last[bodies] for bodies in sorted(last))


def topics_of(incident: Incident | None, incident_id: str) -> tuple[str, ...]:
    """Return the keys under which a finding may speak about an incident."""
    matters = {o.matter for o in incident.observations if o.matter} if incident else set()
    return (incident_id, *sorted(matters))


def found_beside(basis: Basis) -> tuple[Found, ...]:
    """Return every finding that counts, in the order of norms, then by time and record."""
    incidents = {x.incident.id: x.incident for x in basis.attributed}
    found = [f for norm in basis.agreement.norms for f in _on(norm.id, basis, incidents)]
    order = {norm.id: place for place, norm in enumerate(basis.agreement.norms)}
    return tuple(sorted(found, key=lambda f: (order[f.norm], f.at, f.record)))


def _on(norm: str, basis: Basis, incidents: Mapping[str, Incident]) -> Iterator[Found]:
    matters: dict[str, list[Assessment]] = {norm: []}
    for assessment in basis.of_norm(norm):
        ids = assessment.incidents if assessment.instance in assessment.incidents else ()
        for topic in (t for i in ids for t in topics_of(incidents.get(i), i)):
            matters.setdefault(topic, []).append(assessment)
        if not ids:
            matters[norm].append(assessment)
    for topic in sorted(matters):
        for statement in findings_about((topic,), basis):
            said = said_by(statement, basis.agreement)
            if said.answer is not None and said.norm in ("", norm):
                yield _found(norm, statement, said, matters[topic], basis)


def _found(
    norm: str, statement: Statement, said: Said, assessed: list[Assessment], basis: Basis
) -> Found:
    assert said.answer is not None  # the caller asked
    answers = {a.answer for a in assessed if said.is_about(norm, a.bearer)}
    return Found(
        norm=norm,
        by=ids_of(basis.agreement, statement.by),
        answer=said.answer,
        bearers=said.bearers,
        words=said.words,
        about=statement.about,
        at=statement.when.start,
        assessed=tuple(sorted(answers)),
        differs=bool(answers - {said.answer}),
        record=statement.origin.id,
    )
