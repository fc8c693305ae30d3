"""What only a process of its own shows: pipes, signals, two writers, letters, a closed door."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROWS, Call, Ran, is_untouched, table, write_rows

ARABIC = ROWS[1]["reporter"]
TREGUA = [sys.executable, "-m", "tregua"]


@pytest.mark.parametrize(
    "words", ["status", "why attacks --at 2030-09-15", "bulletin --json", "lint", "explain"]
)
@pytest.mark.usefixtures("centre")
def test_reader_that_stops_early_is_no_error(words: str) -> None:
    """`tregua ... | head -1` shows one line and nothing on stderr."""
    end, start = os.pipe()
    with subprocess.Popen(
        [*TREGUA, *words.split()], stdout=start, stderr=subprocess.PIPE, text=True
    ) as process:
        os.close(start)
        os.close(end)  # before a byte is written: every write finds nobody
        _, err = process.communicate(timeout=60)
    assert (0, "") == (process.returncode, err)


@pytest.mark.parametrize("words", ["status", "status --json", "lint", "--help", "status --help"])
def test_full_disk_on_stdout_is_told(process: Call, words: str) -> None:
    """Results that cannot be written are told on stderr, with code 5."""
    with Path("/dev/full").open("w") as full:
        ran = process(*words.split(), stdout=full)
    ran.tells(5, "error[X003]", "standard output", "No space left", "help:")


def test_full_disk_on_stderr_changes_no_code(process: Call) -> None:
    """Where nobody takes the message the exit code still says it."""
    with Path("/dev/full").open("w") as full:
        assert 2 == process("status", "--at", "nonsense", stderr=full).code


@pytest.mark.usefixtures("centre")
def test_closed_stdout_is_no_fault() -> None:
    """Started without a stdout at all (`>&-`), a command still gives its code."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m tregua status --at 2030-09-13 >&-"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (1, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize("coding", ["latin-1", "cp1256", "koi8-r"])
def test_terminal_without_our_letters_loses_no_line(process: Call, coding: str) -> None:
    """Arabic and Russian text is shown by number where the terminal lacks the letters."""
    env = os.environ | {"PYTHONIOENCODING": coding}
    assert 0 == process("why", "own:o2", "--at", "2030-09-15", env=env, encoding=coding).code
    told = process("bulletin", "--json", env=env, encoding=coding)
    assert 0 == told.code
    reporters = {r["origin"]["reporter"] for r in json.loads(told.out)["records"]}
    assert {"Monitors", ARABIC} == reporters


def test_stop_during_a_long_intake_records_nothing(centre: Path) -> None:
    """Ctrl-C while a large file is still being read: code 130, one sentence, nothing recorded."""
    os.mkfifo(centre / "large.csv")
    words = [*TREGUA, "intake", "large.csv", "--reader", "own"]
    with (
        subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process,
        (centre / "large.csv").open("w", encoding="utf-8") as endless,
    ):
        endless.write(table(*(ROWS[0] | {"id": f"x{n}"} for n in range(3_000))))
        endless.flush()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    Ran(process.returncode, "", err).tells(130, "stopped; nothing is half recorded")
    assert is_untouched(centre)


def test_two_intakes_at_once_both_arrive_whole(centre: Path) -> None:
    """Each of two writers waits for the other; every record is there once, the ledger is whole."""
    for name in ("one", "two"):
        write_rows(centre / f"{name}.csv", [ROWS[0] | {"id": f"{name}-{n}"} for n in range(100)])
    words = ["one.csv", "two.csv", "one.csv", "two.csv"]
    started = [subprocess.Popen([*TREGUA, "intake", w], stdout=subprocess.DEVNULL) for w in words]
    assert [0, 0, 0, 0] == [p.wait(timeout=60) for p in started]
    assert is_untouched(centre, 5 + 200)


def test_another_clock_zone_and_language_change_no_byte(centre: Path, process: Call) -> None:
    """The page is the same whatever the machine's zone, language and hash seed are."""
    pages = []
    for number, env in enumerate(
        (
            {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
            {
                "TZ": "America/Caracas",
                "LC_ALL": "C.UTF-8",
                "LANG": "ar_SY.UTF-8",
                "PYTHONHASHSEED": "2",
            },
        )
    ):
        name = f"page{number}.html"
        words = ("bulletin", "--at", "2030-09-15", "-o", name)
        assert 0 == process(*words, env=os.environ | env).code
        pages.append((centre / name).read_bytes())
    assert pages[0] == pages[1]
