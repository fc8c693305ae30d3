"""A centre that publishes its record: what mirrors refuse, and what their cosignatures tell."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.parties import SHOT, new_key, signed, with_keys

if TYPE_CHECKING:
    from tests.cli.conftest import Call

SIDES = ("side-a", "side-b")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test keeps what all of them begin with."""
    return tmp_path_factory.mktemp("published") / "centre"


@pytest.fixture(autouse=True)
def published(centre: Path, call: Call, kept: Path) -> None:
    if kept.exists():
        shutil.copytree(kept, centre, dirs_exist_ok=True)
    else:
        publish(call)
        shutil.copytree(centre, kept)


def publish(call: Call) -> None:
    """Keys of the log and of a mirror of each side, the policy, and one beat without mirrors."""
    with_keys(call)
    log = new_key(call, "centre.example/ledger/1", "log", "log.key")
    lines = [f"log {log}"]
    for side in SIDES:
        key = new_key(call, f"{side}.example/mirror", "cosigner", f"{side}-mirror.key")
        lines.append(f"witness {side} {key}")
    lines += [f"group sides all {' '.join(SIDES)}", "quorum sides", ""]
    Path("policy").write_text("\n".join(lines), "ascii")
    assert 0 == signed(call, SHOT).code
    assert 0 == call("intake", "side-a.bundle").code
    assert 1 == call("publish", "public").code


def pull(call: Call, side: str, *more: str) -> tuple[int, str]:
    words = ("--from", "public", "--key", f"{side}-mirror.key", *more)
    ran = call("mirror", "pull", f"{side}-copy", *words)
    ran.hides_its_insides()
    return ran.code, ran.out + ran.err


def test_with_the_annex_the_mirror_says_who_signed(call: Call) -> None:
    """Named on the command, or as the file `annex` in this folder."""
    code, said = pull(call, "side-a", "--annex", "ledger.annex")
    assert (0, True) == (code, "Every entry is signed, by a key that 3 root keys" in said)
    Path("ledger.annex").replace("annex")
    assert "Every entry is signed" in pull(call, "side-b")[1]
    told = json.loads(call("mirror", "check", "side-b-copy", "--json").out)
    assert told["signatures_checked"]


def test_without_an_annex_it_says_that_nobody_s_signature_was_checked(call: Call) -> None:
    code, said = pull(call, "side-a")
    assert (0, True) == (code, "Signatures were not checked" in said)
    told = json.loads(call("mirror", "pull", "side-a-copy", "--from", "public", "--json").out)
    assert not told["signatures_checked"]
    assert 3 == pull(call, "side-a", "--annex", "no-such-file")[0]


@pytest.mark.parametrize("side", SIDES)
def test_an_entry_of_somebody_whom_the_annex_does_not_name(call: Call, side: str) -> None:
    """To whichever side it belongs: code 4, the entry, the key, nothing cosigned, and a proof."""
    lines = Path("ledger.annex").read_text("ascii").splitlines(keepends=True)
    Path("paper").write_text("".join(x for x in lines if f" {side} " not in x), "ascii")
    code, said = pull(call, "side-a", "--annex", "paper")
    assert (4, True) == (code, f"the key {side}/root is not known here; it is not cosigned" in said)
    assert [".entry", ".tlog-proof"] == sorted(
        path.suffix for path in Path("side-a-copy", "refused").iterdir()
    )
    assert not Path("side-a-copy", "checkpoint.pending").exists()


# --- what cosignatures tell ----------------------------------------------------------------------


def acknowledged(call: Call, *sides: str) -> None:
    """Publish; let the mirrors of these sides pull and cosign; take what they signed by hand."""
    assert 1 == call("publish", "public").code
    for side in sides:
        assert 0 == pull(call, side, "--annex", "ledger.annex")[0]
    taken = [word for side in sides for word in ("--take", f"{side}-copy/checkpoint.pending")]
    assert (0 if set(sides) == set(SIDES) else 1) == call("publish", "public", *taken).code


def declared(call: Call, *more: str) -> None:
    """Declare a window that closes in an hour."""
    now = datetime.now(UTC)
    hours = {"--opens": -2, "--closes": 1, "--open-by": 2}
    times = [
        f"{option}={now + timedelta(hours=h):%Y-%m-%dT%H:%M:%SZ}" for option, h in hours.items()
    ]
    assert 0 == call("window", "open", "am", *times, "--sides", ",".join(SIDES), *more).code


def committed(call: Call) -> None:
    """Commit a report of each side to it."""
    declared(call)
    for side in SIDES:
        more = ("--rel", "A,B", "--window", "am")
        assert 0 == signed(call, SHOT | {"id": side}, side=side, more=more).code
        assert 0 == call("window", "commit", f"{side}.bundle").code


def show(call: Call, *more: str) -> tuple[int, str]:
    ran = call("window", "show", "am", *more)
    ran.hides_its_insides()
    return ran.code, ran.out + ran.err


def test_a_window_is_judged_by_the_cosignatures_in_the_log(call: Call) -> None:
    """In the current beat by the centre, provisional; acknowledged by both: in time, and not."""
    committed(call)
    code, said = show(call, "--log", "public")
    assert (0, True) == (code, "2 entries are of the current beat" in said)
    acknowledged(call)
    code, said = show(call, "--log", "public")
    assert (1, 2) == (code, said.count("committed undetermined; it was not seen at no known time"))
    acknowledged(call, *SIDES)
    code, said = show(call, "--log", "public")
    assert 0 == code, said
    assert "Times are those of the cosignatures around each entry" in said
    told = json.loads(show(call, "--log", "public", "--json")[1])
    assert not told["provisional"]
    assert ["in time", "in time"] == [c["committed"] for c in told["commitments"]]
    assert all(c["between"][1] is not None for c in told["commitments"])
    assert 0 == call("export", "archive", "--log", "public", "--annex", "ledger.annex").code
    assert told == json.loads(show(call, "--log", "archive/ledger", "--json")[1])
    own = json.loads(show(call, "--log", "side-a-copy", "--json")[1])
    assert {"side-a": "undetermined", "side-b": "in time"} == {
        c["side"]: c["committed"] for c in own["commitments"]
    }  # the copy holds what this mirror signed, and its own clock counts for the other side alone


