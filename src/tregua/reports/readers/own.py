"""Our own report table, in CSV, XLSX or JSON Lines. Its columns are in ``own_columns.py``."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from tregua.reports.cells import CellReader
from tregua.reports.from_own import own_record
from tregua.reports.marking import is_marking
from tregua.reports.own_columns import NAMES
from tregua.reports.refusals import HEADER
from tregua.reports.table import open_table
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tregua.reports.reader import Options, Row
    from tregua.reports.table import RawRow


class OwnReader:
    """Reads our own table; a wrong cell refuses its row and nothing else."""

    name = "own"
    title = "tregua report table"
    columns: tuple[str, ...] = ("id", "record")

    def recognises(self, path: Path, columns: tuple[str, ...]) -> bool:  # noqa: ARG002
        """Say whether the table has an id and a kind of record."""
        return set(self.columns) <= set(columns)

    def rows(self, path: Path, options: Options) -> Iterator[Row]:
        """Yield every row. The first row also carries the notes on columns that are not read."""
        table = open_table(path)
        known = {*NAMES, *HEADER}
        unread = tuple(c for c in table.columns if c not in known and not is_marking(c))
        for raw in table.rows:
            yield self._row(raw, path.name, options, unread)
            unread = ()

    def _row(self, raw: RawRow, file: str, options: Options, unread: tuple[str, ...]) -> Row:
        cells = CellReader(raw, file)
        for name in unread:
            _note_unread(cells, name)
        record = (
            None if cells.is_refused else own_record(cells, options, options.source or self.name)
        )
        return cells.row(() if record is None else (record,))


def _note_unread(cells: CellReader, name: str) -> None:
    close = get_close_matches(name, NAMES, n=1, cutoff=0.75)
    severity = Severity.WARNING if close else Severity.INFO
    meant = f"; did you mean `{close[0]}`?" if close else "; it is kept and changes nothing"
    cells.note("R111", severity, f"the column `{name}` is not one of the format{meant}")
