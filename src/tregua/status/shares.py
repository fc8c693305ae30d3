"""The share of possible worlds in which a clock has reached its target, or a condition holds.

Only what cannot be said has a share. A world says who did it and nothing else: so there is a share
of worlds in which it certainly holds, and one in which it possibly does. Where no author decides
anything, or the two ends are none and all, no number says more than "it cannot be said"
(``docs/decisions/0005-possible-worlds.md``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.model import Probability
from tregua.assessment.worlds import DIGITS
from tregua.status.facts_in_worlds import facts_in_worlds
from tregua.status.lengths import compare_in_worlds, in_unit, unit_of
from tregua.status.model import Share
from tregua.status.readings import hands_in_worlds, readings_of
from tregua.status.rules import Rules
from tregua.status.runs import run_of

if TYPE_CHECKING:
    from tregua.agreement.model import Clock
    from tregua.status.facts import Facts
    from tregua.status.facts_in_worlds import FactsInWorlds
    from tregua.status.in_worlds import InWorlds
    from tregua.status.lengths_in_worlds import HandsInWorlds

_LEAST = 10.0**-DIGITS  # what is neither certain nor excluded never looks as if it were


def reached_share(clock: Clock, facts: Facts) -> Share | None:
    """Return in which share of worlds a clock has reached its target, of which it is open."""
    target = None if clock.target is None else in_unit(clock.target, unit_of(clock))
    told = facts_in_worlds(facts, Rules(clock, facts).looked_at)
    hands = None if told is None else hands_of(clock, told)
    if told is None or target is None or hands is None:
        return None
    return share_of(compare_in_worlds(hands, ">=", target), told)


def hands_of(clock: Clock, told: FactsInWorlds) -> HandsInWorlds | None:
    """Return both hands of a clock in each world; ``None`` while it has not begun."""
    rules = Rules(clock, told.facts)
    run, _ = run_of(clock, rules.norms, told.facts)
    if run is None:
        return None
    readings = readings_of(clock, rules, run, unit_of(clock))
    return hands_in_worlds(readings, rules, run, run.stop, told)


def share_of(found: InWorlds, told: FactsInWorlds) -> Share | None:
    """Return in which share of the worlds it certainly, and possibly, holds, if that says more."""
    least, most = (round(told.share(formula), DIGITS) for formula in (found.must, found.may))
    if least == 0 and most == 1:
        return None
    p = Probability(min(least, 1 - _LEAST), max(most, _LEAST), told.worlds.drawn)
    return Share(p, tuple(told.splits))
