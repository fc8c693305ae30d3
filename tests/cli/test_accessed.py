"""`tregua accessed`: whoever is shown something that is not for everybody is logged before."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyrage
import pytest

from tests.cli.parties import SHOT, new_key, signed, with_keys
from tregua.ledger.open import open_for_reading
from tregua.ledger.signing.disclosures import fields_in

if TYPE_CHECKING:
    from tests.cli.conftest import Call

AT = ("--at", "2030-09-14")
READER = str(pyrage.x25519.Identity.generate().to_public())


@pytest.fixture
def entry(call: Call) -> str:
    """A shot of side A's for A and B, of which the note is for A alone."""
    with_keys(call, "side-a")
    assert 0 == signed(call, SHOT | {"rel": "A,B", "rel.note": "A"}).code
    taken = json.loads(call("intake", "side-a.bundle", "--json").out)
    return str(taken["receipts"][0]["id"])


def log(call: Call, *words: str, code: int = 0) -> list[dict[str, Any]]:
    ran = call("accessed", *words, "--json")
    assert (code, "") == (ran.code, ran.err)
    found: list[dict[str, Any]] = json.loads(ran.out)["accesses"]
    return found


def roles(lines: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(line["reader"], line["how"]) for line in lines]


def test_each_way_out_is_logged_once_with_role_entry_and_time(entry: str, call: Call) -> None:
    """Views, an export, a seal and a release that is only looked at; each command one line."""
    release = ("--to", "MON", "--reason", "so agreed", "--key", "side-a.key", "--preview")
    ways = (
        (("status", *AT, "--audience", "A"), ("A", "view")),
        (("why", "attacks", *AT, "--audience", "B", "--json"), ("B", "view")),
        (("what-changed", *AT, "--from", "@0", "--audience", "B"), ("B", "view")),
        (("why", "attacks", *AT, "--audience", "B", "--export", "out"), ("B", "export")),
        (("export", "b.zip", *AT, "--audience", "B"), ("B", "export")),
        (("export", "all.zip", *AT), ("keeper", "export")),
        (("seal", entry, "--audience", "B", "--to", READER), ("B", "seal")),
        (("release", entry, *release), ("side-a", "release")),
    )
    before = datetime.now(UTC) - timedelta(seconds=1)
    for number, (words, expected) in enumerate(ways):
        assert call(*words).code in (0, 1), words
        assert expected == roles(log(call))[number], words
    lines = log(call)
    assert len(ways) == len(lines)
    assert {("side-a", (entry,))} == {(x["owner"], tuple(x["entries"])) for x in lines}
    for line in lines:
        assert before <= datetime.fromisoformat(line["when"]) <= datetime.now(UTC)


def test_what_is_for_everybody_and_what_the_keeper_matches_is_not_logged(
    entry: str, call: Call
) -> None:
    assert 64 == len(entry)
    for words in (("status", *AT), ("status", *AT, "--audience", "PUBLIC"), ("tallies", *AT)):
        assert call(*words).code in (0, 1)
    assert "Nothing above PUBLIC was read by anybody." in call("accessed").out
    assert not Path("ledger.accesses").exists()


def test_one_record_one_owner_and_words_for_people(entry: str, call: Call) -> None:
    """By record id, by entry, by owner; and who is no owner here."""
    call("status", *AT, "--audience", "B")
    for words in ((), ("side-a:s1",), (entry,), ("--owner", "side-a")):
        assert [("B", "view")] == roles(log(call, *words))
    assert [] == log(call, "own:o1") == log(call, "--owner", "centre")
    said = call("accessed").out
    assert [entry[:12], "B", "view", "side-a"] == [
        word for word in (entry[:12], "B", "view", "side-a") if word in said.split()
    ]
    assert "side-a: the record is not told yet" in said
    call("accessed", "--owner", "side-q").tells(2, "side-q", "no entry")
    call("accessed", "side-a:none").tells(2, "no record")


@pytest.mark.parametrize(
    "words",
    [
        ("status", *AT, "--audience", "B"),
        ("bulletin", *AT, "--audience", "B", "-o", "page.html"),
        ("export", "b.zip", *AT, "--audience", "B"),
        ("export", "all.zip", *AT),
        (
            "seal",
            "side-a:s1",
            "--audience",
            "B",
            "--to",
            READER,
        ),
    ],
)
@pytest.mark.usefixtures("entry")
def test_what_cannot_be_logged_is_not_shown(words: tuple[str, ...], call: Call) -> None:
    """Code 5, nothing on stdout, nothing written."""
    Path("ledger.accesses").mkdir()
    before = set(Path().rglob("*"))
    ran = call(*words)
    ran.tells(5, "ledger.accesses", "so nothing is shown")
    assert "" == ran.out
    assert before == set(Path().rglob("*"))


@pytest.fixture
def told(entry: str, call: Call, monkeypatch: pytest.MonkeyPatch) -> str:
    """B looked; the next day the record was told."""
    log_key = new_key(call, "centre.example/ledger/1", "log", "log.key")
    mirror = new_key(call, "side-a.example/mirror", "cosigner", "mirror.key")
    keys = f"log {log_key}\nwitness side-a {mirror}\n"
    Path("policy").write_text(f"{keys}quorum side-a\n", "ascii")
    assert call("status", *AT, "--audience", "B").code in (0, 1)
    size = held(0)
    assert 1 == call("publish", "public", "--patience", "99").code
    assert size == held(0)  # the day is not over
    tomorrow = int((datetime.now(UTC) + timedelta(days=1)).timestamp())
    monkeypatch.setattr("tregua.cli.listen.posix_now", lambda: tomorrow)
    for _ in range(2):
        assert 1 == call("publish", "public", "--patience", "99").code
        assert size + 1 == held(0)  # told once
    return entry


def held(start: int) -> int:
    with open_for_reading("ledger.sqlite") as store:
        return store.size() - start


def test_the_next_beat_tells_the_record_a_digest(told: str, call: Call) -> None:
    """The notice names day and owner and a digest; no reader and no entry."""
    with open_for_reading("ledger.sqlite") as store:
        *_, (index, notice) = store.entries()
        fields = fields_in(notice.claims, store.bodies.get(notice.id))  # type: ignore[union-attr]
    said = {field.name: field.value for field in fields}
    assert ("notice", "who read what") == (notice.kind, said["about"])
    assert ["side-a"] == list(said["digests"])
    assert told not in str(said)
    shown = json.loads(call("accessed", "--json").out)["days"]
    assert [(said["day"], "side-a", True)] == [(d["day"], d["owner"], d["same"]) for d in shown]
    ran = call("accessed")
    assert f"these are the lines that the record was told of in entry {index}" in ran.out
    assert 0 == call("audit").code


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    "change",
    ["DELETE FROM accesses", "UPDATE accesses SET reader = 'A', at = at + 1"],
)
def test_a_log_that_was_changed_is_seen(change: str, call: Call) -> None:
    """Code 1, and which day of which owner."""
    with closing(sqlite3.connect("ledger.accesses")) as db:
        db.executescript(f"DROP TRIGGER no_update; DROP TRIGGER no_delete; {change}")
    ran = call("accessed")
    assert 1 == ran.code
    assert "side-a: these are not the lines that the record was told of in entry " in ran.out
    assert [False] == [d["same"] for d in json.loads(call("accessed", "--json").out)["days"]]
    assert 0 == call("audit").code  # the ledger itself is whole
