"""The shortest run of a system that ends as a question asks: searched, then replayed.

Shortest means: as little as possible of what the question counts as a cost, then as few steps, then
as early as possible. A run that the replayer does not accept is never told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.prove.facts import RULES, facts, moments
from tregua.agreement.prove.replay import Run, Step, replay
from tregua.agreement.prove.solve import Undecided, solve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tregua.agreement.prove.replay import Waived
    from tregua.agreement.prove.system import Formula, System

_SHORTEST = """
#defined costly/0.
#show costly/0.
#minimize { 1@2,E : at(E,_) }.
#minimize { T@1 : stop(T) }.
"""
WAIVING = """
{ waived(E,N) : need(E,N,_) }.
#minimize { 1@5,E,N : waived(E,N) }.
#minimize { 1@4,E,N : waived(E,N), auto(E) }.
#show waived/2.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A run that was found and replayed.

    Attributes:
        run: in causal order.
        waived: needs that had to be taken as met.
        costly: whether the question's own cost (``costly`` in its goal) could not be avoided.
        stand: the minute that the goal marks as ``stand``, if it marks one.
        whole: whether every moment at which something can happen was looked at; without it
            nothing may be concluded from what could not be avoided.
    """

    run: Run
    waived: Waived
    costly: bool
    stand: int | None
    whole: bool


def search(
    system: System, goal: str, *, named: Mapping[str, Formula] | None = None
) -> Found | None:
    """Return the shortest run that fulfils a goal, ``None`` when there is none.

    Args:
        system: with the events that matter only.
        goal: rules in the solver's language.
        named: further formulas; the goal finds the number of one as ``named(Name,F)``.

    Raises:
        Undecided: when the time was over, or when moments are missing and no run was found.
    """
    at, whole = moments(system, tuple((named or {}).values()))
    answer = solve("\n".join((facts(system, at, named or {}), RULES, goal, _SHORTEST)))
    if answer is None:
        if not whole:
            raise Undecided("not decided: too many lengths of time in one chain")
        return None
    steps = sorted((at[int(t)], name) for name, t in answer.of("at"))
    run = Run(
        tuple(Step(m, name) for m, name in steps),
        at[int(answer.of("stop")[0][0])],
        at,
    )
    waived = frozenset((name, int(n)) for name, n in answer.of("waived"))
    replayed = replay(system, run, waived=waived)
    if replayed.problem:
        raise Undecided(f"not decided: the run found does not replay ({replayed.problem})")
    stand = next((at[int(t)] for (t,) in answer.of("stand")), None)
    return Found(replayed.run, waived, bool(answer.of("costly")), stand, whole)
