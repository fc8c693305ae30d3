"""The SQLite store when something is in the way: nothing half written, and a clear sentence."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tregua.errors import (
    InputUnreadable,
    LedgerDamaged,
    SourceUnreachable,
    StoreUnwritable,
    TreguaError,
)
from tregua.ledger.audit import audit
from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_reading, open_for_writing
from tregua.ledger.stores.sqlite import SqliteStore

NOBODY = 65_534


def reports(count: int, size: int = 10) -> list[tuple[str, str, str]]:
    return [("report", "Side A", canonical({"n": n, "text": "x" * size})) for n in range(count)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of five entries in two batches, closed."""
    path = tmp_path / "ledger.sqlite"
    with open_for_writing(path) as store:
        append(store, reports(3))
        append(store, reports(2))
    return path


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder with a ledger of five entries into which the process may not write, root or not."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        with open_for_writing(folder / "ledger.sqlite") as store:
            append(store, reports(5))
        (folder / "ledger.sqlite").chmod(0o444)
        folder.chmod(0o555)
        was_root = os.geteuid() == 0
        if was_root:
            os.seteuid(NOBODY)  # root may write everywhere
        try:
            yield folder
        finally:
            if was_root:
                os.seteuid(0)
            folder.chmod(0o755)


def test_a_closed_ledger_is_one_file(path: Path) -> None:
    """After writing and after reading, nothing lies beside the file."""
    with open_for_reading(path) as store:
        assert 5 == store.size()
    assert ["ledger.sqlite"] == sorted(p.name for p in path.parent.iterdir())


def test_every_connection_is_durable_and_strict(path: Path) -> None:
    """WAL, a full sync at each commit, triggers that see REPLACE, a wait for one's turn."""
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "busy_timeout": 5000,
    }
    with SqliteStore(path, write=True) as store:
        got = {key: store._db.execute(f"PRAGMA {key}").fetchone()[0] for key in wanted}
    assert wanted == got


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET bytes = x'00' WHERE idx = 1",
        "DELETE FROM entries WHERE idx = 4",
        "INSERT OR REPLACE INTO entries VALUES (1, x'00', zeroblob(32))",
        "REPLACE INTO entries VALUES (4, x'00', zeroblob(32))",
        "INSERT INTO entries VALUES (9, x'00', zeroblob(32))",
        "INSERT INTO entries VALUES (-1, x'00', zeroblob(32))",
        "UPDATE checkpoints SET root = zeroblob(32)",
        "DELETE FROM checkpoints",
        "INSERT OR REPLACE INTO checkpoints VALUES (5, zeroblob(32), 0)",
        "INSERT INTO checkpoints VALUES (4, zeroblob(32), 0)",
        "INSERT INTO checkpoints VALUES (6, zeroblob(32), 0)",
    ],
)
def test_the_file_itself_refuses_editing(path: Path, statement: str) -> None:
    """Plain SQL, without any setting of ours, cannot change, drop or skip a line."""
    db = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="only appended"):
        db.execute(statement)
    db.close()
    assert () == audit(path).findings


@pytest.mark.parametrize(
    "values", ["5, 'text', zeroblob(32)", "5, x'', zeroblob(32)", "5, x'00', zeroblob(31)"]
)
def test_the_file_takes_only_bytes_and_whole_hashes(path: Path, values: str) -> None:
    """The tables are strict: no text for bytes, no empty entry, no short hash."""
    db = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(f"INSERT INTO entries VALUES ({values})")
    db.close()


def test_a_full_disk_leaves_nothing_of_the_batch(path: Path) -> None:
    """When the disk is full, the batch is refused whole, and the next that fits is taken."""
    with SqliteStore(path, write=True) as store:
        before = store.head()
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages + 3}")
        with pytest.raises(StoreUnwritable) as full:
            append(store, reports(50, size=2000))
        assert f"{path}: the disk is full; nothing of this batch was recorded" == str(full.value)
        assert before == store.head()
        assert 5 == append(store, reports(1)).first
    assert () == audit(path).findings


def test_a_ledger_held_by_another_writer_is_unwritable(path: Path) -> None:
    """A writer that does not get its turn says so, and records nothing."""
    other = sqlite3.connect(path, isolation_level=None)
    with SqliteStore(path, write=True, wait_ms=1) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnwritable, match="another writer holds it; nothing of this batch"):
            append(store, reports(1))
        assert 5 == store.size()  # reading goes on
        other.execute("ROLLBACK")
        assert 6 == append(store, reports(1)).size
    other.close()


