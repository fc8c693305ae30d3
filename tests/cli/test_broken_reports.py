"""Report files that are broken: told in words, and nothing of them is recorded."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.conftest import ROWS, Call, is_untouched, table, write_rows
from tregua.ledger.open import open_for_reading
from tregua.sharing.reading import read_entries

GOOD = table(*ROWS)
CUT_CELL = GOOD + '\no9,observation,2030-09-13,,,"never closed'


def workbook() -> bytes:
    book = Workbook()
    for line in GOOD.splitlines():
        book.active.append(line.split(","))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_broken_sheet() -> bytes:
    """A workbook whose archive is whole and whose sheet is not."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    return stream.getvalue()


WHOLE_FILES: list[tuple[str, Callable[[], bytes], str]] = [
    ("cut.csv.gz", lambda: gzip.compress(GOOD.encode())[:-20], "breaks off"),
    ("plain.csv.gz", GOOD.encode, "damaged"),
    ("cut.xlsx", lambda: workbook()[:-500], "not a whole XLSX workbook"),
    ("sheet.xlsx", with_broken_sheet, "not a whole XLSX workbook"),
    ("text.xlsx", GOOD.encode, "not a whole XLSX workbook"),
    ("empty.xlsx", lambda: b"", "not a whole XLSX workbook"),
    ("cut.csv", CUT_CELL.encode, "the file ends before it does"),
    ("utf16.csv", lambda: GOOD.encode("utf-16"), "byte 0 is not UTF-8"),
    ("cp1256.csv", lambda: GOOD.replace("Мост", "").encode("cp1256"), "is not UTF-8"),
    ("cp1251.jsonl", lambda: '{"id": "Мост"}\n'.encode("cp1251"), "is not UTF-8"),
    ("huge.csv", f"{GOOD}\no9,{'x' * 1_000_000}".encode, "a cell is longer"),
    ("line.csv", lambda: b"x" * 5_000_000, "a line is longer"),
    ("columns.csv", lambda: b"colour,size\nred,3\n", "of no known format"),
    ("twice.csv", lambda: b"id,record,id\n", "names the column 'id' twice"),
    ("empty.csv", lambda: b"", "is empty"),
    ("blank.csv", lambda: b"\n\n\n", "no column names"),
    ("empty.jsonl", lambda: b"", "is empty"),
    ("none.jsonl", lambda: b"not json\n[1]\n", "no line that is a JSON object"),
    ("report.pdf", lambda: b"%PDF-1.7\n", "is not a report file"),
    ("zip.csv", lambda: b"PK\x03\x04\xff\xfe", "is not UTF-8"),
]


@pytest.mark.parametrize(
    ("name", "content", "why"), WHOLE_FILES, ids=[n for n, _, _ in WHOLE_FILES]
)
def test_file_that_cannot_be_read_is_told_and_nothing_recorded(
    centre: Path, call: Call, name: str, content: Callable[[], bytes], why: str
) -> None:
    """What, why and code 3; a good file beside it in the same call is not recorded either."""
    (centre / name).write_bytes(content())
    write_rows(centre / "good.csv", [ROWS[0] | {"id": "o7"}])
    call("intake", "good.csv", name).tells(3, "error[X001]", name, why)
    assert is_untouched(centre)


def test_missing_file_is_told(centre: Path, call: Call) -> None:
    """A file that is not there is an input that cannot be read."""
    call("intake", "nowhere.csv").tells(3, "nowhere.csv", "there is no such file")
    assert is_untouched(centre)


def test_folder_without_reports_is_told(centre: Path, call: Call) -> None:
    """A folder is read file by file; one without a report file is told."""
    (centre / "void").mkdir()
    call("intake", "void").tells(3, "void", "holds no")
    assert is_untouched(centre)


def test_folder_with_the_name_of_a_file_is_told(centre: Path, call: Call) -> None:
    """A folder called reports.csv inside a folder is told as a folder."""
    (centre / "in" / "odd.csv").mkdir(parents=True)
    call("intake", "in").tells(3, "odd.csv", "is a folder")
    assert is_untouched(centre)


BAD_ROWS: list[tuple[str, dict[str, str], str]] = [
    ("year 0025", {"from": "0025-09-13"}, "the year 0025 cannot be meant"),
    ("no such day", {"from": "2030-02-30"}, "not a day of the calendar"),
    ("no time", {"from": "yesterday"}, "is not a time"),
    ("end before start", {"until": "2030-09-12"}, "before"),
    ("outside the world", {"lat": "95", "lon": "38"}, "outside the world"),
    ("half a point", {"lat": "35"}, "half a point"),
    ("no number", {"killed_low": "dozens"}, "is not a whole number"),
    ("less than none", {"killed_low": "-3"}, "less than none"),
    ("low above high", {"killed_low": "9", "killed_high": "3"}, "9 is above 3"),
    ("unknown kind", {"record": "gossip"}, "is not a kind of record"),
    ("no kind", {"record": ""}, "`record`"),
    ("no id", {"id": ""}, "`id`"),
    ("no reporter", {"reporter": ""}, "`reporter`"),
    ("unknown zone", {"zone": "Mars/Olympus"}, "not a time zone"),
    ("NUL byte", {"summary": "a\0b"}, "NUL"),
    ("neither yes nor no", {"certain": "perhaps"}, "neither yes nor no"),
    ("not a number", {"lat": "nan", "lon": "1"}, "is not a number"),
    ("too large for an entry", {"summary": "x" * 40_000}, "an entry holds"),
]


