"""Sealed windows on the command line: nothing is told before both sides are bound."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Call, is_untouched
from tests.cli.parties import SHOT, signed, with_keys

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime.now(UTC)
NOTHING = dict.fromkeys(
    ("committed", "late", "undetermined", "opened_late", "opening_undetermined", "withheld"), 0
)
MARKED = ("--rel", "A,B", "--window", "am")


def declared(call: Call, opens: int, closes: int, open_by: int) -> None:
    """Declare a window; hours from now."""
    times = [f"{NOW + timedelta(hours=h):%Y-%m-%dT%H:%M:%SZ}" for h in (opens, closes, open_by)]
    words = ("--opens", times[0], "--closes", times[1], "--open-by", times[2])
    assert 0 == call("window", "open", "am", *words, "--sides", "side-a,side-b").code


def committed(call: Call, *sides: str) -> None:
    for side in sides:
        assert 0 == signed(call, SHOT | {"id": side}, side=side, more=MARKED).code
        assert 0 == call("window", "commit", f"{side}.bundle").code


def shown(call: Call) -> dict[str, object]:
    found: dict[str, object] = json.loads(call("window", "show", "am", "--json").out)
    return found


def reveal(call: Call, side: str) -> int:
    return call("window", "reveal", f"{side}.bundle", "--key", f"{side}.key").code


@pytest.fixture(autouse=True)
def sides(call: Call) -> None:
    with_keys(call)


def page(call: Call) -> str:
    return call("bulletin", "--at", "2030-09-14", "--json").out


def test_nothing_opens_before_the_window_closes(call: Call) -> None:
    declared(call, -2, 1, 2)
    committed(call, "side-a")
    ran = call("window", "reveal", "side-a.bundle", "--key", "side-a.key")
    ran.tells(2, "nothing is opened before it closes")
    call("window", "close", "am").tells(2, "waits for side-a, side-b")
    assert ["side-a", "side-b"] == shown(call)["waits_for"]
    assert "the mill" not in page(call)


def test_both_open_and_all_is_handed_on_together(call: Call) -> None:
    """Committed after it closed: late, and told all the same. One opening alone shows nothing."""
    declared(call, -3, -1, 1)
    committed(call, "side-a", "side-b")
    assert 0 == reveal(call, "side-a")
    assert "the mill" not in page(call)
    call("window", "close", "am").tells(2, "waits for side-b")
    assert 0 == reveal(call, "side-b")
    assert "the mill" not in page(call)
    assert 0 == call("window", "close", "am").code
    assert "the mill" in page(call)
    ran = call("window", "show", "am")
    assert 1 == ran.code
    assert "closed, and handed on" in ran.out
    assert "provisional" in ran.out
    found = shown(call)["sides"]
    late = NOTHING | {"committed": 1, "late": 1}
    assert {"side-a": late, "side-b": late} == found
    assert 0 == call("audit").code
    call("window", "close", "am").tells(2, "closed already")


def test_what_is_never_opened_is_counted_as_withheld(call: Call) -> None:
    declared(call, -4, -3, -1)
    committed(call, "side-a", "side-b")
    assert 0 == reveal(call, "side-b")
    assert 0 == call("window", "close", "am").code
    found = shown(call)
    late = NOTHING | {"committed": 1, "late": 1}
    expected = {"side-a": late | {"withheld": 1}, "side-b": late | {"opened_late": 1}}
    assert expected == found["sides"]


def test_one_side_cannot_open_what_the_other_committed(call: Call) -> None:
    declared(call, -3, -1, 1)
    committed(call, "side-a")
    before = call("audit", "--json").out
    ran = call("window", "reveal", "side-a.bundle", "--key", "side-b.key")
    ran.tells(2, "no commitment of side-b")
    signed(call, SHOT | {"id": "new"}, more=MARKED)
    ran = call("window", "reveal", "side-a.bundle", "--key", "side-a.key")
    ran.tells(2, "no commitment of side-a")
    assert before == call("audit", "--json").out


def test_windows_that_are_not_there_or_cannot_be(call: Call) -> None:
    signed(call, SHOT, more=MARKED)
    call("window", "commit", "side-a.bundle").tells(2, "no window that is declared")
    call("window", "show", "am").tells(2, "no window am")
    declared(call, -3, -1, 1)
    words = ("--opens", "2030-01-02", "--closes", "2030-01-01", "--open-by", "2030-01-03")
    call("window", "open", "pm", *words, "--sides", "side-a").tells(2, "in that order")
    again = ("--opens", "2030-01-01", "--closes", "2030-01-02", "--open-by", "2030-01-03")
    call("window", "open", "am", *again, "--sides", "side-a").tells(2, "declared already")


def test_taken_in_whole_past_the_window_it_is_sealed_all_the_same(centre: Path, call: Call) -> None:
    """A careless `intake` of a bundle of a window tells nothing before the window is closed."""
    declared(call, -2, 1, 2)
    signed(call, SHOT, more=MARKED)
    assert 0 == call("intake", "side-a.bundle").code
    assert "the mill" not in page(call)
    assert "not held, whole or in part: 1 entries" in call("status", "--at", "2030-09-14").out
    assert is_untouched(centre, 9)