@pytest.mark.parametrize("side", SIDES)
def test_a_side_that_does_not_cosign_makes_the_other_s_report_undetermined(
    call: Call, side: str
) -> None:
    """Its own report is in time, for the other mirror saw it; the other's is never late."""
    committed(call)
    (other,) = set(SIDES) - {side}
    acknowledged(call, other)
    told = json.loads(show(call, "--log", "public", "--json")[1])
    assert {side: "in time", other: "undetermined"} == {
        c["side"]: c["committed"] for c in told["commitments"]
    }


def test_a_log_that_is_none_or_of_another_record(call: Call) -> None:
    declared(call)
    Path("empty").mkdir()
    code, said = show(call, "--log", "empty")
    assert (3, True) == (code, "no log was published there" in said)
    other = ("--ledger", "other.sqlite")
    assert 0 == call("intake", "reports.csv", *other).code
    declared(call, *other)
    code, said = show(call, "--log", "public", *other)
    assert (4, True) == (code, "does not begin with the" in said)


# --- a key that was lost -------------------------------------------------------------------------


def lost(call: Call, side: str, when: str) -> None:
    words = ("--root", f"{side}-root.key", "--lost", when)
    assert 0 == call("keys", "revoke", f"{side}/post", *words).code


@pytest.mark.parametrize(
    ("hours", "standing"), [(1, "valid"), (-1, "signed with a key reported stolen")]
)
@pytest.mark.parametrize("side", SIDES)
def test_audit_and_verify_say_how_the_entries_of_a_lost_key_stand(
    call: Call, side: str, hours: int, standing: str
) -> None:
    """Acknowledged by the other side, and lost after that or before: no exit code but 0."""
    if side == "side-b":
        assert 0 == signed(call, SHOT | {"id": "s2"}, side=side).code
        assert 0 == call("intake", f"{side}.bundle").code
    acknowledged(call, *SIDES)
    lost(call, side, f"{datetime.now(UTC) + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}")
    ran = call("audit", "--log", "public")
    assert (0, True) == (ran.code, f"  {standing}: entry" in ran.out), ran
    told = json.loads(call("audit", "--log", "public", "--json").out)["standings"]
    assert [(f"{side}/post", standing)] == [(one["key"], one["standing"]) for one in told]
    assert all(one["acknowledged"] for one in told)
    assert 0 == call("export", "record.zip", "--log", "public", "--annex", "ledger.annex").code
    ran = call("verify", "record.zip", "--json")
    assert (0, told) == (ran.code, json.loads(ran.out)["standings"])
    assert f"  {standing}: entry" in call("verify", "record.zip").out
    if standing != "valid":
        assert "G036" in call("audit", "--log", "public").out


def test_whoever_reads_is_told_that_a_record_is_signed_with_a_key_reported_stolen(
    call: Call,
) -> None:
    """It counts as it did, with the doubt beside it; cosignatures from before take the doubt."""
    acknowledged(call, *SIDES)
    at = ("--at", "2030-09-14")
    before = json.loads(call("status", *at, "--json").out)
    lost(call, "side-a", f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}")
    said = (
        "signed with a key reported stolen: 1 record known here (side-a:s1); side-a/post was lost"
    )
    assert said in " ".join(call("status", *at).out.split())
    assert said in call("why", "attacks", *at).out
    assert said in call("bulletin", *at, "--format", "text").out.replace("\n", " ")
    after = json.loads(call("status", *at, "--json").out)
    assert ["side-a:s1"] == [one["record"] for one in after["view"]["doubted"]]
    assert ([], before["status"]) == (before["view"]["doubted"], after["status"])
    with_log = json.loads(call("status", *at, "--log", "public", "--json").out)
    assert [] == with_log["view"]["doubted"]


def test_a_time_is_resolved_to_what_others_had_cosigned(call: Call) -> None:
    """Every page prints the resolved size; what only the centre's clock says is provisional."""
    acknowledged(call, *SIDES)
    size = json.loads(call("audit", "--json").out)["checkpoint"]["size"]
    with_log = ("--at", "2030-09-14", "--log", "public", "--known-at")
    assert "the first 0 entries, by the cosignatures" in call("status", *with_log, "2020-01-01").out
    later = f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    told = json.loads(call("status", *with_log, later, "--json").out)
    assert (size, 0, None) == (
        told["checkpoint"]["size"],
        told["known_at"]["provisional"],
        told["known_at"]["until"],
    )
    assert 0 == signed(call, SHOT | {"id": "s2"}).code
    assert 0 == call("intake", "side-a.bundle").code
    ran = call("status", *with_log, later)
    assert f"the first {size + 1} entries, by the cosignatures; the last 1 by the centre" in ran.out
    words = ("--log", "public", "--annex", "ledger.annex", "--known-at", "2020-01-01")
    assert 0 == call("export", "archive", *words).code
    assert "the first 0 entries, by the cosignatures" in Path("archive/index.html").read_text()
    for known_at in (later, "2020-01-01", f"@{size}"):
        Path("then.json").write_text(call("status", *with_log, known_at, "--json").out, "utf-8")
        assert 0 == call("recompute", "then.json").code
