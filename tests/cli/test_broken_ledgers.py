"""Ledgers that are away, damaged, locked, or cannot be written."""

import os
import resource
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from tests.cli.conftest import ENTRIES, ROWS, Call, is_untouched, write_rows
from tregua.ledger.audit import audit
from tregua.ledger.open import open_for_reading

READING = [("status",), ("why", "attacks"), ("tallies",), ("bulletin",), ("bulletin", "--json")]


@pytest.mark.parametrize("words", [*READING, ("audit",)])
def test_ledger_that_is_not_there_is_out_of_reach(
    deal_only: Path, call: Call, words: tuple[str, ...]
) -> None:
    """Code 5, and no ledger is made by asking for one."""
    call(*words).tells(
        5, "error[X003]", "ledger.sqlite", "there is no ledger here", "tregua intake"
    )
    assert not (deal_only / "ledger.sqlite").exists()


@pytest.mark.parametrize("words", [*READING, ("intake", "reports.csv")])
@pytest.mark.parametrize(
    "content", [b"this is no data base", b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_file_that_is_no_ledger_fails(
    centre: Path, call: Call, words: tuple[str, ...], content: bytes
) -> None:
    """Code 4: what lies where the ledger should lie is none; it is left as it is."""
    (centre / "ledger.sqlite").write_bytes(content)
    call(*words).tells(4, "error[X002]", "ledger.sqlite", "tregua audit")
    assert content == (centre / "ledger.sqlite").read_bytes()


def test_audit_of_a_file_that_is_no_ledger_is_an_answer(centre: Path, call: Call) -> None:
    """The audit says so on stdout, with code 4."""
    (centre / "ledger.sqlite").write_bytes(b"this is no data base")
    ran = call("audit")
    ran.hides_its_insides()
    assert (4, "") == (ran.code, ran.err)
    assert "it is not a ledger file" in ran.out
    assert "fails its audit" in ran.out


@pytest.mark.parametrize("words", [*READING, ("intake", "new.csv"), ("audit",)])
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), 'e', 'f') AS BLOB)",
        "UPDATE entries SET leaf = zeroblob(32) WHERE idx = 1",
        "UPDATE checkpoints SET root = zeroblob(32)",
        "DELETE FROM entries WHERE idx = 2",
        "DELETE FROM entries WHERE idx = 3",
    ],
)
def test_ledger_that_was_edited_has_code_4_everywhere(
    centre: Path, call: Call, words: tuple[str, ...], change: str
) -> None:
    """No command builds an answer, or an entry, on a ledger that was changed."""
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8"}])
    with closing(sqlite3.connect(centre / "ledger.sqlite")) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute(change)
        db.commit()
    before = list(_lines(centre / "ledger.sqlite"))
    ran = call(*words)
    ran.hides_its_insides()
    assert 4 == ran.code
    assert before == list(_lines(centre / "ledger.sqlite"))


