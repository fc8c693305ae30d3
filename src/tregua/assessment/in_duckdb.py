"""Run the SQL form of an operator in DuckDB, in this process, on columns in memory.

DuckDB is imported when first asked, never by `tregua --help` or `tregua lint`. It installs and
loads no extension: what is not linked into it is not used.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tregua.assessment.columns import Flags, Ints, Rows, Spans, Ticks

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

Column = Ints | Flags
# The names that the SQL form uses: "row" and "partition" are words of the language itself.
_NAMES = {
    "row": "row_no",
    "partition": "part",
    "time": "at_us",
    "start": "start_us",
    "end": "end_us",
}

_OFF = ("autoinstall_known_extensions", "autoload_known_extensions", "enable_progress_bar")


def connect() -> duckdb.DuckDBPyConnection:
    """Return a database in memory that never looks for an extension and prints nothing."""
    import duckdb

    database = duckdb.connect()
    for setting in _OFF:
        database.execute(f"SET {setting} = false")
    return database


def table_of(table: Rows | Ticks | Spans, **more: Column) -> dict[str, Column]:
    """Return a table's columns under their SQL names; lines are numbered from zero as ``q``."""
    columns = {_NAMES.get(f.name, f.name): getattr(table, f.name) for f in fields(table)}
    return {"q": np.arange(len(table), dtype=np.int64), **columns, **more}


def ask(
    database: duckdb.DuckDBPyConnection, text: str, tables: Mapping[str, Mapping[str, Column]]
) -> tuple[Any, ...]:
    """Run one statement and return the columns of its answer, in order.

    The text is ours alone: operators write whole numbers into it and nothing from a user.
    """
    for name, columns in tables.items():
        database.register(name, dict(columns))
    answer = database.execute(text).fetchnumpy()
    for name in tables:
        database.unregister(name)
    return tuple(np.asarray(column) for column in answer.values())


def asked(text: str, **tables: Mapping[str, Column]) -> tuple[Any, ...]:
    """Run one statement in a database of this process that holds nothing else."""
    return ask(_own().cursor(), text, tables)


@cache
def _own() -> duckdb.DuckDBPyConnection:
    return connect()
