"""What was acknowledged stays: under `kill -9`, and with several writers at once, in each store."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ledger.postgres_server import Server, missing, running
from tregua.errors import LedgerDamaged
from tregua.ledger.audit import audit
from tregua.ledger.entry import Entry
from tregua.ledger.open import open_for_reading, open_for_writing

APPENDER = Path(__file__).with_name("appender.py")
SIZE = 3  # entries of a batch
BATCHES = 334  # that a killed writer would have appended: a thousand entries
ON_DISK = ("sqlite", "postgresql")

Acknowledged = list[list[str]]  # writer, first index, batch, root after it


@pytest.fixture(params=ON_DISK)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a new ledger."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.sqlite")
    server: Server = request.getfixturevalue("postgres")
    return server.ledger()


def appender(where: str, name: str, batches: int) -> "subprocess.Popen[str]":
    command = [sys.executable, str(APPENDER), where, name, str(batches), str(SIZE)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def appending(where: str, name: str, lines: int, acknowledged: Acknowledged) -> Iterator[None]:
    """Let a writer append until so many batches are acknowledged; note all that it acknowledges."""
    with appender(where, name, BATCHES) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        yield
        process.kill()
        said += process.stdout.read().split("\n")[:-1]  # the last line may be half a line
    acknowledged += [[name, *line.split()] for line in said if line]


def check(where: str, acknowledged: Acknowledged, rounds: int) -> None:
    """Everything acknowledged stands at its place, in whole batches, and the record is clean."""
    assert () == audit(where).findings
    with open_for_writing(where) as store:
        entries = [entry for _, entry in store.entries()]
        for writer, first, batch, root in acknowledged:
            for n in range(SIZE):
                entry = entries[int(first) + n]
                assert isinstance(entry, Entry)
                assert writer == entry.issuer
                assert {"batch": int(batch), "n": n} == json.loads(entry.body)
            assert root == store.root_at(int(first) + SIZE).hex()
    assert len(entries) % SIZE == 0  # no half batch either
    # A batch may have been recorded whose receipt never came: one for each time.
    assert len(acknowledged) * SIZE <= len(entries) <= (len(acknowledged) + rounds) * SIZE


@pytest.mark.slow
def test_no_acknowledged_entry_is_lost_when_the_writer_is_killed(where: str) -> None:
    """Killed at random points, ten times over: all that was acknowledged is there, and whole."""
    dice = random.Random(2016)
    acknowledged: Acknowledged = []
    for turn in range(10):
        with appending(where, f"writer {turn}", 1 + dice.randrange(40), acknowledged):
            pass
        assert () == audit(where).findings
    check(where, acknowledged, 10)
    assert len(acknowledged) > 50


@pytest.mark.slow
def test_no_acknowledged_entry_is_lost_when_the_server_is_killed() -> None:
    """All processes of PostgreSQL killed at random points, three times over, and started again."""
    if missing():
        pytest.skip(f"no PostgreSQL server can be started ({missing()} is not installed)")
    dice = random.Random(1648)
    acknowledged: Acknowledged = []
    with running() as server:  # one of its own, because others would feel it
        where = server.ledger()
        for turn in range(3):
            with appending(where, f"writer {turn}", 1 + dice.randrange(40), acknowledged):
                server.kill()
            server.start()
            assert () == audit(where).findings
        check(where, acknowledged, 3)
    assert len(acknowledged) > 15


@pytest.mark.slow
def test_writers_at_once_make_one_record(where: str) -> None:
    """Four processes begin and fill one ledger together: no fork, no gap, none kept out.

    An audit beside them never takes a batch under way for damage.
    """
    processes = [appender(where, f"writer {n}", 40) for n in range(4)]
    audits = 0
    while any(process.poll() is None for process in processes):
        if begun(where):
            audits += 1
            found = audit(where).findings
            assert [n.said for n in found] in ([], [NOT_BEGUN])
    lines = [process.communicate()[0].splitlines() for process in processes]
    assert [0, 0, 0, 0] == [process.returncode for process in processes]
    firsts = sorted(int(line.split()[0]) for own in lines for line in own)
    assert list(range(0, 4 * 40 * SIZE, SIZE)) == firsts
    assert audits > 0
    assert () == audit(where).findings
    with open_for_reading(where) as store:
        received = [e.received for _, e in store.entries() if isinstance(e, Entry)]
    assert sorted(received) == received
    assert 4 * 40 * SIZE == len(received)


NOT_BEGUN = "it is a database, but not that of a ledger"


def begun(where: str) -> bool:
    path = Path(where)
    return "://" in where or (path.exists() and path.stat().st_size > 0)


def test_two_sessions_never_fork_the_record(where: str) -> None:
    """Two open stores append in turn: each sees what the other wrote before it gives a number."""
    from tregua.ledger.intake import append

    with open_for_writing(where) as one, open_for_writing(where) as other:
        firsts = [
            append(store, [("report", "Side A", str(n))]).first
            for n, store in enumerate((one, other, other, one, other))
        ]
        assert one.head() == other.head()
    assert [0, 1, 2, 3, 4] == firsts


def test_a_second_writer_that_took_no_lock_cannot_fork_it(postgres: Server) -> None:
    """Even a program that passes over the lock is stopped by the tables, or stops the next one."""
    from tregua.ledger.intake import append

    where = postgres.ledger()
    with open_for_writing(where) as store:
        append(store, [("report", "Side A", "1")])
        row = "INSERT INTO led.entries VALUES (1, 'x', sha256('\\x0078'))"
        postgres.execute(where, row)
        with pytest.raises(LedgerDamaged, match="do not give the checkpoint of 1"):
            append(store, [("report", "Side A", "2")])
    assert {"G005", "G008"} == {note.code for note in audit(where).findings}
