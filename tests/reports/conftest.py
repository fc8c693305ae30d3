"""Tables written for one test."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tregua.reports.read_file import Reading, read_file
from tregua.reports.reader import Options

RECEIVED = datetime(2030, 10, 1, tzinfo=UTC)
OBSERVATION = {
    "id": "o1",
    "record": "observation",
    "from": "2030-09-13T05:00",
    "zone": "Asia/Damascus",
    "known_at": "2030-09-14",
    "reporter": "Valley Monitors",
    "what": "mortar-fire",
    "by": "a",
}
COUNT = {
    "id": "c1",
    "record": "count",
    "from": "2030-09-13",
    "zone": "Asia/Damascus",
    "known_at": "2030-09-14",
    "reporter": "Side B",
    "by": "a",
    "number_best": "9",
    "unit": "violations",
}
WriteTable = Callable[..., Path]
ReadOwn = Callable[..., Reading]


@pytest.fixture
def write_table(tmp_path: Path) -> WriteTable:
    def write(*rows: dict[str, str], name: str = "reports.csv") -> Path:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def read_own(write_table: WriteTable) -> ReadOwn:
    def read(*rows: dict[str, str], zone: str | None = None) -> Reading:
        return read_file(write_table(*rows), Options(zone=zone, received=RECEIVED))

    return read


@pytest.fixture
def observation() -> dict[str, str]:
    return dict(OBSERVATION)


@pytest.fixture
def count() -> dict[str, str]:
    return dict(COUNT)


@pytest.fixture
def received() -> datetime:
    return RECEIVED
