"""The command line starts light: the heavy rooms are imported inside commands."""

import subprocess
import sys

HEAVY = (
    "numpy",
    "shapely",
    "openpyxl",
    "jinja2",
    "lark",
    "sqlite3",
    "rich",
    "duckdb",
    "docx",
    "psycopg",
)


def imported_by(statement: str) -> set[str]:
    """Return the top-level packages that an interpreter of its own holds after a statement."""
    code = f"import sys; {statement}; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_command_line_imports_nothing_heavy() -> None:
    """Importing every command brings in no geometry, tables, pages, grammar or database."""
    assert set() == imported_by("import tregua.cli.main") & set(HEAVY)


def test_the_package_alone_imports_nothing_of_others() -> None:
    """Importing tregua brings in none of its dependencies."""
    assert set() == imported_by("import tregua") & {*HEAVY, "typer", "click"}


def test_the_measure_would_notice() -> None:
    """The same measure sees a database when one is imported."""
    assert "sqlite3" in imported_by("import sqlite3")
