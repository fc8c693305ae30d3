"""The PostgreSQL store when something is in the way: nothing half written, and a clear sentence."""

from __future__ import annotations

import os
import random
import re
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.ledger.postgres_server import missing, new_folder, running_in, small_disk
from tregua.errors import (
    InputUnreadable,
    LedgerDamaged,
    SourceUnreachable,
    StoreUnwritable,
    TreguaError,
    WrongUse,
)
from tregua.ledger.audit import audit
from tregua.ledger.entry import MAX_ENTRY, canonical
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_reading, open_for_writing

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (extra centre)")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ledger.postgres_server import Server

CANARY = "canary-7f3a"


def reports(count: int, size: int = 10) -> list[tuple[str, str, str]]:
    said = [canonical({"n": n, "text": CANARY + "x" * size}) for n in range(count)]
    return [("report", "Side A", body) for body in said]


@pytest.fixture
def address(postgres: Server) -> str:
    """A ledger of five entries in two batches."""
    address = postgres.emptied()
    with open_for_writing(address) as store:
        append(store, reports(3))
        append(store, reports(2))
    return address


@contextmanager
def role(server: Server, name: str, rights: str) -> Iterator[None]:
    """Let a role exist for a while."""
    server.execute("postgres", f"CREATE ROLE {name} LOGIN {rights}")
    try:
        yield
    finally:
        server.execute("postgres", f"DROP ROLE {name}")


# Who may log in, and how


