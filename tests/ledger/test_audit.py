"""The audit: each way of tampering with a ledger file is named, with the place and the reason.

The tampering is done as somebody who owns the file would do it: plain SQL, guards dropped.
"""

import random
import re
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tregua.errors import SourceUnreachable
from tregua.ledger.audit import Audit, audit
from tregua.ledger.codes import PAGES
from tregua.ledger.entry import Entry, canonical, to_bytes
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_reading, open_for_writing
from tregua.ledger.store import Head
from tregua.ledger.tree import EMPTY_ROOT, leaf_hash, root_of
from tregua.terms.notes import Severity

START = datetime(2016, 9, 12, 16, tzinfo=UTC)
BATCHES = (5, 5, 5, 5)  # checkpoints of 5, 10, 15 and 20 entries
SIZE = sum(BATCHES)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of twenty entries in four batches, a minute apart."""
    path = tmp_path / "ledger.sqlite"
    with open_for_writing(path) as store:
        for turn, size in enumerate(BATCHES):
            first = store.size()
            batch = [said(n) for n in range(first, first + size)]
            append(store, batch, now=lambda t=turn: START + timedelta(minutes=t))  # type: ignore[misc]
    return path


def said(n: int) -> tuple[str, str, str]:
    return ("report", "Side A", canonical({"n": n, "text": f"report number {n}"}))


def tamper(path: Path, *statements: str) -> None:
    """Edit the file with its guards away, then put them back, as a careful forger does."""
    db = sqlite3.connect(path, isolation_level=None)
    db.create_function("leaf_hash", 1, leaf_hash)
    guards = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        db.execute(statement)
    for _, sql in guards:
        db.execute(sql)
    db.close()


def leaf(path: Path, index: int) -> str:
    """Give the short id of an entry as it stands in the file."""
    with open_for_reading(path) as store:
        return next(store.rows(index)).leaf.hex()[:12]


def found(result: Audit) -> list[tuple[str, str]]:
    return [(note.code, note.on) for note in result.findings]


RESEAL = "UPDATE entries SET leaf = leaf_hash(bytes) WHERE idx = {}"
CHANGE = (
    "UPDATE entries SET bytes = CAST(replace(bytes, 'number {0}', 'nothing {0}') AS BLOB) "
    "WHERE idx = {0}"
)
SWAP_7_8 = (
    "UPDATE entries SET idx = 99 WHERE idx = 7",
    "UPDATE entries SET idx = 7 WHERE idx = 8",
    "UPDATE entries SET idx = 8 WHERE idx = 99",
)
SWAP_9_10 = tuple(s.replace("= 8", "= 10").replace("= 7", "= 9") for s in SWAP_7_8)


def allow_any_index(path: Path) -> None:
    """Make the tables anew without their checks, keeping the content."""
    tamper(
        path,
        "ALTER TABLE entries RENAME TO old",
        "CREATE TABLE entries (idx INTEGER, bytes, leaf)",
        "INSERT INTO entries SELECT * FROM old",
        "DROP TABLE old",
    )


def test_an_untouched_record_is_intact(path: Path) -> None:
    """Nothing is found; size and root are those of the head."""
    with open_for_reading(path) as store:
        head = store.head()
        result = audit(store, against=head, copy=path)
    assert Audit((), head.size, head.root) == result
    assert result.is_intact


def test_an_empty_record_is_intact(tmp_path: Path) -> None:
    """A ledger that was begun and holds nothing is whole."""
    path = tmp_path / "ledger.sqlite"
    open_for_writing(path).close()
    assert Audit((), 0, EMPTY_ROOT) == audit(path, against=Head(0, EMPTY_ROOT))


def test_a_changed_byte_is_named(path: Path) -> None:
    """A byte of entry 3: the entry, what its leaf is, what its bytes hash to; nothing else."""
    before = leaf(path, 3)
    tamper(path, CHANGE.format(3))
    result = audit(path)
    assert [("G003", "3")] == found(result)
    with open_for_reading(path) as store:
        now = leaf_hash(next(store.rows(3)).data).hex()[:12]
    assert f"entry 3 ({before}) was changed: its bytes hash to {now}" == result.findings[0].said
    assert not result.is_intact


def test_a_changed_leaf_hash_is_named(path: Path) -> None:
    """Only the stored hash was edited: checkpoints prove the bytes, nothing else is said."""
    tamper(path, "UPDATE entries SET leaf = zeroblob(32) WHERE idx = 3")
    assert [("G003", "3")] == found(audit(path))


def test_a_deleted_entry_is_named(path: Path) -> None:
    """Entry 5 is gone: its number is missing, and the entry after the gap is named."""
    tamper(path, "DELETE FROM entries WHERE idx = 5")
    result = audit(path)
    assert [("G002", "5")] == found(result)
    assert f"entry 5 is missing before entry 6 ({leaf(path, 6)})" == result.findings[0].said


def test_several_gaps_are_each_named(path: Path) -> None:
    """One gap does not hide the next, nor a change after it."""
    tamper(path, "DELETE FROM entries WHERE idx IN (2, 7, 8)", CHANGE.format(12))
    assert [("G002", "2"), ("G002", "7"), ("G003", "12")] == found(audit(path))


def test_swapped_entries_inside_a_batch_are_bounded(path: Path) -> None:
    """Entries 7 and 8, whole rows: the two checkpoints between which it was done."""
    tamper(path, *SWAP_7_8)
    result = audit(path)
    assert [("G010", "5")] == found(result)
    assert "the one of 5 does: something in entries 5 to 9 was changed" in result.findings[0].said
    assert "2 later ones fail too" in result.findings[0].said


def test_swapped_entries_of_two_batches_are_named_by_their_times(path: Path) -> None:
    """Entries 9 and 10, whole rows: the later one was received before the earlier one."""
    tamper(path, *SWAP_9_10)
    result = audit(path)
    assert [("G006", "10"), ("G010", "5")] == found(result)
    assert (
        f"entry 10 ({leaf(path, 10)}) was received 2016-09-12 16:01:00.000000+00:00, before "
        f"entry 9 ({leaf(path, 9)}), received 2016-09-12 16:02:00.000000+00:00"
    ) == result.findings[0].said


def test_swapped_bytes_are_named(path: Path) -> None:
    """Only the bytes of 7 and 8 were swapped: each is said to hold the other's."""
    tamper(
        path,
        "CREATE TEMP TABLE t AS SELECT idx, bytes FROM entries WHERE idx IN (7, 8)",
        "UPDATE entries SET bytes = (SELECT bytes FROM t WHERE t.idx = 15 - entries.idx) "
        "WHERE idx IN (7, 8)",
    )
    result = audit(path)
    assert [("G004", "7"), ("G004", "8")] == found(result)
    assert "holds the bytes of entry 8" in result.findings[0].said