def _lines(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT idx, bytes, leaf FROM entries ORDER BY idx").fetchall()


def test_one_byte_of_an_entry_is_named(centre: Path, call: Call) -> None:
    """One letter of one entry, changed in the file itself, is found and the entry named."""
    path = centre / "ledger.sqlite"
    with open_for_reading(path) as store:
        entry = next(store.rows(2)).data
    whole = path.read_bytes()
    assert 1 == whole.count(entry)
    changed = entry[:200] + (b"B" if entry[200:201] == b"A" else b"A") + entry[201:]
    path.write_bytes(whole.replace(entry, changed))
    ran = call("audit")
    ran.hides_its_insides()
    assert 4 == ran.code
    assert "entry 2" in ran.out
    call("status", "--at", "2030-09-15").tells(4, "entry 2", "its bytes do not hash to its leaf")


def test_a_body_that_was_changed_does_not_open(centre: Path, call: Call) -> None:
    """One bit of what lies at rest is seen by whoever reads it, and the audit names the entry."""
    path = centre / "ledger.bodies"
    with closing(sqlite3.connect(path)) as db:
        (payload,) = db.execute("SELECT payload FROM payloads").fetchone()
    whole = path.read_bytes()
    at = whole.index(payload[:60])
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    call("status", "--at", "2030-09-15").tells(4, "the body of entry", "it was changed")
    ran = call("audit")
    assert (4, True) == (ran.code, "G030" in ran.out)


def test_a_body_of_another_entry_is_not_taken_for_its_own(centre: Path, call: Call) -> None:
    """Two sealed bodies exchanged both open, and both say whose they are."""
    for file, table in (("ledger.bodies", "payloads"), ("ledger.vault", "headers")):
        with closing(sqlite3.connect(centre / file)) as db:
            (one, *_, other) = (row[0] for row in db.execute(f"SELECT entry FROM {table}"))
            for new, old in ((b"\0" * 32, one), (one, other), (other, b"\0" * 32)):
                db.execute(f"UPDATE {table} SET entry = ? WHERE entry = ?", (new, old))
            db.commit()
    call("status", "--at", "2030-09-15").tells(4, "the body of entry", "of another entry")


def test_the_keepers_key_is_needed_and_is_its_owners_alone(centre: Path, call: Call) -> None:
    """Missing, open to others, another one, none at all: each is told, and nothing is shown."""
    path = centre / "ledger.keys" / "keeper.key"
    own = path.read_text("ascii")
    assert 0o600 == path.stat().st_mode & 0o777
    path.chmod(0o640)
    call("status").tells(3, "keeper.key", "others than its owner", "keep the one that opens")
    path.unlink()
    call("status").tells(3, "keeper.key", "is not there", "help:")
    call("intake", "reports.csv").tells(3, "keeper.key", "is not there")
    assert not path.exists()  # no second key for what is held already
    for text, why in (
        (f"{pyrage.x25519.Identity.generate()}\n", "another key"),
        ("x", "no age key"),
    ):
        path.write_text(text, "ascii")
        path.chmod(0o600)
        call("status").tells(3, "keeper.key", why)
    path.write_text(own, "ascii")
    assert 0 == call("intake", "reports.csv").code


@pytest.mark.parametrize(("lost", "held"), [("vault", "bodies"), ("bodies", "vault")])
def test_one_half_of_the_bodies_is_no_half_answer(
    lost: str, held: str, centre: Path, call: Call
) -> None:
    """Payloads without headers open nothing, and the other way round; which is missing is told."""
    (centre / f"ledger.{lost}").unlink()
    words = (f"ledger.{lost}: it is missing", f"ledger.{held}", "back-up")
    call("status").tells(3, *words)
    call("intake", "reports.csv").tells(3, *words)
    assert not (centre / f"ledger.{lost}").exists()


def test_bodies_that_an_earlier_version_kept_are_told(centre: Path, call: Call) -> None:
    """Unencrypted words are not read and not added to; what to do is said."""
    for name in ("ledger.bodies", "ledger.vault"):
        (centre / name).unlink()
    with closing(sqlite3.connect(centre / "ledger.bodies")) as db:
        db.execute("CREATE TABLE bodies (entry BLOB PRIMARY KEY, disclosures TEXT NOT NULL)")
        db.commit()
    for words in (("status",), ("intake", "reports.csv"), ("audit",)):
        call(*words).tells(3, "ledger.bodies", "unencrypted", "new ledger", "destroy this file")


def test_head_saved_elsewhere_finds_a_ledger_that_was_cut(centre: Path, call: Call) -> None:
    """A ledger written anew and shorter is whole by itself, and not beside a saved head."""
    head = call("audit").out.strip().rpartition("here can reach it: ")[2]
    (centre / "ledger.sqlite").unlink()
    write_rows(centre / "less.csv", list(ROWS[:1]))
    assert 0 == call("intake", "less.csv").code
    assert 0 == call("audit").code
    ran = call("audit", "--head", head)
    assert 4 == ran.code
    assert "the saved head counts 5 entries" in ran.out


def test_copy_that_differs_is_named(centre: Path, call: Call) -> None:
    """A copy with an entry more is no damage; a copy of another ledger is."""
    shutil.copy(centre / "ledger.sqlite", centre / "theirs.sqlite")
    ran = call("audit", "--copy", "theirs.sqlite")
    assert 0 == ran.code
    call("audit", "--copy", "nowhere.sqlite").tells(5, "nowhere.sqlite", "no ledger here")


@pytest.mark.parametrize("place", ["/proc/ledger.sqlite", "reports.csv/ledger.sqlite", "no/such/l"])
def test_place_that_cannot_be_written_is_told(centre: Path, call: Call, place: str) -> None:
    """Code 5, what and why, and that nothing was recorded."""
    ran = call("intake", "reports.csv", "--ledger", place)
    ran.tells(5, "error[X004]", place, "cannot be opened", "nothing of this batch was recorded")
    assert is_untouched(centre)


def test_folder_in_place_of_the_ledger_is_told(centre: Path, call: Call) -> None:
    """A folder is no ledger, to read or to write."""
    (centre / "void").mkdir()
    call("intake", "reports.csv", "--ledger", "void").tells(5, "void", "cannot be opened")
    call("status", "--ledger", "void").tells(5, "void", "cannot be opened")


@pytest.mark.slow
def test_full_disk_records_nothing(centre: Path, process: Call) -> None:
    """A batch that outgrows the disk is told with code 5, and the ledger is as it was."""
    rows = [ROWS[0] | {"id": f"x{n}", "summary": "word " * 200} for n in range(400)]
    write_rows(centre / "large.csv", rows)
    ran = process("intake", "large.csv", preexec_fn=_small_files)
    ran.tells(5, "error[X004]", "ledger.bodies", "nothing of this batch was recorded", "help:")
    assert is_untouched(centre)


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))