def test_a_ledger_in_no_folder_is_unwritable(tmp_path: Path) -> None:
    """A folder that is missing, is a file, or takes no files cannot hold a ledger."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    for folder in (tmp_path / "missing", tmp_path / "file", Path("/proc/self")):
        with pytest.raises(StoreUnwritable, match="it cannot be opened; is the folder there"):
            open_for_writing(folder / "ledger.sqlite")


def test_a_read_only_ledger_is_read_and_not_written(read_only: Path) -> None:
    """A ledger on a medium that cannot be written is read and audited; appending is refused."""
    path = read_only / "ledger.sqlite"
    assert () == audit(path).findings
    with pytest.raises(StoreUnwritable, match=r"ledger\.sqlite: .*nothing of this batch"):
        append(open_for_writing(path), reports(1))
    with pytest.raises(StoreUnwritable, match="it cannot be opened"):
        open_for_writing(read_only / "other.sqlite")


def test_a_store_opened_for_reading_does_not_write(path: Path) -> None:
    """Appending to a store that was opened for reading is refused."""
    with open_for_reading(path) as store:
        with pytest.raises(StoreUnwritable, match="it may only be read"):
            append(store, reports(1))
        assert 5 == store.size()


def test_reading_makes_no_file(tmp_path: Path) -> None:
    """A mistyped path is said to be wrong, and no empty ledger appears there."""
    path = tmp_path / "leger.sqlite"
    with pytest.raises(SourceUnreachable, match=r"leger\.sqlite: there is no ledger here"):
        open_for_reading(path)
    assert not path.exists()
    with pytest.raises(SourceUnreachable, match="it cannot be opened"):
        open_for_reading(tmp_path)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"when,where\n" * 100])
def test_another_file_is_not_a_ledger(tmp_path: Path, content: bytes) -> None:
    """An empty file, a torn one and a table of text are no ledgers; the file stays as it is."""
    path = tmp_path / "reports.csv"
    path.write_bytes(content)
    with pytest.raises(LedgerDamaged, match=r"reports\.csv: "):
        open_for_reading(path)
    assert content == path.read_bytes()


@pytest.mark.parametrize("how", ["", "PRAGMA journal_mode = WAL"])
def test_a_beginning_that_was_cut_short_is_completed(tmp_path: Path, how: str) -> None:
    """A writer killed while it began the file leaves nothing that stops the next one."""
    path = tmp_path / "ledger.sqlite"
    path.touch()
    db = sqlite3.connect(path)
    db.execute(how)
    db.close()
    with open_for_writing(path) as store:
        assert 1 == append(store, reports(1)).size


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A database of something else is neither read nor turned into a ledger."""
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE entries (idx, bytes, leaf)")
    db.commit()
    db.close()
    before = path.read_bytes()
    for opening in (open_for_reading, open_for_writing):
        with pytest.raises(LedgerDamaged, match="a database, but not that of a ledger"):
            opening(path)
    assert before == path.read_bytes()


def test_a_newer_form_is_not_guessed_at(path: Path) -> None:
    """A file of a later form is refused with both numbers."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 2")
    db.close()
    with pytest.raises(InputUnreadable, match=r"form 2, known here: 1"):
        open_for_reading(path)


def test_nobody_builds_on_a_record_that_does_not_hold_together(path: Path) -> None:
    """Before it appends, a writer compares what is held with the last checkpoint."""
    db = sqlite3.connect(path)
    db.execute("DROP TRIGGER entries_no_update")
    db.execute("UPDATE entries SET leaf = zeroblob(32) WHERE idx = 1")
    db.commit()
    db.close()
    with (
        open_for_writing(path) as store,
        pytest.raises(LedgerDamaged, match="its entries do not give the checkpoint of 5"),
    ):
        append(store, reports(1))


def test_a_record_that_got_shorter_is_noticed_by_its_writer(path: Path) -> None:
    """A writer that saw five entries does not go on after the third."""
    with open_for_writing(path) as store:
        append(store, reports(1))
        other = sqlite3.connect(path)
        other.executescript(
            """DROP TRIGGER entries_no_delete; DROP TRIGGER checkpoints_no_delete;
            DELETE FROM entries WHERE idx >= 3; DELETE FROM checkpoints WHERE size > 3;"""
        )
        other.close()
        with pytest.raises(LedgerDamaged, match="it had 6 entries, now 3"):
            append(store, reports(1))


def test_strict_reading_stops_at_the_first_damage(path: Path) -> None:
    """Whoever reads the record for an answer is stopped at a changed or missing entry."""
    db = sqlite3.connect(path)
    db.executescript(
        """DROP TRIGGER entries_no_update; DROP TRIGGER entries_no_delete;
        UPDATE entries SET bytes = CAST(replace(bytes, 'Side A', 'Side B') AS BLOB) WHERE idx = 3;
        DELETE FROM entries WHERE idx = 1;"""
    )
    db.close()
    with open_for_reading(path) as store:
        with pytest.raises(LedgerDamaged, match="entry 1: it is missing"):
            list(store.entries())
        with pytest.raises(LedgerDamaged, match="entry 3: its bytes do not hash to its leaf"):
            list(store.entries(2))
        assert 1 == len(list(store.entries(0, 1)))


def test_a_closed_store_is_not_a_damaged_record(path: Path) -> None:
    """A mistake of the program is never told as damage of the record."""
    store = open_for_reading(path)
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.head()


def test_an_old_sqlite_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SQLite is too old for strict tables, that is said, and not that the file is damaged."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.34.1")
    with pytest.raises(
        SourceUnreachable, match=r"SQLite 3\.37 or newer is needed, here is 3\.34\.1"
    ):
        open_for_reading(path)


def test_no_error_shows_sql_or_values(path: Path) -> None:
    """Sentences for people hold neither SQL nor SQLite's own words."""
    db = sqlite3.connect(path)
    db.execute("DROP TABLE checkpoints")
    db.close()
    with pytest.raises(TreguaError) as damaged:
        open_for_reading(path)
    assert f"{path}: it does not have the form of a ledger" == str(damaged.value)
