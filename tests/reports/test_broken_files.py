"""Files that are broken as a whole are told apart in one sentence; none of them crashes."""

import gzip
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tregua.errors import InputUnreadable, WrongUse
from tregua.reports.model import Observation
from tregua.reports.read_file import Reading, choose_reader, read_file, reader_named
from tregua.reports.reader import Options
from tregua.reports.table import open_table

HEADER = "id,record,from,reporter\n"
ROW = "o1,observation,2030-09-13T05:00Z,Monitors\n"
OPTIONS = Options(received=datetime(2030, 10, 1, tzinfo=UTC))


def read_bytes(folder: Path, content: bytes, name: str = "reports.csv") -> Reading:
    path = folder / name
    path.write_bytes(content)
    return read_file(path, OPTIONS)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "reports.csv: is empty"),
        (b"\n\n", "reports.csv: has no column names"),
        (b",,\n1,2,3\n", "reports.csv: has no column names in its first row"),
        (b"id,record,id\n", "reports.csv: names the column 'id' twice in its first row"),
        (b"a,b\n1,2\n", "reports.csv: its columns are those of no known format"),
        ((HEADER + ROW).encode("utf-16"), "reports.csv: byte 0 is not UTF-8 text"),
        (HEADER.encode() + b"o1,no\xe9l,x,y\n", "reports.csv: byte 29 is not UTF-8 text"),
        (
            (HEADER + 'o1,"never closed\n' + ROW).encode(),
            "reports.csv: line 2: a quoted cell begins here and the file ends before it does",
        ),
        (
            (HEADER + f"o1,{'x' * 140_000},,\n").encode(),
            "reports.csv: line 2: a cell is longer than 131,072 characters",
        ),
        (
            (HEADER + 'o1,"a"b,,\n').encode(),
            "reports.csv: line 2: the quotation marks of the row cannot be read",
        ),
    ],
)
def test_broken_csv_is_told_in_one_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    """Each way in which a CSV file can be broken has a sentence of its own."""
    with pytest.raises(InputUnreadable) as caught:
        read_bytes(tmp_path, content)
    assert why == str(caught.value)


def test_byte_position_counts_the_byte_order_mark(tmp_path: Path) -> None:
    """The byte that is named is the byte of the file."""
    with pytest.raises(InputUnreadable, match="byte 3 is"):
        read_bytes(tmp_path, b"\xef\xbb\xbf\xff\n")


@pytest.mark.parametrize("size", [0, 20, 60])
def test_archive_that_breaks_off_is_no_shorter_file(tmp_path: Path, size: int) -> None:
    """A truncated archive is an error as a whole, never the rows that were left."""
    whole = gzip.compress((HEADER + ROW * 500).encode())
    with pytest.raises(InputUnreadable):
        read_bytes(tmp_path, whole[:size], "reports.csv.gz")


def test_plain_file_called_archive_is_told(tmp_path: Path) -> None:
    """A plain file with the ending of an archive is told as damaged."""
    with pytest.raises(InputUnreadable, match="damaged or breaks off"):
        read_bytes(tmp_path, HEADER.encode(), "reports.csv.gz")


def test_line_without_an_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    """An archive that unpacks to one endless line is stopped."""
    with pytest.raises(InputUnreadable, match="a line is longer than 4,000,000 bytes"):
        read_bytes(tmp_path, gzip.compress(b"x" * 5_000_000), "reports.csv.gz")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("o1,observation,2030-09-13T05:00Z\n", "R011"),
        ("o1,observation,2030-09-13T05:00Z,Monitors,more\n", "R011"),
        ("o1,observation,2030-09-13T05:00Z,Moni\0tors\n", "R012"),
    ],
)
def test_torn_rows_are_refused_alone(tmp_path: Path, row: str, code: str) -> None:
    """A row with too few cells, too many, or a NUL byte is refused; the next one is read."""
    reading = read_bytes(tmp_path, (HEADER + row + ROW.replace("o1", "o2")).encode())
    (refused,) = reading.refused
    assert [code] == [note.code for note in refused.notes]
    assert 1 == reading.accepted


def test_blank_rows_are_no_rows(tmp_path: Path) -> None:
    """Blank lines and rows of separators are skipped, and keep their numbers."""
    reading = read_bytes(tmp_path, (HEADER + "\n,,,\n" + ROW).encode())
    assert [4] == [row.number for row in reading.rows]


def test_missing_file_folder_and_other_endings(tmp_path: Path) -> None:
    """A file that is not there, a folder, and a picture are told apart."""
    (tmp_path / "x.png").write_bytes(b"x")
    said = []
    for name in ("absent.csv", "", "x.png"):
        with pytest.raises(InputUnreadable) as caught:
            choose_reader(tmp_path / name)
        said.append(caught.value.why)
    assert ["there is no such file", "is a folder, not a file", "is not a report file"] == said


def test_unknown_reader_is_a_wrong_use() -> None:
    """Asking for a reader that does not exist names those that do."""
    with pytest.raises(WrongUse) as caught:
        reader_named("acme")
    assert "the readers are: own, ged, airwars, claims, timeline" == caught.value.help
    assert "ged" == reader_named("ged").name


