"""The bundled cases walked from the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Call, is_untouched, leftovers
from tregua.ledger.audit import audit


@pytest.mark.slow
@pytest.mark.parametrize("case", ["syria-2016-02", "syria-2016-09"])
def test_demo_run_twice_records_nothing_twice(folder: Path, call: Call, case: str) -> None:
    """The second run finds every record there, writes the same page, and says the same state."""
    first = call("demo", case, "--in", "there")
    assert (0, "") == (first.code, first.err)
    (page,) = (folder / "there").glob("bulletin-*.html")
    before, size = page.read_bytes(), audit(folder / "there" / "ledger.sqlite").size
    second = call("demo", case, "--in", "there")
    assert 0 == second.code
    assert "(0 new, " in second.out
    assert before == page.read_bytes()
    assert first.out.partition("3. The state")[2] == second.out.partition("3. The state")[2]
    assert is_untouched(folder / "there", size)


@pytest.mark.slow
def test_demo_leaves_what_is_not_its_own_alone(folder: Path, call: Call) -> None:
    """Notes and tables of the user's in the same folder are neither read nor changed."""
    (folder / "there" / "reports").mkdir(parents=True)
    for name in ("notes.txt", "reports/mine.csv", "reports/.DS_Store"):
        (folder / "there" / name).write_bytes(b"mine \xff")
    assert 0 == call("demo", "--in", "there").code
    assert b"mine \xff" == (folder / "there" / "reports" / "mine.csv").read_bytes()
    assert [] == leftovers(folder)


@pytest.mark.parametrize("place", ["/proc/demo", "taken", "taken/below"])
def test_demo_without_a_place_says_so(folder: Path, call: Call, place: str) -> None:
    """A folder that cannot be made is told with code 5, and nothing is written."""
    (folder / "taken").write_text("a file", encoding="utf-8")
    before = {p.name for p in folder.rglob("*")}
    call("demo", "--in", place).tells(5, "error[X004]", place, "nothing was written")
    assert before == {p.name for p in folder.rglob("*")}