def test_a_rewritten_entry_with_its_hash_is_bounded_by_checkpoints(path: Path) -> None:
    """Bytes and leaf rewritten: the last checkpoint that agrees, the first that does not."""
    tamper(path, CHANGE.format(12), RESEAL.format(12))
    result = audit(path)
    assert [("G010", "10")] == found(result)
    assert re.fullmatch(
        r"the entries do not give the checkpoint of 15 \([0-9a-f]{12}\), the one of 10 does: "
        r"something in entries 10 to 14 was changed; 1 later ones fail too",
        result.findings[0].said,
    )


def test_a_rewritten_entry_of_the_last_batch_may_be_the_checkpoint(path: Path) -> None:
    """In the last batch nothing tells whether entry or checkpoint was edited, and that is said."""
    tamper(path, CHANGE.format(17), RESEAL.format(17))
    said = audit(path).findings[0].said
    assert "something in entries 15 to 19, or this checkpoint itself, was changed" in said


def test_a_rewritten_entry_is_named_with_a_copy(path: Path, tmp_path: Path) -> None:
    """With a copy, the rewritten entry itself is named, with both ids."""
    copy = Path(shutil.copy(path, tmp_path / "copy.sqlite"))
    before = leaf(path, 12)
    tamper(path, CHANGE.format(12), RESEAL.format(12))
    result = audit(path, copy=copy)
    assert [("G010", "10"), ("G013", "12")] == found(result)
    assert f"entry 12 is {leaf(path, 12)}, in the copy it is {before}" == result.findings[1].said


def test_an_entry_dropped_without_a_gap_is_named_with_a_copy(path: Path, tmp_path: Path) -> None:
    """Entry 5 dropped and all later ones moved up: bounded alone, named with a copy."""
    copy = Path(shutil.copy(path, tmp_path / "copy.sqlite"))
    gone = leaf(path, 5)
    tamper(
        path,
        "DELETE FROM entries WHERE idx = 5",
        *(f"UPDATE entries SET idx = {n - 1} WHERE idx = {n}" for n in range(6, SIZE)),
    )
    assert [("G010", "5"), ("G007", "19")] == found(audit(path))
    result = audit(path, copy=copy)
    assert [("G010", "5"), ("G007", "19"), ("G014", "5")] == found(result)
    assert f"entry 5 of the copy ({gone}) is not in the record" == result.findings[2].said