@pytest.mark.parametrize(("change", "why"), [b[1:] for b in BAD_ROWS], ids=[b[0] for b in BAD_ROWS])
def test_row_that_cannot_be_meant_is_refused_and_the_others_are_taken(
    centre: Path, call: Call, change: dict[str, str], why: str
) -> None:
    """The reason stands on stdout and in the refusal file, with the row; the good row is taken."""
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8"} | change, ROWS[0] | {"id": "o9"}])
    ran = call("intake", "new.csv")
    ran.hides_its_insides()
    assert (1, "") == (ran.code, ran.err)
    assert "1 accepted" in ran.out
    assert "1 refused" in ran.out
    assert why in ran.out
    assert why in (centre / "new.csv.refused.csv").read_text(encoding="utf-8")
    assert is_untouched(centre, 6)


def test_every_fault_of_a_row_is_told_at_once(centre: Path, call: Call) -> None:
    """Three faults in one row are three reasons."""
    bad = {"id": "o8", "from": "0025-01-01", "lat": "99", "lon": "1", "killed_low": "many"}
    write_rows(centre / "new.csv", [ROWS[0] | bad])
    ran = call("intake", "new.csv")
    for why in ("the year 0025", "outside the world", "'many' is not a whole number"):
        assert why in ran.out


def test_same_id_with_the_same_words_is_recorded_once(centre: Path, call: Call) -> None:
    """The second row of one id, word for word the same, is set aside."""
    row = ROWS[0] | {"id": "o8"}
    write_rows(centre / "new.csv", [row, row])
    ran = call("intake", "new.csv", "--notes")
    assert 0 == ran.code
    assert "1 set aside" in ran.out
    assert "recorded once" in ran.out
    assert is_untouched(centre, 6)


def test_same_id_with_other_words_is_refused(centre: Path, call: Call) -> None:
    """The second row of one id with other words is refused, naming the first."""
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8"}, ROWS[1] | {"id": "o8"}])
    ran = call("intake", "new.csv")
    assert 1 == ran.code
    assert "row 2 already has the id 'o8' with other content" in ran.out
    assert is_untouched(centre, 6)


def test_name_that_nobody_declared_is_taken_as_it_stands(centre: Path, call: Call) -> None:
    """An accused whom the deal does not know is kept; nobody is put in their place."""
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8", "by": "Brigade 7", "certain": ""}])
    assert 0 == call("intake", "new.csv").code
    why = call("why", "own:o8", "--at", "2030-09-15")
    assert 0 == why.code
    assert "by Brigade 7" in why.out


def test_column_that_nobody_knows_is_kept_in_the_ledger(centre: Path, call: Call) -> None:
    """A column of the reporter's own goes into the body beside the record."""
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8", "weather": "fog"}])
    assert 0 == call("intake", "new.csv").code
    with open_for_reading(centre / "ledger.sqlite") as store:
        told = read_entries(store.entries(), store.bodies.all()).told
    assert '["weather","fog"]' in told[-1].body


def test_line_that_is_cut_is_refused_and_the_rest_taken(centre: Path, call: Call) -> None:
    """A JSON Lines file that breaks off in its last line loses that line only, and says so."""
    whole = json.dumps(ROWS[0] | {"id": "o8"})
    (centre / "new.jsonl").write_text(f"{whole}\n{whole[:40]}", encoding="utf-8")
    ran = call("intake", "new.jsonl")
    assert 1 == ran.code
    assert "row 2 error[R017]: the line is not JSON" in ran.out
    assert is_untouched(centre, 6)


def test_naming_without_a_reporter_is_taken(centre: Path, call: Call) -> None:
    """A name may be explained without saying who explains it."""
    row = {"id": "n1", "record": "naming", "by": "the rebels", "known_at": "2030-09-13"}
    write_rows(centre / "new.csv", [row])
    assert 0 == call("intake", "new.csv").code
    assert is_untouched(centre, 6)


def test_files_of_one_name_have_a_refusal_file_each(centre: Path, call: Call) -> None:
    """Refused rows of a/x.csv and b/x.csv do not write over each other."""
    for place in ("a", "b"):
        (centre / place).mkdir()
        write_rows(centre / place / "x.csv", [ROWS[0] | {"id": f"{place}1", "from": "never"}])
    assert 1 == call("intake", "a", "b").code
    texts = [p.read_text(encoding="utf-8") for p in sorted(centre.glob("*x.csv.refused.csv"))]
    assert [True, True] == [any(f"{place}1" in t for t in texts) for place in ("a", "b")]


def test_refusal_files_are_not_read_with_their_folder(centre: Path, call: Call) -> None:
    """Reading the folder again does not refuse the refused rows a second time."""
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8", "from": "never"}])
    first, second = call("intake", "."), call("intake", ".")
    assert (1, 1) == (first.code, second.code)
    assert ["new.csv.refused.csv"] == [p.name for p in centre.glob("*.refused.csv")]


def test_compressed_files_of_a_folder_are_read(centre: Path, call: Call) -> None:
    """No report file of a folder is passed over for being compressed."""
    (centre / "in").mkdir()
    (centre / "in" / "new.csv.gz").write_bytes(
        gzip.compress(table(ROWS[0] | {"id": "o8"}).encode())
    )
    assert 0 == call("intake", "in").code
    assert is_untouched(centre, 6)


def test_dry_run_leaves_no_trace(centre: Path, call: Call) -> None:
    """With --dry-run there is no entry and no refusal file."""
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8"}, ROWS[0] | {"id": "o9", "from": "x"}])
    ran = call("intake", "new.csv", "--dry-run")
    assert 1 == ran.code
    assert "Nothing was recorded" in ran.out
    assert is_untouched(centre)
    assert not list(centre.glob("*.refused.csv"))
