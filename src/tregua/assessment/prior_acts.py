"""Which act on a side came before each suspect incident, for all of them at once.

The operator ``last_other`` is asked group by group of equally well known acts, and the first group
that has one names it: what certainly was such an act before what perhaps was one, then what is
timed more exactly, then the later one. A certain prior act goes before all that are only possible.

Two acts of one instant have no known order. The operator would take the earlier row for the earlier
act, so it is asked in quarters of a microsecond with every end one quarter later: then no end falls
together with a start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.candidates import chosen, incident_table, suspects
from tregua.assessment.columns import NOBODY, Rows, ints
from tregua.assessment.model import Why
from tregua.assessment.operators.last_other import LAST_OTHER
from tregua.assessment.rules import hit
from tregua.assessment.table import MICROSECOND
from tregua.assessment.who_test import among

if TYPE_CHECKING:
    from datetime import timedelta

    from tregua.assessment.columns import Answers, Flags, Ints
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.table import IncidentTable

_QUARTERS = 4
_ASKING, _BEFORE = 0, 1  # two roles, where the operator has two actors
_SECOND = 1_000_000
_CLASSES = 64  # more than there are classes of length


@dataclass(frozen=True, slots=True, eq=False)
class PriorActs:
    """The incidents that may be an act on a side, in row order.

    Attributes:
        row: in the incident table, rising.
        t_lo, t_hi: first and last instant, microseconds UTC.
        who: whether it is open whom it hit, or whether it was the side's own act.
        what: whether it is open that it was such an act.
        group: how well it is known; the lower, the better.
    """

    row: Ints
    t_lo: Ints
    t_hi: Ints
    who: Flags
    what: Flags
    group: Ints

    def __len__(self) -> int:
        return len(self.row)

    def take(self, which: Flags) -> PriorActs:
        """Return the acts for which the flag is set."""
        return PriorActs(
            self.row[which],
            self.t_lo[which],
            self.t_hi[which],
            self.who[which],
            self.what[which],
            self.group[which],
        )

    def doubt(self, n: int) -> tuple[Why, ...]:
        """Return what is open about the act of that number."""
        doubts = ((Why.WHAT, self.what[n]), (Why.WHO, self.who[n]))
        return tuple(sorted(why for why, open_ in doubts if open_))


@dataclass(frozen=True, slots=True)
class Before:
    """The prior act of an incident: its number among the acts, and whether it certainly is one."""

    act: int
    certain: bool


def acts_on(side: str, act: str, evidence: Evidence) -> PriorActs:
    """Return every incident that may be such an act on a side, and not certainly its own."""
    return evidence.cached(("acts on", act, side), lambda: _acts_on(side, act, evidence))


def acts_before(side: str, act: str, within: timedelta, evidence: Evidence) -> dict[int, Before]:
    """Return the prior act of each suspect incident that has one, by the row of the incident."""
    acts = acts_on(side, act, evidence)
    asking = ints(suspects(evidence))
    if not len(acts) or not len(asking):
        return {}
    table, span = incident_table(evidence), within // MICROSECOND
    reached = acts.t_hi >= table.t_lo[asking].min() - span
    reached &= acts.t_lo <= table.t_hi[asking].max()
    rows, role = _rows(acts.take(reached), asking, table)
    ask = LAST_OTHER.in_form(evidence.form)
    answers = ask(rows, actor=role, within=_QUARTERS * span + 1)
    return _best(acts, rows, role, answers)


def last_before(asking: int, acts: PriorActs, table: IncidentTable) -> int:
    """Return the number of the last act that may have begun before an incident; else ``NOBODY``.

    Of each group the last to begin is looked at, and of those the last to end is taken.
    """
    begun = np.flatnonzero((acts.t_lo <= table.t_lo[asking]) & (acts.row != asking))
    _, from_the_end = np.unique(acts.group[begun][::-1], return_index=True)
    latest = begun[::-1][from_the_end]
    return max(latest.tolist(), key=lambda n: (acts.t_hi[n], acts.row[n]), default=NOBODY)


def _acts_on(side: str, act: str, evidence: Evidence) -> PriorActs:
    table = incident_table(evidence)
    row = ints(chosen(hit(act, side), evidence)[1])
    hits = [among(h, (side,), evidence, others_may=True)[:2] for h in table.targets]
    own = [among(h, (side,), evidence)[:2] for h in table.actors]
    kinds = [all(k and evidence.covers(act, k) for k in one) for one in table.kinds]
    surely_hit, may_hit = _columns(hits, table.target[row])
    surely_own, may_be_own = _columns(own, table.actor[row])
    is_kind, _ = _columns([(k, k) for k in kinds], table.kind[row])
    who, what = ~surely_hit | may_be_own, ~(table.must[row] & is_kind)
    t_lo, t_hi = table.t_lo[row], table.t_hi[row]
    length = np.frexp(((t_hi - t_lo) // _SECOND).astype(np.float64))[1]  # doubling
    group = (who | what) * _CLASSES + length
    return PriorActs(row, t_lo, t_hi, who, what, group).take(may_hit & ~surely_own)


def _columns(answers: list[tuple[bool, bool]], code: Ints) -> tuple[Flags, Flags]:
    """Return must and may of each row from those of its number in a dictionary."""
    table = np.array(answers, np.bool_).reshape(-1, 2)
    return table[code, 0], table[code, 1]


def _rows(acts: PriorActs, asking: Ints, table: IncidentTable) -> tuple[Rows, Ints]:
    """Return the acts with every incident that asks, once in each group; and the role of each."""
    groups, group = np.unique(acts.group, return_inverse=True)
    incident = np.concatenate([np.tile(asking, len(groups)), acts.row])
    partition = np.concatenate([np.repeat(np.arange(len(groups)), len(asking)), group])
    role = np.where(np.arange(len(incident)) < len(incident) - len(acts), _ASKING, _BEFORE)
    sure = np.concatenate([np.zeros(len(incident) - len(acts), np.bool_), ~(acts.who | acts.what)])
    order = np.lexsort((incident, table.t_lo[incident]))
    incident, role = incident[order], role[order]
    rows = Rows(
        row=np.arange(len(incident)),
        partition=partition[order],
        t_lo=_QUARTERS * table.t_lo[incident],
        t_hi=_QUARTERS * table.t_hi[incident] + 1,
        must=sure[order],
        may=role == _BEFORE,
        incident=incident,
    )
    return rows, role


def _best(acts: PriorActs, rows: Rows, role: Ints, answers: Answers) -> dict[int, Before]:
    found: dict[int, Before] = {}
    for witness, certain in ((answers.must_row, True), (answers.may_row, False)):
        answered = np.flatnonzero((role == _ASKING) & (witness != NOBODY))
        best_first = answered[np.argsort(rows.partition[answered], kind="stable")]
        number = np.searchsorted(acts.row, rows.incident[witness[best_first]])
        for asking, n in zip(rows.incident[best_first].tolist(), number.tolist(), strict=True):
            found.setdefault(asking, Before(n, certain))
    return found