def test_an_inserted_entry_is_named_with_a_copy(path: Path, tmp_path: Path) -> None:
    """A forged entry put in at 5, later ones moved down, checkpoints made anew."""
    copy = Path(shutil.copy(path, tmp_path / "copy.sqlite"))
    with open_for_reading(path) as store:
        (before,) = (e for _, e in store.entries(5, 6) if isinstance(e, Entry))
        received = before.received
        data = to_bytes(Entry("report", "Side B", '"forged"', received))
    tamper(
        path,
        *(f"UPDATE entries SET idx = {n + 1} WHERE idx = {n}" for n in reversed(range(5, SIZE))),
        f"INSERT INTO entries VALUES (5, x'{data.hex()}', x'{leaf_hash(data).hex()}')",
    )
    assert [("G010", "5"), ("G008", "20")] == found(audit(path))
    reseal_checkpoints(path)
    assert [] == found(audit(path))
    result = audit(path, copy=copy)
    assert [("G015", "5")] == found(result)
    assert f"entry 5 ({leaf_hash(data).hex()[:12]}) is not in the copy" == result.findings[0].said


def reseal_checkpoints(path: Path) -> None:
    """Make one checkpoint anew for everything, as a forger who knows the format would."""
    with open_for_reading(path) as store:
        leaves = [row.leaf for row in store.rows()]
    tamper(
        path,
        "DELETE FROM checkpoints",
        f"INSERT INTO checkpoints SELECT {len(leaves)}, x'{root_of(leaves).hex()}', "
        "json_extract(CAST(bytes AS TEXT), '$.received') FROM entries ORDER BY idx DESC LIMIT 1",
    )


def test_swapped_entries_are_named_with_a_copy(path: Path, tmp_path: Path) -> None:
    """Swapped and resealed: only a copy shows it, and it names both."""
    copy = Path(shutil.copy(path, tmp_path / "copy.sqlite"))
    tamper(path, *SWAP_7_8)
    reseal_checkpoints(path)
    assert [] == found(audit(path))
    result = audit(path, copy=copy)
    assert [("G016", "7"), ("G016", "8")] == found(result)
    assert f"entry 7 ({leaf(path, 7)}) is entry 8 of the copy" == result.findings[0].said


def test_a_changed_checkpoint_is_named(path: Path) -> None:
    """The root of one checkpoint edited: later ones agree, so it is this line."""
    tamper(path, "UPDATE checkpoints SET root = zeroblob(32) WHERE size = 10")
    result = audit(path)
    assert [("G009", "checkpoint 10")] == found(result)
    assert "the checkpoint of 10 entries (000000000000) was changed" in result.findings[0].said


def test_a_redated_checkpoint_is_named(path: Path) -> None:
    """The time of a checkpoint is that of its last entry."""
    tamper(path, f"UPDATE checkpoints SET at = {2**62} WHERE size = 10")
    assert [("G009", "checkpoint 10")] == found(audit(path))


def test_removed_checkpoints_leave_entries_beyond(path: Path) -> None:
    """The last checkpoint removed: its entries stand beyond the one before."""
    tamper(path, "DELETE FROM checkpoints WHERE size = 20")
    result = audit(path)
    assert [("G008", "15")] == found(result)
    assert "entries 15 to 19 beyond the last checkpoint, which counts 15" == result.findings[0].said


def test_a_cut_record_is_named_by_its_checkpoint(path: Path) -> None:
    """The tail deleted, its checkpoint kept: from where entries are gone."""
    tamper(path, "DELETE FROM entries WHERE idx >= 17")
    result = audit(path)
    assert [("G007", "17")] == found(result)
    assert "counts 20 entries, the record 17: entries 17 to 19 gone" in result.findings[0].said


def test_a_record_cut_with_its_checkpoints_needs_a_head_or_a_copy(
    path: Path, tmp_path: Path
) -> None:
    """Cut cleanly, the record looks whole; a saved head or a copy shows what is gone."""
    copy = Path(shutil.copy(path, tmp_path / "copy.sqlite"))
    with open_for_reading(path) as store:
        head = store.head()
    tamper(path, "DELETE FROM entries WHERE idx >= 15", "DELETE FROM checkpoints WHERE size > 15")
    assert audit(path).is_intact
    by_head = audit(path, against=head)
    assert [("G011", "15")] == found(by_head)
    assert "the saved head counts 20 entries, the record 15: entries 15 to 19 gone" == (
        by_head.findings[0].said
    )
    by_copy = audit(path, copy=copy)
    assert [("G017", "15")] == found(by_copy)
    assert "the copy goes on to 20 entries; entries 15 to 19 not in the record" == (
        by_copy.findings[0].said
    )


def test_a_history_written_anew_needs_a_head_or_a_copy(path: Path) -> None:
    """Entry, hash and all checkpoints made anew: the saved head does not agree any more."""
    with open_for_reading(path) as store:
        saved = Head(10, store.root_at(10))
    tamper(path, CHANGE.format(2), RESEAL.format(2))
    reseal_checkpoints(path)
    assert audit(path).is_intact
    result = audit(path, against=saved)
    assert [("G012", "10")] == found(result)
    assert saved.root.hex()[:12] in result.findings[0].said


