"""Ask an operator in its three forms, insist that they agree, and return what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tests.operators.generated import lists, named
from tregua.assessment.columns import NOBODY
from tregua.assessment.in_duckdb import ask, connect, table_of
from tregua.assessment.operators.count_within import COUNT_WITHIN
from tregua.assessment.operators.covered import COVERED
from tregua.assessment.operators.last_other import LAST_OTHER
from tregua.assessment.operators.match_deadline import MATCH_DEADLINE
from tregua.assessment.operators.none_within import NONE_WITHIN
from tregua.assessment.operators.once_within import ONCE_WITHIN
from tregua.assessment.operators.run_length import RUN_LENGTH
from tregua.assessment.operators.select import SELECT
from tregua.assessment.operators.since import SINCE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from tregua.assessment.columns import Flags, Ints, Rows, Spans, Ticks, Truth
    from tregua.assessment.operator import Operator
    from tregua.assessment.operators.select import Masked, Measured

DATABASE = connect()
Columns: TypeAlias = "dict[str, Ints | Flags]"
Said: TypeAlias = "dict[str, list[int]]"


def agreed(
    operator: Operator,
    tables: Mapping[str, Mapping[str, Ints | Flags]],
    text: str,
    *given: object,
    **how: object,
) -> Said:
    """Return the columns of the answer by name, the same in all three forms."""
    plain = operator.reference(*given, **how)
    assert lists(plain) == lists(operator.columnar(*given, **how))
    assert lists(plain) == named(ask(DATABASE, text, tables), plain)
    return lists(plain)


def once_within(rows: Rows, ticks: Ticks, *, within: int, **closed: bool) -> Said:
    tables = {"acts": table_of(rows), "ticks": table_of(ticks)}
    text = ONCE_WITHIN.sql(within=within, **closed)
    return agreed(ONCE_WITHIN, tables, text, rows, ticks, within=within, **closed)


def none_within(rows: Rows, ticks: Ticks, *, within: int, **closed: bool) -> Said:
    tables = {"acts": table_of(rows), "ticks": table_of(ticks)}
    text = NONE_WITHIN.sql(within=within, **closed)
    return agreed(NONE_WITHIN, tables, text, rows, ticks, within=within, **closed)


def count_within(rows: Rows, ticks: Ticks, *, within: int) -> Said:
    tables = {"acts": table_of(rows), "ticks": table_of(ticks)}
    return agreed(COUNT_WITHIN, tables, COUNT_WITHIN.sql(within=within), rows, ticks, within=within)


def since(rows: Rows, ticks: Ticks, *, a: Truth, b: Truth) -> Said:
    acts = table_of(rows, a_must=a.must, a_may=a.may, b_must=b.must, b_may=b.may)
    tables = {"acts": acts, "ticks": table_of(ticks)}
    return agreed(SINCE, tables, SINCE.sql(), rows, ticks, a=a, b=b)


def last_other(rows: Rows, *, actor: Ints, within: int) -> Said:
    tables = {"acts": table_of(rows, actor=actor)}
    text = LAST_OTHER.sql(within=within)
    return agreed(LAST_OTHER, tables, text, rows, actor=actor, within=within)


def match_deadline(triggers: Rows, answers: Rows, *, within: int) -> Said:
    tables = {"triggers": table_of(triggers), "answers": table_of(answers)}
    text = MATCH_DEADLINE.sql(within=within)
    return agreed(MATCH_DEADLINE, tables, text, triggers, answers, within=within)


def run_length(rows: Rows, ticks: Ticks, gaps: Spans, *, days: Ints) -> Said:
    between: Columns = {
        "q": np.arange(len(days) - 1),
        "start_us": days[:-1],
        "end_us": days[1:],
    }
    tables: dict[str, Columns] = {
        "acts": table_of(rows),
        "ticks": table_of(ticks),
        "gaps": table_of(gaps),
        "days": between,
    }
    return agreed(RUN_LENGTH, tables, RUN_LENGTH.sql(), rows, ticks, gaps, days=days)


def covered(watches: Spans, asked: Spans, *, counts: Truth, share: Fraction) -> Said:
    """The SQL form gives a line per gap, or one line where there is none."""
    plain = COVERED.reference(watches, asked, counts=counts, share=share)
    assert lists(plain) == lists(COVERED.columnar(watches, asked, counts=counts, share=share))
    tables = {
        "watches": table_of(watches, must=counts.must, may=counts.may),
        "asked": table_of(asked),
    }
    q, must, may, low, high, start, end = ask(DATABASE, COVERED.sql(share=share), tables)
    first = np.searchsorted(q, np.arange(len(asked)))
    gap = start != NOBODY
    columns = (must[first], may[first], low[first], high[first], q[gap], start[gap], end[gap])
    assert lists(plain) == named(columns, plain)
    return lists(plain)


def select(
    counts: Truth,
    columns: tuple[Masked, ...],
    measures: tuple[Measured, ...],
    *,
    concerns: tuple[int, ...] = (),
) -> Said:
    facts: Columns = {"q": np.arange(len(counts.may)), "must": counts.must, "may": counts.may}
    facts |= {f"code{k}": column.code for k, column in enumerate(columns)}
    for k, measure in enumerate(measures):
        facts |= {f"low{k}": measure.low, f"high{k}": measure.high}
    masks: dict[str, Columns] = {
        f"mask{k}": {"code": np.arange(len(c.may)), "must": c.must, "may": c.may}
        for k, c in enumerate(columns)
    }
    least = tuple((measure.least, measure.norms) for measure in measures)
    text = SELECT.sql(len(columns), least, concerns=concerns)
    return agreed(
        SELECT, {"facts": facts} | masks, text, counts, columns, measures, concerns=concerns
    )