@pytest.mark.parametrize(
    "where",
    [
        f"postgresql://centre:{CANARY}@127.0.0.1/truce",
        f"postgres://centre:{CANARY}@127.0.0.1/truce",
        f"postgresql:///truce?user=centre&password={CANARY}",
        f"postgresql:///truce?sslpassword={CANARY}",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(where: str) -> None:
    """Nobody is logged in, and the sentence says where a password belongs."""
    with pytest.raises(WrongUse, match=r"the address holds a (ssl)?password") as refused:
        open_for_reading(where)
    assert "~/.pgpass" in refused.value.help
    assert CANARY not in f"{refused.value}{refused.value.help}{refused.value.__cause__}"


def test_a_password_in_the_environment_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PGPASSWORD is read by everybody who sees the process; it is not used."""
    monkeypatch.setenv("PGPASSWORD", CANARY)
    with pytest.raises(WrongUse, match="PGPASSWORD is set") as refused:
        open_for_reading(address)
    assert CANARY not in str(refused.value)


def test_a_service_file_stands_for_the_address(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Host, database and role may stand in a service file, where a password may stand as well."""
    given = psycopg.conninfo.conninfo_to_dict(address)
    lines = [f"{key}={value}" for key, value in given.items()]
    (tmp_path / "services").write_text("\n".join(["[truce]", *lines, f"password={CANARY}"]))
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    with open_for_reading("postgresql:///?service=truce") as store:
        assert 5 == store.size()
        assert CANARY not in store.name


@pytest.mark.parametrize(
    "where", [f"postgresql:{CANARY}", f"postgresql://a@b/c?{CANARY}=1", f"postgresql://[{CANARY}"]
)
def test_an_address_that_cannot_be_read_is_not_repeated(where: str) -> None:
    """It may hold a password at the wrong place."""
    with pytest.raises(WrongUse, match="this PostgreSQL address cannot be read") as refused:
        open_for_reading(where)
    assert CANARY not in str(refused.value)


def test_no_server_no_database_and_no_ledger_are_told_apart(
    postgres: Server, tmp_path: Path
) -> None:
    """An address where nothing answers, and a database without the tables."""
    nowhere = f"postgresql://centre@/truce?host={quote(str(tmp_path), safe='')}"
    with pytest.raises(SourceUnreachable, match="the server does not answer"):
        open_for_reading(nowhere)
    with pytest.raises(StoreUnwritable, match=r"the server does not answer.*; nothing of this"):
        open_for_writing(postgres.address("no_such_database"))
    with pytest.raises(SourceUnreachable, match="this database holds no ledger") as bare:
        open_for_writing(postgres.address("postgres"))
    assert "tregua tables" in bare.value.help


@pytest.mark.parametrize(
    ("name", "rights", "why"),
    [
        ("above", "SUPERUSER", "a superuser or passes"),
        ("beside", "BYPASSRLS IN ROLE tregua_app", "a superuser or passes"),
        ("heir", "IN ROLE tregua_owner", "it owns the tables"),
        ("clerk", "IN ROLE tregua_app, pg_write_all_data", "change or delete what is there"),
    ],
)
def test_a_role_that_may_do_more_is_refused(
    address: str, postgres: Server, name: str, rights: str, why: str
) -> None:
    """Superuser, past row-level security, owner, or with a right to change: no session begins."""
    mine = address.replace("//centre@", f"//{name}@")
    with role(postgres, name, rights):
        for opening in (open_for_reading, open_for_writing):
            with pytest.raises(WrongUse, match=why) as refused:
                opening(mine)
            assert "a member of tregua_app alone" in refused.value.help


def test_a_role_that_could_become_a_superuser_is_refused(address: str, postgres: Server) -> None:
    """What a member may switch to counts as what it is."""
    with (
        role(postgres, "above", "SUPERUSER"),
        role(postgres, "deputy", "IN ROLE tregua_app, above"),
        pytest.raises(WrongUse, match="a superuser or passes"),
    ):
        open_for_reading(address.replace("//centre@", "//deputy@"))


def test_a_role_without_rights_reads_nothing(address: str, postgres: Server) -> None:
    """A role that is no member of tregua_app is told so."""
    with (
        role(postgres, "stranger", ""),
        open_for_reading(address.replace("//centre@", "//stranger@")) as store,
        pytest.raises(SourceUnreachable, match="is it a member of tregua_app"),
    ):
        store.head()


def test_a_server_that_forgets_is_only_read(address: str, postgres: Server) -> None:
    """With synchronous_commit off an answer would promise more than the disk holds."""
    postgres.execute("postgres", "ALTER ROLE centre SET synchronous_commit = off")
    try:
        with pytest.raises(StoreUnwritable, match=r"may lose what it acknowledged \(synch"):
            open_for_writing(address)
        with open_for_reading(address) as store:
            assert 5 == store.size()
    finally:
        postgres.execute("postgres", "ALTER ROLE centre RESET synchronous_commit")


def test_whoever_opens_for_reading_cannot_write(address: str) -> None:
    """The session itself is read only."""
    with open_for_reading(address) as store, pytest.raises(StoreUnwritable, match="no writing"):
        append(store, reports(1))


def test_a_newer_form_is_not_guessed_at(address: str, postgres: Server) -> None:
    """Tables of a later form are refused with both numbers, and others with the same name too."""
    postgres.execute(address, "COMMENT ON SCHEMA led IS 'tregua ledger, form 2'")
    with pytest.raises(InputUnreadable, match="form 2, known here: 1"):
        open_for_reading(address)
    postgres.execute(address, "COMMENT ON SCHEMA led IS NULL")
    with pytest.raises(LedgerDamaged, match="not that of a ledger"):
        open_for_writing(address)


# What the tables themselves refuse

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


# Reading


def test_a_long_record_is_read_to_its_end(postgres: Server) -> None:
    """Several pages, two readings side by side, none left out or handed out twice."""
    with open_for_writing(postgres.emptied()) as store:
        append(store, reports(2_345))
        pairs = list(zip(store.rows(), store.rows(5), strict=False))
        assert [(n, n + 5) for n in range(2_340)] == [(a.index, b.index) for a, b in pairs]
        assert 2_345 == sum(1 for _ in store.entries())
        assert [1_001, 1_002] == [row.index for row in store.rows(1_001, 1_003)]


def test_a_snapshot_sees_one_state(address: str) -> None:
    """What others append meanwhile is not seen inside, and is seen afterwards."""
    with open_for_reading(address) as reader, open_for_writing(address) as writer:
        with reader.snapshot():
            assert 5 == reader.size()
            append(writer, reports(2))
            assert 5 == reader.size()
            assert 2 == len(list(reader.checkpoints()))
        assert 7 == reader.size()


def test_strict_reading_stops_at_the_first_damage(address: str, postgres: Server) -> None:
    """Whoever reads the record for an answer is stopped at a changed or missing entry."""
    postgres.execute(
        address,
        """SET session_replication_role = replica;
        UPDATE led.entries SET bytes = bytes || 'x' WHERE idx = 3;
        DELETE FROM led.entries WHERE idx = 1""",
    )
    with open_for_reading(address) as store:
        with pytest.raises(LedgerDamaged, match="entry 1: it is missing"):
            list(store.entries())
        with pytest.raises(LedgerDamaged, match="entry 3: its bytes do not hash to its leaf"):
            list(store.entries(2))


# Writing


def test_nobody_builds_on_a_record_that_does_not_hold_together(
    address: str, postgres: Server
) -> None:
    """Before it appends, a writer compares what is held with the last checkpoint."""
    postgres.execute(
        address,
        "SET session_replication_role = replica; UPDATE led.entries SET leaf = sha256('')"
        " WHERE idx = 1",
    )
    with (
        open_for_writing(address) as store,
        pytest.raises(LedgerDamaged, match="its entries do not give the checkpoint of 5"),
    ):
        append(store, reports(1))


def test_a_record_that_got_shorter_is_noticed_by_its_writer(address: str, postgres: Server) -> None:
    """A writer that saw six entries does not go on after the third."""
    with open_for_writing(address) as store:
        append(store, reports(1))
        postgres.execute(
            address,
            """SET session_replication_role = replica;
            DELETE FROM led.entries WHERE idx >= 3; DELETE FROM led.checkpoints WHERE size > 3""",
        )
        with pytest.raises(LedgerDamaged, match="it had 6 entries, now 3"):
            append(store, reports(1))


def test_a_ledger_held_by_another_writer_is_unwritable(address: str) -> None:
    """A writer waits for its turn, and says so when it does not come; nobody else is disturbed."""
    from tregua.ledger.stores.postgres import PostgresStore

    def slowly() -> Iterator[tuple[str, str, str]]:
        with (
            PostgresStore(address, write=True, wait_ms=50) as other,
            pytest.raises(StoreUnwritable, match="another writer holds it; nothing of this batch"),
        ):
            append(other, reports(1))
        yield from reports(1)

    with open_for_writing(address) as store:
        assert 6 == append(store, slowly()).size
    assert () == audit(address).findings


def test_a_writer_whose_session_ends_recorded_nothing(address: str, postgres: Server) -> None:
    """The server ends the session in the middle of a batch: a clear word, and nothing of it."""

    def ended() -> Iterator[tuple[str, str, str]]:
        yield from reports(1)
        postgres.execute(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'centre'",
        )

    store = open_for_writing(address)
    with pytest.raises(StoreUnwritable, match="ended the session; nothing of this batch was"):
        append(store, ended())
    store.close()
    assert 5 == audit(address).size


def test_a_commit_without_an_answer_is_called_neither_done_nor_failed(
    address: str, postgres: Server
) -> None:
    """When the session ends during the commit itself, nobody knows, and that is what is said."""
    postgres.execute(
        address,
        """CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10);
        RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER die AFTER INSERT ON led.checkpoints DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION public.die()""",
    )
    store = open_for_writing(address)
    with pytest.raises(StoreUnwritable, match="it is not known whether this batch was recorded"):
        append(store, reports(1))
    store.close()
    postgres.execute(address, "DROP FUNCTION public.die() CASCADE")
    with open_for_writing(address) as store:
        assert 5 == append(store, reports(1)).first


def large(dice: random.Random, count: int) -> list[tuple[str, str, str]]:
    """Make entries of 12 kB that cannot be compressed."""
    return [("report", "Side A", canonical(dice.randbytes(6_000).hex())) for _ in range(count)]


def test_a_full_disk_leaves_nothing_of_the_batch(postgres: Server) -> None:
    """When the server's disk is full, the batch is refused whole, and the next that fits is taken.

    The disk is a real one of 2 MB, under the table of entries; the server's own log stays outside.
    """
    address = postgres.ledger()
    dice = random.Random(2016)
    with new_folder() as folder, small_disk(folder, "2m"):
        owner = postgres.log.with_name("data").stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
        postgres.execute("postgres", f"CREATE TABLESPACE small LOCATION '{folder}'")
        postgres.execute(address, "ALTER TABLE led.entries SET TABLESPACE small")
        with open_for_writing(address) as store:
            append(store, reports(5))
            before = store.head()
            with pytest.raises(StoreUnwritable) as full:
                append(store, large(dice, 400))
            said = f"{address}: the disk of the server is full; nothing of this batch was recorded"
            assert said == str(full.value)
            assert before == store.head()
            assert 5 == append(store, reports(1)).first
        assert () == audit(address).findings
        postgres.execute("postgres", f"DROP DATABASE {address.split('/')[3].split('?')[0]}")
        postgres.execute("postgres", "DROP TABLESPACE small")


@pytest.mark.slow
def test_a_server_without_any_room_left_loses_nothing_acknowledged() -> None:
    """With the whole server on a full disk it may fall; given room, it has all it acknowledged."""
    if missing():
        pytest.skip(f"no PostgreSQL server can be started ({missing()} is not installed)")
    dice = random.Random(1648)
    with new_folder() as folder, small_disk(folder, "120m"), running_in(folder) as server:
        address, acknowledged = server.ledger(), 0
        store = open_for_writing(address)
        try:
            for _ in range(200):
                acknowledged = append(store, large(dice, 60)).size
            pytest.fail("the disk was never full")
        except StoreUnwritable as full:
            assert re.search("; (nothing of this batch was|it is not known)", str(full))
        store.close()
        assert acknowledged > 0
        subprocess.run(["mount", "-o", "remount,size=400m", str(folder)], check=True)
        server.kill()
        server.start()
        assert () == audit(address).findings
        with open_for_writing(address) as store:
            assert store.size() in (acknowledged, acknowledged + 60)
            append(store, reports(1))


def test_no_error_shows_sql_or_values(address: str, postgres: Server) -> None:
    """Sentences for people hold neither SQL nor values, and no error carries one behind it."""
    postgres.execute(address, "ALTER TABLE led.checkpoints RENAME COLUMN at TO moment")
    with open_for_writing(address) as store, pytest.raises(TreguaError) as damaged:
        append(store, reports(1))
    assert f"{address}: it does not have the form of a ledger" == str(damaged.value)
    assert damaged.value.__cause__ is None
    assert damaged.value.__suppress_context__


def test_the_servers_log_holds_no_entry(address: str, postgres: Server) -> None:
    """A batch that the server refuses leaves none of its content in the server's log."""
    postgres.execute(
        address, "ALTER TABLE led.entries ADD CHECK (octet_length(bytes) < 100) NOT VALID"
    )
    postgres.execute(address, "ALTER TABLE led.entries DROP CONSTRAINT entries_bytes_check1")
    postgres.execute(address, "REVOKE INSERT ON led.entries FROM tregua_app")
    with open_for_writing(address) as store, pytest.raises(StoreUnwritable):
        append(store, reports(1))
    said = postgres.log.read_text("utf-8", errors="replace")
    assert "permission denied for table entries" in said
    assert CANARY not in said
    assert CANARY.encode().hex() not in said