def test_a_record_that_went_on_agrees_with_its_older_copy(path: Path, tmp_path: Path) -> None:
    """Entries after the end of an older copy, or of an older head, are no difference."""
    copy = Path(shutil.copy(path, tmp_path / "copy.sqlite"))
    with open_for_writing(path) as store:
        head = store.head()
        append(store, [said(20)])
        assert () == audit(store, against=head, copy=copy).findings


def test_a_damaged_copy_is_said_to_be_one(path: Path, tmp_path: Path) -> None:
    """When the copy fails its own audit, a warning says so beside the difference."""
    copy = Path(shutil.copy(path, tmp_path / "copy.sqlite"))
    tamper(copy, CHANGE.format(4))
    result = audit(path, copy=copy)
    assert [("G018", ""), ("G013", "4")] == found(result)
    assert "copy.sqlite fails its own audit: entry 4" in result.findings[0].said


def test_bytes_that_the_door_does_not_write_are_named(path: Path) -> None:
    """A space put into entry 3, with its hash and checkpoints made anew, is still noticed."""
    tamper(
        path,
        """UPDATE entries SET bytes = CAST(replace(bytes, '{"n"', '{ "n"') AS BLOB)
        WHERE idx = 3""",
        RESEAL.format(3),
    )
    reseal_checkpoints(path)
    result = audit(path)
    assert [("G005", "3")] == found(result)
    assert "is no entry: it is not canonical JSON" in result.findings[0].said


def test_a_missing_guard_is_a_warning(path: Path) -> None:
    """The guards taken away, nothing else: a warning that names the guard; the record is whole."""
    db = sqlite3.connect(path)
    db.execute("DROP TRIGGER entries_no_update")
    db.close()
    result = audit(path)
    assert ["entries_no_update is missing or changed"] == [n.said for n in result.findings]
    assert Severity.WARNING is result.findings[0].severity
    assert result.is_intact


def test_tables_made_anew_are_still_audited(path: Path) -> None:
    """Without types and keys: a number that stands twice, texts for bytes, an index of nothing."""
    allow_any_index(path)
    tamper(
        path,
        "INSERT INTO entries SELECT idx, bytes, leaf FROM entries WHERE idx = 6",
        "UPDATE entries SET bytes = 'words', leaf = NULL WHERE idx = 9",
        "INSERT INTO entries VALUES (NULL, NULL, NULL)",
    )
    codes = [note.code for note in audit(path).findings]
    assert {"G019", "G020", "G003", "G005"} == set(codes)


def test_a_file_that_is_no_ledger_is_an_answer(tmp_path: Path) -> None:
    """Random bytes instead of a ledger: the audit fails, with no exception."""
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(random.Random(1).randbytes(8192))
    result = audit(path)
    assert [("G001", "")] == found(result)
    assert not result.is_intact
    assert "it is not a ledger file, or its beginning was overwritten" == result.findings[0].said


def test_a_missing_file_is_not_a_damaged_record(tmp_path: Path) -> None:
    """No file is exit 5, not 4: the audit shares its code with nothing."""
    with pytest.raises(SourceUnreachable):
        audit(tmp_path / "ledger.sqlite")


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_to_the_file_never_passes(path: Path, seed: int) -> None:
    """Random bytes over any page, or the file cut: never an exception, never missed."""
    with open_for_reading(path) as store:
        before, head = list(store.rows()), store.head()
    dice = random.Random(seed)
    content = bytearray(path.read_bytes())
    if seed % 4 == 0:
        del content[dice.randrange(len(content)) :]
    else:
        at = dice.randrange(len(content))
        noise = dice.randbytes(dice.choice([1, 16, 4096]))
        content[at : at + len(noise)] = noise[: len(content) - at]
    path.write_bytes(content)
    result = audit(path, against=head)
    if result.is_intact:
        with open_for_reading(path) as store:
            assert before == list(store.rows())


def test_an_audit_changes_nothing(path: Path) -> None:
    """The bytes of the file are the same after the audit."""
    before = path.read_bytes()
    audit(path)
    assert before == path.read_bytes()
    assert ["ledger.sqlite"] == [p.name for p in path.parent.iterdir()]


def test_every_code_has_one_page() -> None:
    """Pages are numbered without gap or repeat, and none is empty."""
    assert [f"G{n:03d}" for n in range(1, len(PAGES) + 1)] == [page.code for page in PAGES]
    assert all(page.title and page.what and page.why and page.help for page in PAGES)
