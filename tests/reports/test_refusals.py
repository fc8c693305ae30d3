"""The refusal file."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tregua.errors import StoreUnwritable
from tregua.reports.read_file import Reading, read_file
from tregua.reports.reader import Options
from tregua.reports.refusals import write_refusals

ReadOwn = Callable[..., Reading]
Cells = dict[str, str]


def test_refused_rows_are_written_with_reason_and_cells(
    tmp_path: Path, read_own: ReadOwn, observation: Cells
) -> None:
    """The file has the row number, the codes, the reasons, and the cells as they stood."""
    reading = read_own(
        observation, observation | {"id": "o2", "killed_low": "dozens", "by": "a, b"}
    )
    path = write_refusals(tmp_path / "reports.csv", reading.rows)
    assert tmp_path / "reports.csv.refused.csv" == path
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert ("3", "R006", "'dozens' is not a whole number") == (
        row["refused_row"],
        row["refused_code"],
        row["refused_reason"],
    )
    assert ("o2", "dozens", "a, b") == (row["id"], row["killed_low"], row["by"])


def test_nothing_refused_writes_nothing(
    tmp_path: Path, read_own: ReadOwn, observation: Cells
) -> None:
    """Without refusals there is no file."""
    reading = read_own(observation)
    assert write_refusals(tmp_path / "reports.csv", reading.rows) is None
    assert ["reports.csv"] == [path.name for path in tmp_path.iterdir()]


def test_corrected_refusals_are_read_again(
    tmp_path: Path, read_own: ReadOwn, observation: Cells
) -> None:
    """A corrected refusal file is a report file; its extra columns change nothing."""
    rows = read_own(observation | {"killed_low": "dozens"}).rows
    path = write_refusals(tmp_path / "reports.csv", rows)
    assert path is not None
    path.write_text(path.read_text(encoding="utf-8").replace(",dozens", ",24"), encoding="utf-8")
    assert 1 == read_file(path, Options()).accepted


def test_missing_folder_is_told(tmp_path: Path, read_own: ReadOwn, observation: Cells) -> None:
    """A folder that cannot be written is one sentence."""
    rows = read_own(observation | {"killed_low": "dozens"}).rows
    with pytest.raises(StoreUnwritable, match=r"reports\.csv\.refused\.csv: No such file"):
        write_refusals(tmp_path / "reports.csv", rows, folder=tmp_path / "absent")