@pytest.mark.parametrize(
    "words",
    [
        ("bulletin", "--at", "2030-09-15", "-o", "page.html"),
        ("bulletin", "--at", "2030-09-15", "--format", "json", "-o", "state.json"),
    ],
)
def test_file_that_outgrows_the_disk_is_not_half_written(
    centre: Path, process: Call, words: tuple[str, ...]
) -> None:
    """Neither a page nor a table is left in part."""
    rows = [ROWS[0] | {"id": f"x{n}", "summary": "word " * 20} for n in range(60)]
    write_rows(centre / "more.csv", rows)
    assert 0 == process("intake", "more.csv").code
    before = {p.name for p in centre.rglob("*")}
    ran = process(*words, preexec_fn=_tiny_files)
    ran.tells(5, "error[X004]", words[-1], "File too large", "nothing of it was written")
    assert set() == {p.name for p in centre.rglob("*")} - before


def _tiny_files() -> None:
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (33_000, 33_000)
    )  # the smallest in which SQLite can read


def test_temporary_folder_without_room_is_told(centre: Path, process: Call) -> None:
    """A table that needs the temporary folder is not half written when there is no room there."""
    # Where lxml happens to be installed, openpyxl would write through it and hide the reason.
    env = os.environ | {"OPENPYXL_LXML": "False"}
    ran = process("template", "new.xlsx", preexec_fn=_no_files, env=env)
    ran.tells(5, "error[X003]", "File too large")
    assert not (centre / "new.xlsx").exists()
    ran = process("template", "new.csv", preexec_fn=_no_files)
    ran.tells(5, "error[X004]", "new.csv: File too large", "nothing of it was written")
    assert is_untouched(centre)
    assert not (centre / "new.csv").exists()


def _no_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


@pytest.mark.parametrize("place", ["/proc/x.html", "reports.csv/x.html", "no/such/x.html"])
def test_page_that_cannot_be_written_is_told(centre: Path, call: Call, place: str) -> None:
    """Code 5, the file, and that nothing of it was written."""
    ran = call("bulletin", "--at", "2030-09-15", "-o", place)
    ran.tells(5, "error[X004]", place, "nothing of it was written")
    assert is_untouched(centre)


@pytest.mark.parametrize("name", ["ledger.sqlite", "valley.deal.md"])
def test_page_is_not_written_over_its_sources(centre: Path, call: Call, name: str) -> None:
    """A page never takes the place of the ledger or the deal it is made from."""
    call("bulletin", "--deal", "valley.deal.md", "-o", name).tells(2, name, "name another file")
    assert is_untouched(centre)


@pytest.mark.slow
def test_ledger_that_another_program_holds_is_told(centre: Path, process: Call) -> None:
    """A writer that waits in vain says who is in the way, with code 5; readers are not kept out."""
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8"}])
    with closing(sqlite3.connect(centre / "ledger.sqlite", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        ran = process("intake", "new.csv")
        seen = process("status", "--at", "2030-09-13")
        db.execute("ROLLBACK")
    ran.tells(5, "error[X004]", "another writer holds it", "nothing of this batch was recorded")
    assert 1 == seen.code
    assert ENTRIES == audit(centre / "ledger.sqlite").size
