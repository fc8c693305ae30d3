"""Each operator as a live norm, and the same question put to the whole table in three forms."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from tests.operators.generated import lists
from tregua.assessment.columns import NOBODY, Rows, Spans, Ticks, Truth, flags, ints
from tregua.assessment.live_norm import LiveNorm, Part, Question, Reach, Said
from tregua.assessment.operator import Form
from tregua.assessment.operators.count_within import COUNT_WITHIN
from tregua.assessment.operators.covered import COVERED
from tregua.assessment.operators.last_other import LAST_OTHER
from tregua.assessment.operators.match_deadline import MATCH_DEADLINE
from tregua.assessment.operators.none_within import NONE_WITHIN
from tregua.assessment.operators.once_within import ONCE_WITHIN
from tregua.assessment.operators.run_length import RUN_LENGTH
from tregua.assessment.operators.select import SELECT, Masked, Measured
from tregua.assessment.operators.since import SINCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tregua.assessment.columns import Flags, Ints
    from tregua.assessment.live_rows import Line
    from tregua.assessment.operator import Operator

ZONE, ACTOR, KIND, AMOUNT = range(4)
CHANGED = ("moved the place", "changed who did it", "changed the kind", "changed the amount")
ZONES, TIMES, WITHIN = (0, 1, 2), (4, 9, 10, 17, 26), 6
DAYS = ints([0, 5, 12, 40])
GAP = 2  # the kind of line that is no act but a stretch of time
SHARE = Fraction(2, 3)
MASKS = ((ints([0, 3, 7]), ints([1, 7, 7])), (ints([3, 2, 6]), ints([3, 6, 7])))
Selection: TypeAlias = "tuple[Truth, tuple[Masked, ...], tuple[Measured, ...]]"
Values: TypeAlias = "tuple[tuple[int, ...], tuple[Line | None, ...]]"
Columns: TypeAlias = "dict[str, list[int]]"
Answered: TypeAlias = "dict[Question, Values]"


class Table:
    """All lines that a norm concerns, over all partitions, as one table."""

    def __init__(self, lines: Sequence[Line], partition: Callable[[Line], int]) -> None:
        kept = sorted(lines, key=lambda line: line.order)
        self.lines = [line for line in kept if partition(line) != NOBODY]
        names = sorted({line.incident for line in lines})
        self.rows = Rows(
            2 * np.arange(len(self.lines)) + 3,
            ints([partition(line) for line in self.lines]),
            ints([line.t_lo for line in self.lines]),
            ints([line.t_hi for line in self.lines]),
            flags([line.must for line in self.lines]),
            flags([line.may for line in self.lines]),
            ints([names.index(line.incident) for line in self.lines]),
        )
        self.ticks = Ticks(np.repeat(ints(ZONES), len(TIMES)), np.tile(ints(TIMES), len(ZONES)))

    def code(self, number: int) -> Ints:
        return ints([line.codes[number] for line in self.lines])

    def line(self, row: int) -> Line | None:
        return None if row == NOBODY else self.lines[(row - 3) // 2]

    def of(self, questions: list[Question], columns: Columns, *witnesses: str) -> Answered:
        """Return columns by question, with lines for the rows that are witnesses."""
        numbers = [column for name, column in columns.items() if name not in witnesses]
        rows = [columns[name] for name in witnesses]
        return {
            question: (
                tuple(int(column[i]) for column in numbers),
                tuple(self.line(column[i]) for column in rows),
            )
            for i, question in enumerate(questions)
        }

    def at_ticks(self) -> list[Question]:
        pairs = zip(self.ticks.partition.tolist(), self.ticks.time.tolist(), strict=True)
        return [Question("", NOBODY, zone, time) for zone, time in pairs]

    def of_lines(self, which: Flags | None = None) -> list[Question]:
        kept = self.lines if which is None else [self.lines[i] for i in np.flatnonzero(which)]
        return [Question(line.incident, line.alternative) for line in kept]


@dataclass(frozen=True, slots=True)
class Checked:
    """A norm, and what the three forms answer over a whole table."""

    norm: LiveNorm
    whole: Callable[[Table], Iterator[Answered]]

    def answers(self, lines: Sequence[Line]) -> Iterator[Answered]:
        return self.whole(Table(lines, self.norm.partition))


def zone_of(line: Line) -> int:
    return line.codes[ZONE]


def act_zone(line: Line) -> int:
    """Concern acts alone, no stretches."""
    return NOBODY if line.codes[KIND] == GAP else line.codes[ZONE]


def three(operator: Operator[..., Any], *given: object, **how: object) -> Iterator[Columns]:
    for form in Form:
        yield lists(operator.in_form(form)(*given, **how))


# Once, none and count: a window before a tick.


def windowed(operator: Operator[..., Any], *witnesses: str, reach: Reach | None) -> Checked:
    def decide(part: Part) -> tuple[Said, ...]:
        answer = operator.columnar(part.rows, part.ticks, within=WITHIN)
        values = lists(answer)
        rows = tuple(ints(values[name]) for name in witnesses)
        return part.of_ticks(
            tuple(ints(v) for name, v in values.items() if name not in witnesses), rows
        )

    def whole(table: Table) -> Iterator[Answered]:
        for columns in three(operator, table.rows, table.ticks, within=WITHIN):
            yield table.of(table.at_ticks(), columns, *witnesses)

    return Checked(LiveNorm(operator.name, act_zone, decide, reach, ZONES, TIMES), whole)


# Answers to another side's act.


def decide_last_other(part: Part) -> tuple[Said, ...]:
    found = LAST_OTHER.columnar(part.rows, actor=part.code(ACTOR), within=WITHIN)
    return part.of_rows(part.rows.row, *answer_columns(found))


def answer_columns(found: object) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    values = lists(found)
    must, may, must_row, may_row = (ints(column) for column in values.values())
    return (must, may), (must_row, may_row)


def whole_last_other(table: Table) -> Iterator[Answered]:
    actor = table.code(ACTOR)
    for columns in three(LAST_OTHER, table.rows, actor=actor, within=WITHIN):
        yield table.of(table.of_lines(), columns, "must_row", "may_row")


# Deadlines: the partition is the actor, a request and its answer have the same.


def actor_of(line: Line) -> int:
    return line.codes[ACTOR]


def decide_deadline(part: Part) -> tuple[Said, ...]:
    kind = part.code(KIND)
    triggers, answers = part.rows.take(kind <= 1), part.rows.take(kind >= 1)
    found = MATCH_DEADLINE.columnar(triggers, answers, within=WITHIN)
    return part.of_rows(triggers.row, *answer_columns(found))


def whole_deadline(table: Table) -> Iterator[Answered]:
    kind = table.code(KIND)
    triggers, answers = table.rows.take(kind <= 1), table.rows.take(kind >= 1)
    for columns in three(MATCH_DEADLINE, triggers, answers, within=WITHIN):
        yield table.of(table.of_lines(kind <= 1), columns, "must_row", "may_row")


# Since b, a has held.


def truths(amount: Ints, actor: Ints) -> tuple[Truth, Truth]:
    return Truth(amount > 1, amount > 0), Truth(actor > 1, actor > 0)


def decide_since(part: Part) -> tuple[Said, ...]:
    a, b = truths(part.code(AMOUNT), part.code(ACTOR))
    return part.of_ticks(*answer_columns(SINCE.columnar(part.rows, part.ticks, a=a, b=b)))


def whole_since(table: Table) -> Iterator[Answered]:
    a, b = truths(table.code(AMOUNT), table.code(ACTOR))
    for columns in three(SINCE, table.rows, table.ticks, a=a, b=b):
        yield table.of(table.at_ticks(), columns, "must_row", "may_row")


# Runs without a bad row; lines of the kind GAP are stretches that nobody watched.


def gaps_among(rows: Rows, kind: Ints) -> tuple[Rows, Rows, Spans]:
    gaps = rows.take(kind == GAP)
    return rows.take(kind != GAP), gaps, Spans(gaps.partition, gaps.t_lo, gaps.t_hi + 1)


def decide_run(part: Part) -> tuple[Said, ...]:
    acts, gaps, spans = gaps_among(part.rows, part.code(KIND))
    values = lists(RUN_LENGTH.columnar(acts, part.ticks, spans, days=DAYS))
    values["gap"] = rows_of_gaps(values["gap"], gaps)
    witnesses = tuple(ints(values.pop(name)) for name in ("may_row", "must_row", "gap"))
    return part.of_ticks(tuple(ints(v) for v in values.values()), witnesses)


def rows_of_gaps(gap: list[int], gaps: Rows) -> list[int]:
    return [NOBODY if k == NOBODY else int(gaps.row[k]) for k in gap]


def whole_run(table: Table) -> Iterator[Answered]:
    acts, gaps, spans = gaps_among(table.rows, table.code(KIND))
    for columns in three(RUN_LENGTH, acts, table.ticks, spans, days=DAYS):
        columns["gap"] = rows_of_gaps(columns["gap"], gaps)
        yield table.of(table.at_ticks(), columns, "may_row", "must_row", "gap")


# Which norms a row concerns.


def chosen(actor: Ints, kind: Ints, amount: Ints, rows: Rows) -> Selection:
    columns = tuple(
        Masked(code, must & may, may)
        for code, (must, may) in zip((actor, kind), MASKS, strict=True)
    )
    return Truth(rows.must, rows.may), columns, (Measured(amount, amount + 1, 2, 5),)


def decide_select(part: Part) -> tuple[Said, ...]:
    given = chosen(part.code(ACTOR), part.code(KIND), part.code(AMOUNT), part.rows)
    values = lists(SELECT.columnar(*given))
    return part.of_rows(part.rows.row, (ints(values["must"]), ints(values["may"])))


def whole_select(table: Table) -> Iterator[Answered]:
    codes = table.code(ACTOR), table.code(KIND)
    amount, rows = table.code(AMOUNT), table.rows
    for columns in three(SELECT, *chosen(*codes, amount, rows)):
        yield table.of(table.of_lines(), columns)


# How much of a stretch was watched: lines are watches, a stretch begins at each tick.


def decide_covered(part: Part) -> tuple[Said, ...]:
    zone = np.zeros(len(part.lines), np.int64)
    watches = Spans(zone, part.rows.t_lo, part.rows.t_hi + 1)
    asked = Spans(part.ticks.partition, part.ticks.time, part.ticks.time + WITHIN)
    counts = Truth(part.rows.must, part.rows.may)
    values = lists(COVERED.columnar(watches, asked, counts=counts, share=SHARE))
    return tuple(
        Said(Question("", NOBODY, part.partition, time), part.partition, numbers, None, ())
        for time, numbers in zip(part.times, covered_numbers(values, len(asked)), strict=True)
    )


def covered_numbers(values: Columns, asked: int) -> list[tuple[int, ...]]:
    """Return per stretch the four values and then its gaps, however many."""
    gaps = list(zip(values["gap_of"], values["gap_start"], values["gap_end"], strict=True))
    four = [values[name] for name in ("must", "may", "low", "high")]
    return [
        (*(int(column[q]) for column in four), *(t for of, *ends in gaps if of == q for t in ends))
        for q in range(asked)
    ]


def whole_covered(table: Table) -> Iterator[Answered]:
    rows, ticks = table.rows, table.ticks
    watches = Spans(rows.partition, rows.t_lo, rows.t_hi + 1)
    asked = Spans(ticks.partition, ticks.time, ticks.time + WITHIN)
    counts = Truth(rows.must, rows.may)
    for columns in three(COVERED, watches, asked, counts=counts, share=SHARE):
        numbers = covered_numbers(columns, len(asked))
        yield {q: (n, ()) for q, n in zip(table.at_ticks(), numbers, strict=True)}


ROWS = ("must_row", "may_row")
ENDS = ("must_first", "must_last", "may_first", "may_last")
BACK = Reach(back=WITHIN)
NORMS: dict[str, Checked] = {
    "select": Checked(LiveNorm("select", zone_of, decide_select, Reach()), whole_select),
    "once_within": windowed(ONCE_WITHIN, *ROWS, reach=BACK),
    "none_within": windowed(NONE_WITHIN, *ROWS, reach=None),
    "count_within": windowed(COUNT_WITHIN, *ENDS, reach=BACK),
    "since": Checked(LiveNorm("since", act_zone, decide_since, None, ZONES, TIMES), whole_since),
    "last_other": Checked(
        LiveNorm("last_other", act_zone, decide_last_other, BACK), whole_last_other
    ),
    "match_deadline": Checked(
        LiveNorm("match_deadline", actor_of, decide_deadline), whole_deadline
    ),
    "run_length": Checked(
        LiveNorm("run_length", zone_of, decide_run, None, ZONES, TIMES), whole_run
    ),
    "covered": Checked(
        LiveNorm("covered", zone_of, decide_covered, Reach(ahead=WITHIN), ZONES, TIMES),
        whole_covered,
    ),
}
