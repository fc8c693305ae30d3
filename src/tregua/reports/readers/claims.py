"""Tables of claimed counts: a claimant, a period, a number, its provinces in columns.

1. The period has two days, both included; the hour at which a claimant's day ends is not stated.
2. Columns between ``basis`` and ``sum_of_provinces`` are the named parts.
3. ``basis`` says how it is counted; a basis that begins with "cumulative" is a running total.
4. When a claim was published is not in the table: known from the end of its last day, flagged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.reports.cells import CellReader
from tregua.reports.model import CountClaim, Origin
from tregua.reports.table import open_table
from tregua.terms.estimate import Estimate
from tregua.terms.time import Precision, When

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tregua.reports.reader import Options, Row


class ClaimsReader:
    """Reads a table of claimed counts with provinces in columns."""

    name = "claims"
    title = "counts claimed by parties and monitors"
    columns: tuple[str, ...] = (
        "period_start",
        "period_end",
        "claimant",
        "accused",
        "n_claimed",
        "basis",
        "sum_of_provinces",
    )

    def recognises(self, path: Path, columns: tuple[str, ...]) -> bool:  # noqa: ARG002
        """Say whether the table has a claimant, a period and a number."""
        return set(self.columns) <= set(columns)

    def rows(self, path: Path, options: Options) -> Iterator[Row]:
        """Yield every claim; the row number is its key, for the table has no ids."""
        table = open_table(path)
        places = table.columns
        named = places[places.index("basis") + 1 : places.index("sum_of_provinces")]
        for raw in table.rows:
            cells = CellReader(raw, path.name)
            claim = None if cells.is_refused else _claim(cells, options, named)
            yield cells.row(() if claim is None else (claim,))


def _claim(cells: CellReader, options: Options, named: tuple[str, ...]) -> CountClaim | None:
    first, last = (cells.time(c, options.zone) for c in ("period_start", "period_end"))
    number = cells.count("n_claimed")
    for column in ("period_start", "period_end", "n_claimed", "claimant"):
        cells.needed(column)
    if first is None or last is None or number is None:
        return None
    if last.end <= first.start:
        cells.refuse("R005", "the period ends before it starts", "period_end")
        return None
    parts = tuple((name, n) for name in named if (n := cells.count(name)) is not None)
    basis, accused = cells.text("basis"), cells.text("accused")
    cells.flags.append("known-assumed")
    return CountClaim(
        Origin(
            key=str(cells.raw.number),
            source=options.source or "claims",
            reporter=cells.text("claimant"),
            known=last.end,
            citation=cells.text("url"),
            summary=f"{number}, {basis}" if basis else str(number),
            flags=tuple(cells.flags),
        ),
        When(
            first.start, last.end, Precision.DAY if first == last else Precision.PERIOD, first.zone
        ),
        Estimate(best=number),
        "violations",
        (accused,) if accused else (),
        parts=parts,
        cumulative=basis.startswith("cumulative"),
        # How a claimant counts is part of what is counted: two bases are never compared.
        about=f"violations: {basis}" if _is_class(basis) else "violations",
    )


def _is_class(basis: str) -> bool:
    """Say whether the basis names a class of acts ("first week, arrests") and not only a time."""
    return "," in basis and not basis.startswith(("last", "cumulative"))
