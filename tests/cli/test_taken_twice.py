"""What is taken in twice is recorded once; what was changed back is recorded again."""

import json
from pathlib import Path

from tests.cli.conftest import ROWS, Call, is_untouched, write_rows


def taken(call: Call, name: str) -> dict[str, int]:
    ran = call("intake", name, "--json")
    assert 0 == ran.code
    ledger: dict[str, int] = json.loads(ran.out)["ledger"]
    return {key: ledger[key] for key in ("new", "revised", "already")}


def test_same_file_again_records_nothing(centre: Path, call: Call) -> None:
    """Every record of the file stands there already."""
    assert {"new": 0, "revised": 0, "already": 3} == taken(call, "reports.csv")
    assert is_untouched(centre)


def test_row_without_a_date_of_its_own_is_recorded_once(centre: Path, call: Call) -> None:
    """A record known since its intake does not become known later by being taken in again."""
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8", "known_at": ""}])
    assert {"new": 1, "revised": 0, "already": 0} == taken(call, "new.csv")
    assert {"new": 0, "revised": 0, "already": 1} == taken(call, "new.csv")
    assert is_untouched(centre, 6)


def test_text_that_was_changed_back_supersedes_again(centre: Path, call: Call) -> None:
    """The newest version is the one that was taken in last, also when it was there before."""
    first, second = ROWS[0] | {"summary": "one"}, ROWS[0] | {"summary": "two"}
    for row in (first, second, first):
        write_rows(centre / "new.csv", [row])
        assert {"new": 0, "revised": 1, "already": 0} == taken(call, "new.csv")
    assert is_untouched(centre, 8)
    assert "killed not stated; one" in call("why", "own:o1", "--at", "2030-09-15").out
