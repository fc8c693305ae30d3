"""What the tables of a ledger in PostgreSQL refuse by themselves; and that we know each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ledger.conftest import reports
from tregua.errors import (
    TreguaError,
)
from tregua.ledger.audit import audit
from tregua.ledger.entry import MAX_ENTRY
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_writing

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (extra centre)")

if TYPE_CHECKING:
    from tests.ledger.postgres_server import Server


EDITS = (
    "UPDATE led.entries SET bytes = '\\x00' WHERE idx = 1",
    "DELETE FROM led.entries WHERE idx = 4",
    "TRUNCATE led.entries",
    "UPDATE led.checkpoints SET root = leaf FROM led.entries",
    "DELETE FROM led.checkpoints",
    "TRUNCATE led.checkpoints",
)
INSERTS = (
    "INSERT INTO led.entries VALUES (6, '\\x00', sha256(''))",
    "INSERT INTO led.entries VALUES (5, '\\x00', sha256('')), (7, '\\x00', sha256(''))",
    "INSERT INTO led.entries VALUES (4, '\\x00', sha256(''))",
    "INSERT INTO led.entries VALUES (-1, '\\x00', sha256(''))",
    "INSERT INTO led.entries VALUES (5, '', sha256(''))",
    "INSERT INTO led.entries VALUES (5, '\\x00', '\\x00')",
    "INSERT INTO led.entries VALUES (NULL, '\\x00', sha256(''))",
    "INSERT INTO led.checkpoints VALUES (4, sha256(''), 0)",
    "INSERT INTO led.checkpoints VALUES (6, sha256(''), 0)",
    "INSERT INTO led.checkpoints VALUES (5, sha256(''), 0)",
)


@pytest.mark.parametrize("statement", [*EDITS, *INSERTS])
def test_the_server_refuses_editing(address: str, postgres: Server, statement: str) -> None:
    """Plain SQL cannot change, drop or skip a line: not as the application, not as the owner."""
    with psycopg.connect(address) as db, pytest.raises(psycopg.Error):
        db.execute(statement)
    with pytest.raises(psycopg.Error, match=r"only appended|violates"):
        postgres.execute(address, f"SET ROLE tregua_owner; {statement}")
    assert () == audit(address).findings


def test_the_application_has_no_right_to_edit(address: str) -> None:
    """Not the guards alone: the right is missing."""
    with psycopg.connect(address, autocommit=True) as db:
        for statement in (*EDITS, "DROP TABLE led.entries", "CREATE TABLE led.x ()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(statement)


def test_the_server_takes_entries_as_large_as_the_door_does(address: str, postgres: Server) -> None:
    """The limit that stands in the tables is the one of `entry.py`."""
    limit = postgres.execute(
        address,
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'entries_bytes_check'",
    )
    assert f"<= {MAX_ENTRY})" in limit[0][0]


def test_the_index_has_no_gap_after_a_batch_that_was_taken_back(
    address: str, postgres: Server
) -> None:
    """The index is the size of the record; no sequence counts anything."""
    with open_for_writing(address) as store:
        with pytest.raises(TreguaError, match="its kind is not one of"):
            append(store, [*reports(2), ("rumour", "Side B", "1")])
        assert 5 == append(store, reports(1)).first
    counters = "SELECT count(*) FROM pg_class WHERE relkind = 'S'"
    assert [(0,)] == postgres.execute(address, counters)


def test_fresh_tables_are_what_the_list_of_parts_says(
    postgres: Server,
    update: bool,  # noqa: FBT001
) -> None:
    """The catalog of new tables is the one that the audit compares with."""
    from importlib.resources import files

    from tregua.ledger.stores.postgres_guards import text_of

    rows = postgres.execute(postgres.emptied(), text_of("postgres_catalog.sql"))
    lines = sorted("|".join(row) for row in rows)
    if update:
        page = "\n".join(lines) + "\n"
        files("tregua.ledger.stores").joinpath("postgres_catalog.txt").write_text(page)  # type: ignore[attr-defined]
    assert lines == text_of("postgres_catalog.txt").splitlines()
