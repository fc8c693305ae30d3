"""The PostgreSQL store when something is in the way: nothing half written, and a clear sentence."""

from __future__ import annotations

import os
import random
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.ledger.conftest import CANARY, reports
from tests.ledger.postgres_server import missing, new_folder, running_in, small_disk
from tregua.errors import (
    LedgerDamaged,
    StoreUnwritable,
    TreguaError,
)
from tregua.ledger.audit import audit
from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_reading, open_for_writing

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (extra centre)")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ledger.postgres_server import Server
    from tregua.ledger.store import Store


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


def filled(store: Store, dice: random.Random) -> tuple[int, str]:
    """Append until nothing more fits; return what was acknowledged, and what was said then."""
    acknowledged = 0
    for _ in range(200):
        try:
            acknowledged = append(store, large(dice, 60)).size
        except StoreUnwritable as full:
            return acknowledged, str(full)
    return acknowledged, "the disk was never full"


@pytest.mark.slow
def test_a_server_without_any_room_left_loses_nothing_acknowledged() -> None:
    """With the whole server on a full disk it may fall; given room, it has all it acknowledged."""
    if missing():
        pytest.skip(f"no PostgreSQL server can be started ({missing()} is not installed)")
    dice = random.Random(1648)
    with new_folder() as folder, small_disk(folder, "120m"), running_in(folder) as server:
        address = server.ledger()
        store = open_for_writing(address)
        acknowledged, told = filled(store, dice)
        store.close()
        assert re.search("; (nothing of this batch was|it is not known)", told)
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
