"""What triggers a duty: the start of a phase, a request, another duty done, a gate opened.

Each time the trigger becomes true there is one instance, with the record or moment that made it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.agreement.model import Call, Nothing
from tregua.assessment.evidence import edges
from tregua.assessment.explain import node
from tregua.assessment.facts import interval, test, value

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.facts import Facts
    from tregua.assessment.in_force import Period
    from tregua.assessment.model import Because
    from tregua.attribution.model import Attributed

DEADLINE = "deadline"
AID_CONVOY = "aid-convoy"
_REPORTED_AS = {AID_CONVOY: "aid-request"}  # the word of reports, where it is another one


@dataclass(frozen=True, slots=True)
class Trigger:
    """One instance of a duty.

    Attributes:
        instance: record id of the trigger, ``in-force(phase)``, ``done(duty)``, or ``deadline``.
        first, last: first and last instant at which it may have become true, UTC.
        certain: whether it certainly did.
        decided: false when no machine can tell whether it became true.
        asked: key of the convoy or request that answers must carry; empty when any answer counts.
    """

    instance: str
    first: datetime
    last: datetime
    certain: bool
    because: Because
    decided: bool = True
    asked: str = ""

    @property
    def comes_first(self) -> bool:
        """Say whether an act before it is no answer: a request, another duty done, a gate opened.

        What is owed from a start or by a deadline may as well be done before.
        """
        started = self.instance in (DEADLINE, "in-force", "trigger")
        return not started and not self.instance.startswith("in-force(")


def triggers_of(norm: Norm, periods: tuple[Period, ...], evidence: Evidence) -> tuple[Trigger, ...]:
    """Return the instances of a duty up to now, sorted by time; empty when nothing triggered it."""
    conditions = norm.trigger if isinstance(norm.trigger, tuple) else ()
    if not conditions:
        return _from_start(norm, periods)
    if len(conditions) == 1 and isinstance(conditions[0], Call):
        found = _one(conditions[0], norm, periods, evidence)
    else:
        found = (_undecided(norm, periods),)
    return tuple(sorted((t for t in found if t), key=lambda t: (t.first, t.instance)))


def not_sure(trigger: Trigger) -> Trigger:
    """Return the instance as one of which it is not sure that these words apply to it."""
    facts = tuple(
        (name, value(False) if name == "certain" else text) for name, text in trigger.because.facts
    )
    because = replace(trigger.because, holds=None, facts=facts)
    return replace(trigger, certain=False, because=because)


def _from_start(norm: Norm, periods: tuple[Period, ...]) -> tuple[Trigger, ...]:
    """Return the default trigger: the start of the time in force, or the fixed deadline itself."""
    fixed = norm.deadline is not None and not isinstance(norm.deadline, Nothing)
    name = DEADLINE if fixed else "in-force"
    if isinstance(norm.during, tuple) and not fixed:
        name = f"in-force({', '.join(norm.during)})"
    return tuple(_started(name, p) for p in periods[:1])


def _started(name: str, period: Period) -> Trigger:
    first, last = period.start, period.certain_start or period.start  # ``EVER``: nobody fixed it
    certain = period.certain_start is not None
    because = node(
        f"triggered: {period.because.says}",
        "trigger",
        period.because.holds,
        parts=(period.because,),
        facts=_facts(name, first, last, certain),
    )
    return Trigger(name, first, last, certain, because)


def _facts(name: str, first: datetime, last: datetime, certain: bool | None) -> Facts:  # noqa: FBT001
    """Return the facts of a trigger; ``None`` = no machine can tell whether it became true."""
    return test(
        "trigger", ("instance", name), ("at", interval(first, last)), ("certain", value(certain))
    )


def _one(
    call: Call, norm: Norm, periods: tuple[Period, ...], evidence: Evidence
) -> tuple[Trigger | None, ...]:
    about = next((i.word for i in call.plain()), "")
    if call.name == "in-force":
        return (_phase(about, evidence),)
    if call.name in ("done", "open"):
        return (_moment(f"{'opened' if call.name == 'open' else 'done'}({about})", evidence),)
    if call.name == "request":
        return (*_requests(about, evidence), *_stated_requests(about, evidence))
    return (_undecided(norm, periods),)


def _phase(phase: str, evidence: Evidence) -> Trigger | None:
    span = evidence.moments.phase(phase)
    if span is None or span.start is None:
        return None
    certain = True if span.begun_certainly else None
    last = span.certain_start or span.start
    name = f"in-force({phase})"
    because = node(
        f"phase {phase} is in force",
        "trigger",
        certain,
        parts=span.because,
        facts=_facts(name, span.start, last, span.begun_certainly),
    )
    return Trigger(name, span.start, last, span.begun_certainly, because)


def _moment(name: str, evidence: Evidence) -> Trigger | None:
    when = evidence.moments.at(name)
    if when is None or when.start > evidence.at:
        return None
    certain = name not in evidence.moments.uncertain
    because = node(
        name,
        "trigger",
        True if certain else None,
        records=evidence.moments.records(name),
        facts=_facts(name, *edges(when), certain),
    )
    return Trigger(name, *edges(when), certain, because)


def _requests(kind: str, evidence: Evidence) -> tuple[Trigger, ...]:
    """Return one trigger per convoy or request, from the earliest report that belongs to it."""
    groups: dict[tuple[str, str], list[tuple[Attributed, str]]] = {}
    words = (kind, _REPORTED_AS.get(kind, kind))
    for item in evidence.items:
        for observation in item.incident.observations:
            record = observation.origin.id
            if observation.asked and kind == AID_CONVOY:
                groups.setdefault((observation.asked, ""), []).append((item, record))
            elif observation.what in words:
                groups.setdefault(("", item.incident.id), []).append((item, record))
    return tuple(_request(asked, reports) for (asked, _), reports in sorted(groups.items()))


def _request(asked: str, reports: list[tuple[Attributed, str]]) -> Trigger:
    item, record = min(reports, key=lambda r: (edges(r[0].incident.when), r[1]))
    first, last = edges(item.incident.when)
    because = node(
        f"request {asked or record} is recorded",
        "trigger",
        True if item.happened_must else None,
        records=(record,),
        facts=_facts(record, first, last, item.happened_must),
    )
    return Trigger(record, first, last, item.happened_must, because, asked=asked)


def _stated_requests(kind: str, evidence: Evidence) -> tuple[Trigger, ...]:
    """Return one trigger per statement that asks for this kind of thing."""
    found = []
    for statement in (s for s in evidence.statements if s.about == kind):
        record = statement.origin.id
        facts = _facts(record, *edges(statement.when), certain=True)
        because = node(f"request of kind {kind}", "trigger", True, records=(record,), facts=facts)
        found.append(Trigger(record, *edges(statement.when), True, because))
    return tuple(found)


def _undecided(norm: Norm, periods: tuple[Period, ...]) -> Trigger | None:
    if not periods:
        return None
    says = "whether the trigger has become true is not decided by the machine"
    first = periods[0].start
    facts = _facts("trigger", first, first, None)
    because = node(says, "trigger", None, clause=norm.clause, facts=facts)
    return Trigger("trigger", first, first, certain=False, because=because, decided=False)
