"""The SQL form runs in a database that is loaded late and fetches nothing."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tregua.assessment import in_duckdb
from tregua.assessment.in_duckdb import ask, asked, connect

if TYPE_CHECKING:
    import duckdb
    import pytest


def test_the_database_looks_for_no_extension() -> None:
    """DuckDB neither installs nor loads what is not linked into it."""
    text = """SELECT name, value = 'false' AS off FROM duckdb_settings()
              WHERE name LIKE 'auto%_known_extensions' ORDER BY name"""
    with connect() as database:
        names, off = ask(database, text, {})
    assert ["autoinstall_known_extensions", "autoload_known_extensions"] == names.tolist()
    assert off.all()


def test_duckdb_is_imported_when_first_asked() -> None:
    """The operators and every command are imported without DuckDB."""
    code = "import sys, tregua.cli.main, tregua.assessment.in_duckdb, tregua.assessment.operators"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print('duckdb' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "False\n" == done.stdout


def test_one_database_serves_every_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """To begin a database costs more than most questions: it is kept."""
    begun = []

    def counted() -> duckdb.DuckDBPyConnection:
        begun.append(connect())
        return begun[-1]

    monkeypatch.setattr(in_duckdb, "connect", counted)
    for number in (4, 5):
        assert [number] == asked(f"SELECT {number} AS n")[0].tolist()
    assert len(begun) <= 1
