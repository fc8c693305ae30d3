"""A clock as a tree that can be checked without this program: what it counts, and who decides it.

Beside the sentences for people stand the stretches of every reading of "day", what each does to the
two hands, and for every incident of which the author decides something who may have done it.
``check_tree/clock.py`` moves the hands again, and walks through the worlds one at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from tregua.assessment.check_tree.hashes import digest
from tregua.assessment.explain import all_records
from tregua.assessment.facts import hypotheses, instant, interval
from tregua.assessment.to_tree import nodes_json
from tregua.status.explain import clock_standing
from tregua.status.facts_in_worlds import facts_in_worlds
from tregua.status.in_worlds import Did, Joined
from tregua.status.lengths import in_unit, unit_of
from tregua.status.readings import FROM_START, marks_at, readings_of
from tregua.status.rules import Rules
from tregua.status.runs import run_of

if TYPE_CHECKING:
    from tregua.agreement.model import Clock
    from tregua.assessment.to_tree import AsOf, Json
    from tregua.status.facts import Facts
    from tregua.status.facts_in_worlds import FactsInWorlds
    from tregua.status.hands import Mark
    from tregua.status.in_worlds import Formula
    from tregua.status.model import ClockState
    from tregua.status.readings import Reading
    from tregua.status.runs import Run

Listed: TypeAlias = "list[Any]"


def clock_tree(clock: Clock, state: ClockState, facts: Facts, as_of: AsOf) -> Json:
    """Return the tree of a clock as plain values for JSON.

    Args:
        clock: of the deal.
        state: as it stands.
        facts: what it was computed from.
        as_of: the two times, and how much of the ledger.
    """
    rules = Rules(clock, facts)
    told = facts_in_worlds(facts, rules.looked_at)
    there = rules if told is None else Rules(clock, told.facts)
    run, _ = run_of(clock, rules.norms, facts)
    because = clock_standing(state, facts.basis.attributed).because
    tree: Json = {
        "format": "tregua-clock/1",
        "id": state.id,
        "clause": state.clause,
        "unit": state.unit,
        "low": state.low,
        "high": state.high,
        "target": None if clock.target is None else in_unit(clock.target, unit_of(clock)),
        "reached": state.reached,
        "p": None if state.share is None else [state.share.p.least, state.share.p.most],
        "drawn": 0 if state.share is None else state.share.p.drawn,
        "begun": run is not None and run.sure is not None,
        "at": instant(as_of.at),
        "as_of": {"seq": as_of.size, "head": as_of.root, "until": instant(as_of.until)},
        "digests": dict(as_of.digests),
        "authors": {} if told is None else _authors(told),
        "readings": [] if run is None else _readings(clock, there, run),
        "records": sorted(all_records(because)),
        **nodes_json(because),
        "not considered": [{r: "received after as_of"} for r in as_of.later],
    }
    return {**tree, "digest": digest(tree)}


def _authors(told: FactsInWorlds) -> Json:
    """Write for each incident who may have done it, and which of them are alike for the clock."""
    return {
        incident: {
            "reports": sorted(o.origin.id for o in told.items[incident].incident.observations),
            "hypotheses": [text for _, text in hypotheses(told.items[incident].actors)],
            "told": [[list(t.names), list(map(list, t.offices))] for t in split.scale.tellings],
            "classes": [sorted(of) for of in split.classes],
        }
        for incident, split in told.splits.items()
    }


def _readings(clock: Clock, rules: Rules, run: Run) -> Listed:
    return [_reading(r, rules, run) for r in readings_of(clock, rules, run, unit_of(clock))]


def _reading(reading: Reading, rules: Rules, run: Run) -> Json:
    anew = reading.name == FROM_START and rules.only_resets
    return {
        "name": reading.name,
        "runs": interval(run.first, run.stop),
        "anew after": reading.unit.total_seconds() if anew else None,
        "marks": [_mark(m) for m in marks_at(reading, rules, run, run.stop)],
        "resets": [
            {"in": interval(r.start, r.end), "certain": plain_formula(r.worlds)}
            for r in rules.blurred(run, run.stop)
        ],
    }


def _mark(mark: Mark) -> Json:
    low, high = mark.moves
    return {
        "in": interval(mark.start, mark.end),
        "hands": [mark.low.name.lower(), mark.high.name.lower()],
        "back": [plain_formula(low.back), plain_formula(high.back)],
        "counts": [plain_formula(low.counts), plain_formula(high.counts)],
    }


def plain_formula(formula: Formula) -> bool | Listed:
    """Write a formula as lists: what joins, then the parts; or ``did``, incident and class."""
    match formula:
        case bool():
            return formula
        case Did(incident, by):
            return ["did", incident, by]
        case Joined(how, parts, number):
            return [how, *([number] if number else []), *map(plain_formula, parts)]
    raise TypeError("only what authors decide is written")
