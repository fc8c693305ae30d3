"""The norms of workload T as formulas: the constants of the workload and `last_other` come out.

These formulas are those that were given to the peer in the measurements. The count per week has no
formula here: the peer counts distinct values at every time point, ours counts incidents at ticks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bench.workload_t import (
    ACTORS,
    APPROVAL,
    ATTACK,
    EXPECTED,
    NOISE,
    REQUEST,
    SECOND,
    TEN_MINUTES,
    TICKS,
    YEAR_SECONDS,
    ZONES,
    generate,
)
from tests.outside.mfotl.answered_by_operators import ByOperators
from tests.outside.mfotl.evaluate import ended
from tests.outside.mfotl.log import Log
from tests.outside.mfotl.read_formula import read_formula
from tregua.assessment.columns import certain_rows, ints
from tregua.assessment.in_duckdb import connect
from tregua.assessment.operators.last_other import LAST_OTHER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.outside.mfotl.log import Tuple

pytestmark = pytest.mark.slow
DAY_SECONDS = 86_400

CALM = """tick() AND (ONCE zone(z)) AND NOT (ONCE[0,604799] (EXISTS a,s. (attack(z,a,s)
    AND s >= 3)))"""
ACCESS = "request(r,z,a) AND NOT (EVENTUALLY[0,172800] approve(r))"
ANSWERED = """attack(z,a,s) AND s >= 3 AND (EXISTS b. ((ONCE[0,600] (EXISTS s2. attack(z,b,s2)))
    AND attack(z,a,s) AND NOT b = a))"""
ATTACKS = ANSWERED.replace("s >= 3 AND (EXISTS b.", "s >= 3 AND NOT (EXISTS b.")


def events_of_workload(path: Path) -> list[tuple[int, str, Tuple]]:
    """Generate ten thousand events: second, name, values. Noise is left out."""
    generate(str(path), "10000")
    with connect() as database:
        rows = database.execute(
            "SELECT t, zone, actor, kind, severity, request FROM read_parquet(?)", [str(path)]
        ).fetchall()
    found: list[tuple[int, str, Tuple]] = []
    for t, zone, actor, kind, severity, request in rows:
        if kind == ATTACK:
            found.append((t // SECOND, "attack", (zone, actor, severity)))
        elif kind == REQUEST:
            found.append((t // SECOND, "request", (request, zone, actor)))
        elif kind == APPROVAL:
            found.append((t // SECOND, "approve", (request,)))
        else:
            assert kind == NOISE
    return found


def log_of(events: list[tuple[int, str, Tuple]]) -> Log:
    """One event, one time point; a tick comes before the events of its second."""
    zones = frozenset(("zone", (zone,)) for zone in range(ZONES))
    ticks = [(day * DAY_SECONDS, frozenset({("tick", ())})) for day in range(1, TICKS + 1)]
    happened = [(t, frozenset({(name, values)})) for t, name, values in events]
    points = sorted([(0, zones), *ticks, *happened], key=lambda point: point[0])
    return Log(tuple(t for t, _ in points), tuple(what for _, what in points))


def holds(formula: str, log: Log) -> int:
    """Return how many answers a formula has."""
    read = read_formula(formula)
    return sum(map(len, ByOperators(ended(log, read)).satisfied(read).values()))


def test_constants_come_out_of_the_formulas(tmp_path: Path) -> None:
    """Calm, access and attacks of ten thousand events are those of the workload."""
    log, wanted = log_of(events_of_workload(tmp_path / "t.parquet")), EXPECTED[10_000]
    assert wanted.calm == holds(CALM, log)
    assert wanted.access == holds(ACCESS, log)
    assert wanted.attacks[1] == holds(ATTACKS, log)


@pytest.mark.parametrize("seed", range(20))
def test_answer_to_an_act_is_the_formula(seed: int) -> None:
    """`last_other` finds an answer exactly where the formula for one holds, in all its forms."""
    random = np.random.default_rng(seed)
    seconds = np.cumsum(random.choice([0, 1, 300, 600, 601], 60))
    assert seconds[-1] < YEAR_SECONDS
    zone, actor = random.integers(0, 3, 60), random.integers(0, ACTORS, 60) // 2
    events = [
        (int(t), "attack", (int(z), int(a), 3))
        for t, z, a in zip(seconds, zone, actor, strict=True)
    ]
    log = Log(
        tuple(t for t, _, _ in events),
        tuple(frozenset({(name, values)}) for _, name, values in events),
    )
    formula = read_formula(ANSWERED)
    found = ByOperators(ended(log, formula)).satisfied(formula)
    rows = certain_rows(np.arange(60), ints(zone.tolist()), ints((seconds * SECOND).tolist()))
    for form in (LAST_OTHER.reference, LAST_OTHER.columnar):
        answers = form(rows, actor=ints(actor.tolist()), within=TEN_MINUTES)
        assert [bool(found.get(i)) for i in range(60)] == answers.must.tolist()
