"""The key of a desk that ran out, or was revoked: nothing is signed that could not stand."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ROWS, Call, write_rows
from tregua.centre import take_in
from tregua.cli.desk import desk_of
from tregua.errors import WrongUse
from tregua.ledger.open import open_for_reading, open_for_writing
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options
from tregua.reports.to_entry import Filed, write_body

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tregua.reports.model import Record

LATER = datetime.now(UTC) + timedelta(days=401)


def other_rows(centre: Path) -> Iterable[tuple[Record, str]]:
    file = centre / "later.csv"
    write_rows(file, [ROWS[0] | {"id": "later"}])
    for row in read_file(file, Options("Europe/Zurich", "own", datetime.now(UTC))).rows:
        for record in row.records:
            yield record, write_body(Filed(record, row.digest, row.unread))


def size(centre: Path) -> int:
    with open_for_reading(centre / "ledger.sqlite") as store:
        return store.size()


def test_a_key_that_ran_out_signs_nothing(centre: Path, call: Call) -> None:
    """After its time the desk is refused; with a new key it goes on, and the audit holds."""
    before, ledger = size(centre), str(centre / "ledger.sqlite")
    rows = list(other_rows(centre))
    with open_for_writing(ledger) as store, pytest.raises(WrongUse, match="ran out at"):
        take_in(store, rows, desk_of(ledger), now=lambda: LATER)
    assert before == size(centre)
    assert 0 == call("keys", "renew").code
    with open_for_writing(ledger) as store:
        take_in(store, rows, desk_of(ledger), now=lambda: LATER)
    assert before + 2 == size(centre)  # the new key, and the report
    assert [] == json.loads(call("audit", "--json").out)["notes"]


def test_a_key_that_was_revoked_signs_nothing(centre: Path, call: Call) -> None:
    """Reports are refused with what to do, and taken under the new key."""
    words = ("keys", "revoke", "centre/desk", "--root", "ledger.keys/root.key")
    assert 0 == call(*words).code
    before = size(centre)
    write_rows(centre / "later.csv", [ROWS[0] | {"id": "later"}])
    call("intake", "later.csv").tells(2, "was revoked", "tregua keys renew")
    assert before == size(centre)
    assert 0 == call("keys", "renew").code
    assert 0 == call("intake", "later.csv").code
    found = json.loads(call("audit", "--json").out)["notes"]
    assert {"G036"} == {note["code"] for note in found}  # what it signed before, as it was
