"""Silence told from a loss: "nothing to report" is signed, and each party counts what it signed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.parties import SHOT, signed, with_keys
from tregua.ledger.signing.bundle import read_bundle
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.signing.read import read_entry

if TYPE_CHECKING:
    from tests.cli.conftest import Call

NIL = ("--from", "2030-09-13", "--until", "2030-09-13", "--rel", "A,B")


@pytest.fixture(autouse=True)
def sides(call: Call) -> None:
    with_keys(call)
    assert 0 == call("keys", "new", "side-a/hq", "--to", "hq.key").code
    assert 0 == call("keys", "name", "hq.key", "--root", "side-a-root.key").code


def doubts(call: Call) -> list[tuple[str, str]]:
    """Return code and key of everything that the audit finds."""
    return [(n["code"], n["on"]) for n in json.loads(call("audit", "--json").out)["notes"]]


def tally(call: Call, to: str = "day.bundle") -> None:
    words = ("keys", "tally", "side-a.key.place", "--key", "hq.key", "--rel", "A,B", "--to", to)
    assert 0 == call(*words).code


def test_nothing_to_report_is_signed_for_a_time(call: Call) -> None:
    """The day is that of the deal's zone, with its end; it stands in the ledger as an entry."""
    assert 0 == call("nil", "--key", "side-a.key", *NIL, "--to", "nil.bundle").code
    (one,) = read_bundle(Path("nil.bundle"))
    said = {f.name: f.value for f in fields_in(read_entry(one.entry), one.disclosures)}
    assert {"from": "2030-09-12T21:00:00+00:00", "until": "2030-09-13T21:00:00+00:00"} == said
    assert 0 == call("intake", "nil.bundle").code
    assert [] == doubts(call)


def test_nothing_to_report_in_a_sealed_window_is_a_commitment(call: Call) -> None:
    """Nobody can tell before the opening which of the two sides had something to say."""
    times = ("--opens", "2020-09-13", "--closes", "2120-09-13", "--open-by", "2120-09-14")
    assert 0 == call("window", "open", "am", *times, "--sides", "side-a,side-b").code
    words = ("nil", "--key", "side-a.key", *NIL, "--window", "am", "--to", "nil.bundle")
    assert 0 == call(*words).code
    assert 0 == call("window", "commit", "nil.bundle").code
    sides = json.loads(call("window", "show", "am", "--json").out)["sides"]
    assert {"side-a": 1, "side-b": 0} == {side: said["committed"] for side, said in sides.items()}


def test_a_time_that_ends_before_it_begins(call: Call) -> None:
    words = ("nil", "--key", "side-a.key", "--rel", "A", "--to", "nil.bundle")
    call(*words, "--from", "2030-09-14", "--until", "2030-09-13").tells(2, "must lie before")
    call(*words, "--from", "soon", "--until", "2030-09-13").tells(2, "--from")
    assert not Path("nil.bundle").exists()
    assert not Path("side-a.key.place").exists()


def test_a_tally_of_what_is_here(call: Call) -> None:
    signed(call, SHOT)
    tally(call)
    assert 0 == call("intake", "side-a.bundle", "day.bundle").code
    assert [] == doubts(call)


def test_an_entry_that_was_never_handed_on_is_seen(call: Call) -> None:
    """The last of a chain leaves no gap behind it; the tally shows that it is missing."""
    signed(call, SHOT)
    Path("side-a.bundle").rename("first.bundle")
    signed(call, SHOT | {"id": "s2"})
    tally(call)
    assert 0 == call("intake", "first.bundle", "day.bundle").code
    ran = call("audit")
    assert 0 == ran.code
    assert "counts 2 entries of side-a/post, the ledger holds 1: 1 is missing" in ran.out
    assert [("G034", "side-a/post")] == doubts(call)
    assert 0 == call("intake", "side-a.bundle").code
    assert [] == doubts(call)


def test_two_entries_under_one_number_are_seen(call: Call) -> None:
    """The one that was handed over is not the one that its party counts."""
    signed(call, SHOT)
    Path("side-a.bundle").rename("first.bundle")
    Path("side-a.key.place").unlink()
    signed(call, SHOT | {"id": "s2"})
    tally(call)
    assert 0 == call("intake", "first.bundle", "day.bundle").code
    assert [("G035", "side-a/post")] == doubts(call)


def test_nobody_counts_for_another(call: Call) -> None:
    """The place of a key of the other side, or a file that tells no place, is refused."""
    signed(call, SHOT, side="side-b")
    words = ("--key", "hq.key", "--rel", "A,B", "--to", "day.bundle")
    call("keys", "tally", "side-b.key.place", *words).tells(3, "a key of somebody else")
    call("keys", "tally", "side-b.bundle", *words).tells(3, "does not tell where a key stands")
    assert not Path("day.bundle").exists()
