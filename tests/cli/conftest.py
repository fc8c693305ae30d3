"""A small centre to break things in, and two ways to call the command line."""

import csv
import gc
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import tregua
from tregua.cli.main import run
from tregua.ledger.audit import audit

DEAL = """\
---
deal: valley
title: "Two days in the valley"
format: tregua-deal/1
authoritative: text
prose: restated
time zone: Asia/Damascus
---

## 1. No attacks

```deal
party a "Side A"
    is: armed-force

party b "Side B"
    is: armed-group

zone valley "The valley"
    is: area
    geometry: "valley.geojson"

phase truce "Two days"
    starts: 2030-09-12T19:00 Asia/Damascus
    lasts: 48 hours

prohibition attacks "No attacks with any weapon"
    on: a, b
    must not: attack(weapon: any)
    against: a, b
    during: truce
    where: valley
```
"""
SHAPE = """{"type": "Polygon",
"coordinates": [[[39.8, 34.9], [40.0, 34.9], [40.0, 35.1], [39.8, 35.1], [39.8, 34.9]]]}"""
COLUMNS = (
    *("id", "record", "from", "until", "known_at", "reporter", "what", "by", "against", "place"),
    *("means", "certain", "speaks_for", "office", "summary"),
)
ROWS: tuple[dict[str, str], ...] = (
    {
        "id": "o1",
        "record": "observation",
        "from": "2030-09-13T05:00",
        "known_at": "2030-09-13",
        "reporter": "Monitors",
        "what": "mortar-fire",
        "by": "b",
        "against": "a",
        "place": "valley",
        "means": "saw",
        "certain": "yes",
        "summary": "One mortar round",
    },
    {
        "id": "o2",
        "record": "observation",
        "from": "2030-09-14T05:00",
        "known_at": "2030-09-15",
        "reporter": "مراقبون",
        "what": "artillery-fire",
        "place": "Мост",
        "summary": "Shells heard",
    },
    {
        "id": "w1",
        "record": "watch",
        "from": "2030-09-12T19:00",
        "until": "2030-09-14T19:00",
        "known_at": "2030-09-14",
        "reporter": "Monitors",
        "place": "valley",
        "means": "patrol",
    },
)
ENTRIES = len(ROWS) + 2  # the key of the desk, and the deal
PROGRAM = str(Path(tregua.__file__).parent)
INSIDES = re.compile(r"Traceback|\b(?:SELECT|INSERT|PRAGMA|sqlite3\.|BEGIN IMMEDIATE)\b")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    def tells(self, code: int, *words: str) -> None:
        """The exit code is that one, every word stands on stderr, and nothing of our insides."""
        assert (code, []) == (self.code, [w for w in words if w not in self.err]), self
        self.hides_its_insides()

    def hides_its_insides(self) -> None:
        for text in (self.out, self.err):
            assert INSIDES.search(text) is None, text
            assert PROGRAM not in text
            assert "site-packages" not in text


Call = Callable[..., Ran]


def table(*rows: dict[str, str]) -> str:
    return "\n".join([",".join(COLUMNS), *(",".join(r.get(c, "") for c in COLUMNS) for r in rows)])


def write_rows(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        columns = list(dict.fromkeys([*COLUMNS, *(c for row in rows for c in row)]))
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a place of its own for what goes to the temporary folder."""
    (tmp_path / "centre").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.chdir(tmp_path / "centre")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "centre"


@pytest.fixture
def call(centre: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run the command line in the centre's folder: all but the process itself is real."""
    assert Path.cwd() == centre

    def called(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["tregua", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            run()
        gc.enable()  # a command is a short process and switches it off
        told = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return Ran(stop.value.code, told.out, told.err)

    return called


@pytest.fixture
def process(centre: Path) -> Call:
    """Run the command line in the centre's folder as a process of its own."""
    assert Path.cwd() == centre

    def started(*words: str, **how: object) -> Ran:
        how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | how
        done = subprocess.run(  # type: ignore[call-overload]
            [sys.executable, "-m", "tregua", *words], check=False, timeout=60, **how
        )
        return Ran(done.returncode, done.stdout or "", done.stderr or "")

    return started


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre with a deal, reports and a ledger, made once."""
    home = tmp_path_factory.mktemp("made")
    (home / "valley.deal.md").write_text(DEAL, encoding="utf-8")
    (home / "valley.geojson").write_text(SHAPE, encoding="utf-8")
    write_rows(home / "reports.csv", list(ROWS))
    words = [sys.executable, "-m", "tregua", "intake", "reports.csv"]
    subprocess.run(words, cwd=home, check=True, capture_output=True)
    return home


@pytest.fixture
def centre(made: Path, folder: Path) -> Path:
    """The same centre, to break."""
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def deal_only(centre: Path) -> Path:
    (centre / "ledger.sqlite").unlink()
    return centre


def is_untouched(centre: Path, entries: int = ENTRIES) -> bool:
    """Say whether the ledger is whole, as long as it was, and nothing half made lies beside it."""
    checked = audit(centre / "ledger.sqlite")
    assert [] == leftovers(centre)
    assert checked.is_intact
    return checked.size == entries


def leftovers(folder: Path) -> list[str]:
    names = [path.name for path in folder.rglob("*")]
    return [n for n in names if n.endswith((".part", "-journal", "-wal")) or n.startswith(".ref")]
