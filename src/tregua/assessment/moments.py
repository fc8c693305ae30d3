"""When the deal's own moments fell: D, starts and ends of phases, extensions as declared.

A moment comes from the text (a fixed instant, the day of signature), from a statement, or from
neither; then it is not known, and what depends on it is undetermined. Statements that fix one:

| moment | what somebody says about it | file |
|---|---|---|
| a name such as D | ``sets`` by the holder of the power | ``declared.py`` |
| ``opened(gate)`` | ``decides`` or ``starts``, by those who decide | ``declared.py`` |
| ``done(duty)`` | ``certifies``, by those who verify it | ``declared.py`` |
| ``accepted(x)`` | ``accepts``, by x | ``declared.py`` |
| ``signed(instrument)`` | ``accepts``, by all who sign | ``adopted.py`` |
| ``approved(instrument)`` | ``decides``, by those named or all who sign | ``adopted.py`` |
| ``notified(x)`` | ``declares``, by the giver; ``certifies``, by who was told | ``adopted.py`` |
| end, pause, extension of a phase | ``ends``, ``suspends``, ``extends`` ... | ``phases.py`` |
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.model import Call, Instant, Named, Shifted
from tregua.assessment.declared import declared_moments
from tregua.assessment.evidence import edges
from tregua.assessment.phases import span_of
from tregua.assessment.readings import readings
from tregua.assessment.spans import Moments, Pause, PhaseSpan

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement, TimeExpr
    from tregua.agreement.reading.calendar import Moments as Known
    from tregua.reports.model import Statement
    from tregua.terms.time import When


def moments_in(agreement: Agreement, statements: tuple[Statement, ...], *, at: datetime) -> Moments:
    """Find every moment and phase of the deal, from its text and the statements known, at ``at``.

    A statement made after ``at`` (UTC) does not count, except one that sets a moment: what is
    fixed is fixed, whenever it was said.
    """
    ordered = tuple(sorted(statements, key=lambda s: (s.when.start, s.when.end, s.origin.id)))
    moments = _with_effective(agreement, declared_moments(agreement, ordered, at=at))
    # A phase may start at the end of another one, in any order of the file, so spans are found
    # again until nothing changes; each round settles at least one phase of a chain.
    for _ in range(len(agreement.phases) + 1):
        spans = tuple(span_of(p, agreement, moments, ordered, at=at) for p in agreement.phases)
        if spans == moments.phases:
            break
        moments = replace(moments, phases=spans)
    return _with_effective(agreement, moments)


def known_moments(moments: Moments) -> tuple[Known, Known]:
    """Return the named moments at their earliest and at their latest reading.

    The latest leaves out those that not all who must fix them have fixed: they need not come.
    """
    first: dict[str, datetime] = {}
    last: dict[str, datetime] = {}
    for name, when, _ in moments.named:
        start, end = edges(when)
        first[name] = min(start, first.get(name, start))
        last[name] = max(end, last.get(name, end))
    sure = {n: at for n, at in last.items() if n not in moments.incomplete}
    return tuple(first.items()), tuple(sure.items())


def resolve(expression: TimeExpr, agreement: Agreement, moments: Moments) -> When | None:
    """Return the instant a time expression means, or ``None`` while some moment in it is unknown.

    Where statements conflict the earliest reading is returned; `Moments.uncertain` names those.
    """
    return next(iter(readings(expression, agreement, moments)), None)


def _with_effective(agreement: Agreement, moments: Moments) -> Moments:
    """Add the header's first moment in force under the name ``effective``, if it is known."""
    effective = agreement.effective
    if not isinstance(effective, Instant | Named | Shifted | Call) or moments.at("effective"):
        return moments
    when = resolve(effective, agreement, moments)
    if when is None:
        return moments
    return replace(moments, named=(*moments.named, ("effective", when, ())))


__all__ = ["Moments", "Pause", "PhaseSpan", "moments_in", "resolve"]