# -- JSON Lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ('{"id": "o2",', "R017", "the line is not JSON"),
        ("[1, 2]", "R017", "the line is JSON but no object"),
        ('{"id": "1", "id": "2"}', "R017", "the line names one key twice"),
        ('{"id": "\\ud800"}', "R012", "a cell holds half a character"),
        ("[" * 100_000, "R017", "the line is not JSON"),
    ],
)
def test_bad_line_of_json_is_refused_alone(tmp_path: Path, line: str, code: str, said: str) -> None:
    """A line that is no object is refused; the next one is read."""
    good = json.dumps({"id": "o1", "record": "observation", "from": "2030-09-13T05:00Z"})
    good = good[:-1] + ', "reporter": "Monitors"}'
    reading = read_bytes(tmp_path, f"{line}\n{good}\n".encode(), "reports.jsonl")
    (refused,) = reading.refused
    assert (code, said) == (refused.notes[0].code, refused.notes[0].said)
    assert 1 == reading.accepted


def test_values_of_json_are_read_as_cells(tmp_path: Path) -> None:
    """Numbers, lists, objects, true and null mean what they mean in a table."""
    line = {
        "id": "o1",
        "record": "observation",
        "from": "2030-09-13T05:00Z",
        "reporter": "Monitors",
        "by": ["a", "b"],
        "killed_low": 3,
        "pair_only": True,
        "unit": None,
    }
    (record,) = read_bytes(tmp_path, json.dumps(line).encode(), "reports.jsonl").records
    assert isinstance(record, Observation)
    assert (("a", "b"), 3, True, "") == (
        record.by,
        record.harm.killed.low,
        record.pair_only,
        record.unit,
    )


def test_empty_json_lines_file_is_told(tmp_path: Path) -> None:
    """A file without one object is unreadable as a whole."""
    with pytest.raises(InputUnreadable, match="holds no line that is a JSON object"):
        read_bytes(tmp_path, b"\n", "reports.jsonl")


# -- workbooks ------------------------------------------------------------------------------------


def test_dates_and_numbers_of_a_sheet(tmp_path: Path) -> None:
    """Real dates stay dates, dates with an hour keep it, whole numbers lose their point."""
    book = Workbook()
    sheet = book.active
    sheet.append(["id", "record", "from", "until", "reporter", "killed_low", None])
    first, last = (datetime.fromisoformat(t) for t in ("2030-09-13T00:00", "2030-09-14T06:30"))
    sheet.append(["o1", "observation", first, last, "M", 3.0])
    sheet["C2"].number_format = "yyyy-mm-dd"
    path = tmp_path / "reports.xlsx"
    book.save(path)
    (raw,) = open_table(path).rows
    cells = dict(raw.cells)
    assert ("2030-09-13", "2030-09-14T06:30", "3") == (
        cells["from"],
        cells["until"],
        cells["killed_low"],
    )


def test_workbook_that_is_none(tmp_path: Path) -> None:
    """A text, and an archive that is no workbook, are told as no workbook."""
    (tmp_path / "a.xlsx").write_text("id,record", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("x.txt", "x")
    for name in ("a.xlsx", "b.xlsx"):
        with pytest.raises(InputUnreadable, match="is not a whole XLSX workbook"):
            open_table(tmp_path / name)


def test_empty_sheet_is_told(tmp_path: Path) -> None:
    """A workbook without a cell is unreadable as a whole."""
    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(InputUnreadable):
        open_table(tmp_path / "a.xlsx")


def test_workbook_made_to_burst_is_not_unpacked(tmp_path: Path) -> None:
    """An archive that grows two hundredfold is no report file."""
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(InputUnreadable, match="unpacks to 30,000,000 bytes"):
        open_table(tmp_path / "a.xlsx")


# -- properties -----------------------------------------------------------------------------------


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes
) -> None:
    """Whatever bytes follow a header, the file is read or told unreadable; nothing else happens."""
    folder = tmp_path_factory.mktemp("bytes")
    try:
        reading = read_bytes(folder, HEADER.encode() + tail)
    except InputUnreadable:
        return
    assert reading.accepted + len(reading.refused) + reading.set_aside == len(reading.rows)


@given(st.permutations(("id", "record", "from", "reporter", "zone", "what", "by", "known_at")))
def test_order_of_columns_means_nothing(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    """Columns in any order give the same record."""
    cells = {
        "id": "o1",
        "record": "observation",
        "from": "2030-09-13T05:00",
        "reporter": "Monitors",
        "zone": "Asia/Damascus",
        "what": "attack",
        "by": "a",
        "known_at": "2030-09-14",
    }
    text = ",".join(order) + "\n" + ",".join(cells[name] for name in order) + "\n"
    usual = ",".join(cells) + "\n" + ",".join(cells.values()) + "\n"
    folder = tmp_path_factory.mktemp("order")
    assert read_bytes(folder, usual.encode()).records == read_bytes(folder, text.encode()).records
