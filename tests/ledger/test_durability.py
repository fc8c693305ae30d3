"""What was acknowledged stays: under `kill -9`, and with several writers at once."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tregua.ledger.audit import audit
from tregua.ledger.entry import Entry
from tregua.ledger.open import open_for_reading, open_for_writing

APPENDER = Path(__file__).with_name("appender.py")
SIZE = 3  # entries of a batch


def appender(path: Path, name: str, batches: int) -> "subprocess.Popen[str]":
    command = [sys.executable, str(APPENDER), str(path), name, str(batches), str(SIZE)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_no_acknowledged_entry_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    """Killed at random points, ten times over: all that was acknowledged is there, and whole."""
    path = tmp_path / "ledger.sqlite"
    dice = random.Random(2016)
    acknowledged: list[list[str]] = []
    for turn in range(10):
        with appender(path, f"writer {turn}", 10_000) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(1 + dice.randrange(40))]
            process.kill()
            lines += process.stdout.read().split("\n")[:-1]  # the last line may be half a line
        acknowledged += [[f"writer {turn}", *line.split()] for line in lines]
        assert () == audit(path).findings
    with open_for_writing(path) as store:
        entries = [entry for _, entry in store.entries()]
        for writer, first, batch, root in acknowledged:
            for n in range(SIZE):
                entry = entries[int(first) + n]
                assert isinstance(entry, Entry)
                assert writer == entry.issuer
                assert {"batch": int(batch), "n": n} == json.loads(entry.body)
            assert root == store.root_at(int(first) + SIZE).hex()
    assert len(acknowledged) > 50
    assert len(entries) % SIZE == 0  # no half batch either
    assert len(acknowledged) * SIZE <= len(entries) <= (len(acknowledged) + 10) * SIZE


@pytest.mark.slow
def test_writers_at_once_make_one_record(tmp_path: Path) -> None:
    """Four processes begin and fill one ledger together: no fork, no gap, none kept out.

    An audit beside them never takes a batch under way for damage.
    """
    path = tmp_path / "ledger.sqlite"
    processes = [appender(path, f"writer {n}", 40) for n in range(4)]
    audits = 0
    while any(process.poll() is None for process in processes):
        if path.exists() and path.stat().st_size:
            audits += 1
            found = audit(path).findings
            assert [n.said for n in found] in ([], [NOT_BEGUN])
    lines = [process.communicate()[0].splitlines() for process in processes]
    assert [0, 0, 0, 0] == [process.returncode for process in processes]
    firsts = sorted(int(line.split()[0]) for own in lines for line in own)
    assert list(range(0, 4 * 40 * SIZE, SIZE)) == firsts
    assert audits > 0
    assert () == audit(path).findings
    with open_for_reading(path) as store:
        received = [entry.received for _, entry in store.entries()]
    assert sorted(received) == received
    assert 4 * 40 * SIZE == len(received)


NOT_BEGUN = "it is a database, but not that of a ledger"
