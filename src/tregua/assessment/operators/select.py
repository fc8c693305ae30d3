"""Which row may concern which norm?

Each value of a dictionary (a kind of act, an actor, a target, a weapon, a phase, a set of zones)
has a mask: bits 0-47 are norms, bits 48-63 exceptions that the row alone decides. A row concerns a
norm when the bit is set in the mask of every column, its measures are high enough, and no exception
that concerns the norm holds. Masks come in pairs, certain and possible, because a field may be
uncertain:

* certain: set in every certain mask, every low measure enough, and no exception possible;
* possible: set in every possible mask, every high measure enough, and no exception certain.

The witness is the row itself. Columns are read in the order given, cheap ones first: a row that
has lost its last norm is not looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import ints, same_length
from tregua.assessment.in_duckdb import asked
from tregua.assessment.operator import Operator
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from tregua.assessment.columns import Ints, Truth
    from tregua.assessment.in_duckdb import Column

NORMS, EXCEPTIONS = 48, 16
NORM_BITS = (1 << NORMS) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Masked:
    """One coded column and the masks of its dictionary.

    Attributes:
        code: per row.
        must, may: per code, the certain and the possible mask.
    """

    code: Ints
    must: Ints
    may: Ints

    def __post_init__(self) -> None:
        """Refuse a code that has one of the two masks alone.

        Raises:
            WrongUse: see above.
        """
        same_length(self.must, self.may)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One measured column that some norms ask a least amount of.

    Attributes:
        low, high: the amount per row, at least and at most.
        least: what is asked.
        norms: bits of the norms that ask it.
    """

    low: Ints
    high: Ints
    least: int
    norms: int


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Bits of the norms that each row concerns.

    Attributes:
        must, may: certainly / possibly, one word per row.
    """

    must: Ints
    may: Ints

    def rows(self, norm: int) -> Ints:
        """Return the numbers of the rows that possibly concern a norm."""
        return np.flatnonzero(self.may & (1 << norm))


def reference(
    counts: Truth,
    columns: tuple[Masked, ...],
    measures: tuple[Measured, ...],
    *,
    concerns: tuple[int, ...] = (),
) -> Chosen:
    """Ask every norm of every row, bit by bit.

    Args:
        counts: whether each row counts in every world / in some.
        columns: the coded columns, cheap ones first.
        measures: the measured columns.
        concerns: per exception, bits of the norms that it takes away.
    """
    _check(columns, concerns)
    sure, possible = [], []
    for i in range(len(counts)):
        norms = range(NORMS)
        held = {n for n in norms if _asked(columns, measures, i, n, sure=True)}
        maybe = {n for n in norms if _asked(columns, measures, i, n, sure=False)}
        spared = _spared(columns, i, concerns, sure=True)
        perhaps = _spared(columns, i, concerns, sure=False)
        sure.append(_word(held - perhaps) if counts.must[i] else 0)
        possible.append(_word(maybe - spared) if counts.may[i] else 0)
    return Chosen(ints(sure), ints(possible))


def _asked(
    columns: tuple[Masked, ...], measures: tuple[Measured, ...], i: int, norm: int, *, sure: bool
) -> bool:
    masks = [(c.must if sure else c.may)[c.code[i]] for c in columns]
    amounts = [((m.low if sure else m.high)[i], m.least) for m in measures if m.norms >> norm & 1]
    return all(int(mask) >> norm & 1 for mask in masks) and all(a >= b for a, b in amounts)


def _spared(
    columns: tuple[Masked, ...], i: int, concerns: tuple[int, ...], *, sure: bool
) -> set[int]:
    holding = [
        norms
        for j, norms in enumerate(concerns)
        if all(int((c.must if sure else c.may)[c.code[i]]) >> (NORMS + j) & 1 for c in columns)
    ]
    return {n for n in range(NORMS) if any(norms >> n & 1 for norms in holding)}


def _word(norms: set[int]) -> int:
    return sum(1 << norm for norm in norms)


def _check(columns: tuple[Masked, ...], concerns: tuple[int, ...]) -> None:
    if not columns:
        raise WrongUse("a row is selected by at least one column")
    if len(concerns) > EXCEPTIONS or any(norms & ~NORM_BITS for norms in concerns):
        raise WrongUse(f"one word holds {NORMS} norms and {EXCEPTIONS} exceptions")


def columnar(
    counts: Truth,
    columns: tuple[Masked, ...],
    measures: tuple[Measured, ...],
    *,
    concerns: tuple[int, ...] = (),
) -> Chosen:
    """AND the masks column by column over the rows that still have a norm.

    Args and errors are those of ``reference``.
    """
    _check(columns, concerns)
    same_length(counts, *(c.code for c in columns))
    alive = np.flatnonzero(counts.may)
    sure, possible = (np.full(len(alive), -1, np.int64) for _ in range(2))
    for column in columns:
        code = column.code[alive]
        sure, possible = sure & column.must[code], possible & column.may[code]
        kept = (possible & NORM_BITS) != 0
        alive, sure, possible = alive[kept], sure[kept], possible[kept]
    sure, possible = _enough(measures, alive, sure, possible)
    sure, possible = _excepted(sure, possible, concerns)
    sure = np.where(counts.must[alive], sure, 0)
    words = Chosen(*(np.zeros(len(counts), np.int64) for _ in range(2)))
    words.must[alive], words.may[alive] = sure, possible
    return words


def _enough(
    measures: tuple[Measured, ...], alive: Ints, sure: Ints, possible: Ints
) -> tuple[Ints, Ints]:
    for measure in measures:
        without = ~np.int64(measure.norms & NORM_BITS)
        sure = np.where(measure.low[alive] >= measure.least, sure, sure & without)
        possible = np.where(measure.high[alive] >= measure.least, possible, possible & without)
    return sure, possible


def _excepted(sure: Ints, possible: Ints, concerns: tuple[int, ...]) -> tuple[Ints, Ints]:
    """Take away what an exception spares; a possible one is enough against "certainly"."""
    left, maybe = sure & NORM_BITS, possible & NORM_BITS
    for j, norms in enumerate(concerns):
        left = np.where((possible >> (NORMS + j)) & 1, left & ~np.int64(norms), left)
        maybe = np.where((sure >> (NORMS + j)) & 1, maybe & ~np.int64(norms), maybe)
    return left, maybe


def sql(
    columns: int, measures: tuple[tuple[int, int], ...] = (), *, concerns: tuple[int, ...] = ()
) -> str:
    """Join the facts with the mask tables and AND them.

    The table ``facts`` holds ``q``, ``must``, ``may``, ``code0`` ..., ``low0``, ``high0`` ...; the
    tables ``mask0`` ... hold ``code``, ``must``, ``may``.

    Args:
        columns: how many mask tables there are.
        measures: per measured column the least amount and the bits of the norms that ask it.
        concerns: per exception, bits of the norms that it takes away.
    """
    numbers = range(columns)
    joins = " ".join(f"JOIN mask{k} m{k} ON m{k}.code = f.code{k}" for k in numbers)
    words = {w: " & ".join(f"m{k}.{w}" for k in numbers) for w in ("must", "may")}
    low, high = _measured_sql("low", measures), _measured_sql("high", measures)
    held, spared = _excepted_sql("possible", concerns), _excepted_sql("sure", concerns)
    carried = "".join(f", low{k}, high{k}" for k in range(len(measures)))
    return f"""
        WITH joined AS (
            SELECT f.q, f.must, f.may, {words["must"]} AS sure, {words["may"]} AS possible{carried}
            FROM facts f {joins})
        SELECT CASE WHEN must THEN sure & {NORM_BITS}{low}{held} ELSE 0 END AS must,
               CASE WHEN may THEN possible & {NORM_BITS}{high}{spared} ELSE 0 END AS may
        FROM joined ORDER BY q"""  # noqa: S608


def _measured_sql(word: str, measures: tuple[tuple[int, int], ...]) -> str:
    return "".join(
        f" & CASE WHEN {word}{k} >= {least} THEN -1 ELSE {~(norms & NORM_BITS)} END"
        for k, (least, norms) in enumerate(measures)
    )


def _excepted_sql(word: str, concerns: tuple[int, ...]) -> str:
    return "".join(
        f" & CASE WHEN {word} & {_signed(1 << (NORMS + j))} <> 0 THEN {~norms} ELSE -1 END"
        for j, norms in enumerate(concerns)
    )


def _signed(word: int) -> str:
    """Return a word of 64 bits as SQL's signed number; the least has no literal of its own."""
    return str(word) if word < 1 << 63 else "(-9223372036854775807 - 1)"


def by_sql(
    counts: Truth,
    columns: tuple[Masked, ...],
    measures: tuple[Measured, ...],
    *,
    concerns: tuple[int, ...] = (),
) -> Chosen:
    """Run the text on these columns. Args and errors are those of ``reference``."""
    facts: dict[str, Column] = {
        "q": np.arange(len(counts)),
        "must": counts.must,
        "may": counts.may,
    }
    facts |= {f"code{k}": column.code for k, column in enumerate(columns)}
    facts |= {f"low{k}": m.low for k, m in enumerate(measures)}
    facts |= {f"high{k}": m.high for k, m in enumerate(measures)}
    masks: dict[str, dict[str, Column]] = {
        f"mask{k}": {"code": np.arange(len(c.may)), "must": c.must, "may": c.may}
        for k, c in enumerate(columns)
    }
    asks = tuple((m.least, m.norms) for m in measures)
    text = sql(len(columns), asks, concerns=concerns)
    return Chosen(*asked(text, facts=facts, **masks))


SELECT = Operator(
    name="select",
    sentence="rows whose masks and measures hold, and that no exception spares",
    reference=reference,
    columnar=columnar,
    sql=sql,
    by_sql=by_sql,
    tables=("facts",),
)
