"""The audit of a record in PostgreSQL: what a superuser did to it is named, as on SQLite.

The tampering is done as somebody who owns the server would do it: triggers switched off for the
session, so that the guards are there again afterwards.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tregua.ledger.audit import Audit, audit
from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_reading, open_for_writing
from tregua.ledger.store import Head
from tregua.ledger.tree import EMPTY_ROOT, leaf_hash

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledger.postgres_server import Server

START = datetime(2016, 9, 12, 16, tzinfo=UTC)


@pytest.fixture
def where(postgres: Server) -> str:
    """A ledger of twenty entries in four batches, a minute apart."""
    address = postgres.emptied()
    fill(address)
    return address


def fill(where: str | Path) -> None:
    with open_for_writing(where) as store:
        for turn in range(4):
            batch = [said(n) for n in range(turn * 5, turn * 5 + 5)]
            at = START + timedelta(minutes=turn)
            append(store, batch, now=lambda at=at: at)  # type: ignore[misc]


def said(n: int) -> tuple[str, str, str]:
    return ("report", "Side A", canonical({"n": n, "text": f"report number {n}"}))


def tamper(server: Server, where: str, *statements: str) -> None:
    """Edit the tables past their guards, which stand again when this connection ends."""
    server.execute(where, ";".join(["SET session_replication_role = replica", *statements]))


def found(result: Audit) -> list[tuple[str, str]]:
    return [(note.code, note.on) for note in result.findings]


def change(n: int) -> str:
    new = f"convert_to(replace(convert_from(bytes, 'UTF8'), 'number {n}', 'nothing {n}'), 'UTF8')"
    return f"UPDATE led.entries SET bytes = {new} WHERE idx = {n}"


RESEAL = "UPDATE led.entries SET leaf = sha256('\\x00'::bytea || bytes) WHERE idx = {}"
SWAP = (
    "UPDATE led.entries SET idx = 99 WHERE idx = {0}",
    "UPDATE led.entries SET idx = {0} WHERE idx = {1}",
    "UPDATE led.entries SET idx = {1} WHERE idx = 99",
)
COPY_4_TO_12 = """UPDATE led.entries e SET bytes = o.bytes FROM led.entries o
    WHERE e.idx = 12 AND o.idx = 4"""
CUT = (
    "DELETE FROM led.entries WHERE idx >= 15",
    "DELETE FROM led.checkpoints WHERE size > 15",
)


def test_an_untouched_record_is_intact(where: str) -> None:
    """Nothing is found; size and root are those of the head; it is its own copy."""
    with open_for_reading(where) as store:
        head = store.head()
        result = audit(store, against=head, copy=where)
    assert Audit((), head.size, head.root) == result


def test_an_empty_record_is_intact(postgres: Server) -> None:
    """A ledger that was begun and holds nothing is whole."""
    assert Audit((), 0, EMPTY_ROOT) == audit(postgres.emptied(), against=Head(0, EMPTY_ROOT))


ATTACKS = {
    "a byte of entry 3": ([change(3)], [("G003", "3")]),
    "only the stored hash": (
        ["UPDATE led.entries SET leaf = sha256('') WHERE idx = 3"],
        [("G003", "3")],
    ),
    "an entry and its hash": ([change(7), RESEAL.format(7)], [("G010", "5")]),
    "an entry dropped": (["DELETE FROM led.entries WHERE idx = 5"], [("G002", "5")]),
    "two entries of one batch swapped": ([s.format(7, 8) for s in SWAP], [("G010", "5")]),
    "bytes of another entry": (
        [COPY_4_TO_12],
        [("G004", "12"), ("G006", "12")],
    ),
    "bytes that are no entry": (
        ["UPDATE led.entries SET bytes = '{}' WHERE idx = 2", RESEAL.format(2)],
        [("G005", "2"), ("G010", "0")],
    ),
    "an entry put past the door": (
        ["INSERT INTO led.entries SELECT 20, bytes, leaf FROM led.entries WHERE idx = 0"],
        [("G006", "20"), ("G008", "20")],
    ),
    "a checkpoint changed": (
        ["UPDATE led.checkpoints SET root = sha256('') WHERE size = 10"],
        [("G009", "checkpoint 10")],
    ),
    "a checkpoint redated": (
        ["UPDATE led.checkpoints SET at = at + 1 WHERE size = 10"],
        [("G009", "checkpoint 10")],
    ),
    "the last checkpoint dropped": (
        ["DELETE FROM led.checkpoints WHERE size = 20"],
        [("G008", "15")],
    ),
    "the end cut, its checkpoint left": (
        ["DELETE FROM led.entries WHERE idx >= 18"],
        [("G007", "18")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_done_to_the_rows_is_named(where: str, postgres: Server, attack: str) -> None:
    """Each edit by a superuser is found, with its place, and nothing else is accused."""
    statements, expected = ATTACKS[attack]
    tamper(postgres, where, *statements)
    result = audit(where)
    assert expected == found(result)
    assert not result.is_intact


def test_a_record_cut_with_its_checkpoints_is_found_by_a_saved_head(
    where: str, postgres: Server
) -> None:
    """Inside itself such a record is whole; a head kept elsewhere shows that it was longer."""
    with open_for_reading(where) as store:
        head = store.head()
    tamper(postgres, where, *CUT)
    assert audit(where).is_intact
    assert [("G011", "15")] == found(audit(where, against=head))


def test_a_copy_in_another_kind_of_store_names_what_differs(
    where: str, postgres: Server, tmp_path: Path
) -> None:
    """A file of the other side shows which entry of the server was changed, and the reverse."""
    copy = tmp_path / "copy.sqlite"
    fill(copy)
    assert () == audit(where, copy=copy).findings
    tamper(postgres, where, change(7), RESEAL.format(7))
    assert ("G013", "7") in found(audit(where, copy=copy))
    assert ("G013", "7") in found(audit(copy, copy=where))


GUARDS = {
    "entries_no_change": "ALTER TABLE led.entries DISABLE TRIGGER entries_no_change",
    "checkpoints_follow": "DROP TRIGGER checkpoints_follow ON led.checkpoints",
    "no_change()": "CREATE OR REPLACE FUNCTION led.no_change() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NULL; END'",
    "entries_pkey": "ALTER TABLE led.entries DROP CONSTRAINT entries_pkey",
    "entry_view": "ALTER TABLE led.entry_view NO FORCE ROW LEVEL SECURITY",
    "entry_view policy see": "ALTER POLICY see ON led.entry_view USING (true)",
    "entries rights": "GRANT SELECT ON led.entries TO PUBLIC",
    "entries rule quiet": "CREATE RULE quiet AS ON UPDATE TO led.entries DO INSTEAD NOTHING",
    "copy": "CREATE TABLE led.copy (n int)",
}


@pytest.mark.parametrize("part", GUARDS)
def test_a_guard_that_is_gone_or_changed_is_named(where: str, postgres: Server, part: str) -> None:
    """The entries are checked all the same; what no longer stands is a warning with its name."""
    postgres.execute(where, GUARDS[part])
    result = audit(where)
    assert {"G019"} == {note.code for note in result.findings}
    assert f"{part} is missing or changed" in [note.said for note in result.findings]
    assert result.is_intact


def test_an_owner_that_may_log_in_is_named(where: str, postgres: Server) -> None:
    """The tables belong to a role that nobody can be."""
    postgres.execute("postgres", "ALTER ROLE tregua_owner LOGIN")
    try:
        result = audit(where)
    finally:
        postgres.execute("postgres", "ALTER ROLE tregua_owner NOLOGIN")
    assert ["role tregua_owner is missing or changed"] == [note.said for note in result.findings]


def test_tables_made_anew_are_still_read(where: str, postgres: Server) -> None:
    """Without keys and types an entry may stand twice; the audit reads on and says so."""
    postgres.execute(
        where,
        """ALTER TABLE led.entries RENAME TO old;
        CREATE TABLE led.entries (idx numeric, bytes bytea, leaf bytea);
        INSERT INTO led.entries SELECT * FROM led.old;
        INSERT INTO led.entries SELECT * FROM led.old WHERE idx = 3;
        INSERT INTO led.entries VALUES (20, NULL, NULL);
        DROP TABLE led.old; GRANT SELECT ON led.entries TO tregua_app""",
    )
    codes = found(audit(where))
    assert ("G020", "3") in codes
    assert ("G003", "20") in codes
    assert "G019" in dict(codes)


def test_a_ledger_without_its_tables_fails_its_audit(where: str, postgres: Server) -> None:
    """What cannot be read at all is a finding, not an exception."""
    postgres.execute(where, "DROP TABLE led.entries")
    result = audit(where)
    assert "G001" in dict(found(result))
    assert not result.is_intact


def test_the_hash_that_a_forger_would_write_is_the_right_one(where: str, postgres: Server) -> None:
    """The attacks above seal what they changed as well as the ledger itself does."""
    tamper(postgres, where, change(7), RESEAL.format(7))
    with open_for_reading(where) as store:
        row = next(store.rows(7))
    assert leaf_hash(row.data) == row.leaf
