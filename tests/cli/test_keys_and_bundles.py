"""Keys, signing on a device of one's own, and bundles taken in whole or not at all."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy, rmtree

import pytest

from tests.cli.conftest import ENTRIES, Call, is_untouched, write_rows
from tests.cli.parties import SHOT, signed, with_keys
from tregua.agreement.read import read_deal
from tregua.ledger.signing.bundle import write_bundle
from tregua.ledger.signing.device_key import read_key
from tregua.ledger.signing.sign import Place
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options
from tregua.reports.to_signed import Terms, signed_rows

NAMED = ENTRIES + 2  # both sides have named a key


@pytest.fixture
def sides(call: Call) -> None:
    with_keys(call)


def test_a_key_file_is_for_its_owner_and_shows_only_its_public_part(call: Call) -> None:
    call("keys", "new", "side-a/root", "--to", "a.key")
    assert 0o600 == stat.S_IMODE(Path("a.key").stat().st_mode)
    seed = Path("a.key").read_text("ascii").split("\n")[3]
    shown = call("keys", "show", "a.key")
    assert shown.out.startswith("root side-a EdDSA ")
    assert seed not in shown.out + call("keys", "show", "a.key", "--json").out
    call("keys", "new", "side-a/root", "--to", "a.key").tells(5, "there already")
    call("keys", "new", "Side A", "--to", "b.key").tells(2, "party/device")
    Path("a.key").chmod(0o644)
    call("keys", "show", "a.key").tells(3, "others than its owner may read")


@pytest.mark.parametrize(
    ("use", "algorithm"),
    [("log", "EdDSA"), ("cosigner", "EdDSA"), ("cosigner", "ML-DSA-44")],
)
def test_a_key_of_the_log_or_a_cosigner_is_shown_as_it_was_printed(
    call: Call, use: str, algorithm: str
) -> None:
    words = ("side-a.example/mirror", "--for", use, "--algorithm", algorithm, "--to", "m.key")
    line = call("keys", "new", *words).out.split("\n")[0]
    assert line.startswith("side-a.example/mirror+")
    assert f"{line}\n" == call("keys", "show", "m.key").out
    assert line == json.loads(call("keys", "show", "m.key", "--json").out)["key"]
    secret = Path("m.key").read_text("ascii").split("+", 4)[4].strip()
    assert secret not in call("keys", "show", "m.key").out
    call("keys", "new", *words).tells(5, "no key was written")


def test_no_key_of_a_log_has_another_algorithm(call: Call) -> None:
    words = ("a.example/log", "--for", "log", "--algorithm", "ML-DSA-44", "--to", "l.key")
    call("keys", "new", *words).tells(2, "a key for the log has no algorithm ML-DSA-44", "EdDSA")
    assert not Path("l.key").exists()


@pytest.mark.usefixtures("sides")
def test_a_list_says_where_each_key_was_valid(call: Call) -> None:
    call(
        "keys", "revoke", "side-b/post", "--root", "side-b-root.key", "--lost", "2030-09-13T00:00Z"
    )
    lives = {life["key"]: life for life in json.loads(call("keys", "list", "--json").out)}
    assert (ENTRIES, None) == (lives["side-a/post"]["named"], lives["side-a/post"]["revoked"])
    assert (ENTRIES + 1, NAMED) == (lives["side-b/post"]["named"], lives["side-b/post"]["revoked"])
    assert "where it was revoked" in call("keys", "list").out


@pytest.mark.usefixtures("sides")
def test_only_the_root_of_the_annex_names_keys(call: Call) -> None:
    call("keys", "new", "side-a/root", "--to", "false.key")
    call("keys", "new", "side-a/new", "--to", "new.key")
    call("keys", "name", "new.key", "--root", "false.key").tells(3, "did not sign it")
    call("keys", "name", "side-a.key", "--root", "side-a-root.key").tells(3, "known already")
    call("keys", "revoke", "side-a/none", "--root", "side-a-root.key").tells(3, "no key")
    call("keys", "name", "new.key", "--root", "side-a-root.key", "--kinds", "x").tells(2, "--kinds")


def test_without_an_annex_nothing_is_taken_and_the_audit_says_so(centre: Path, call: Call) -> None:
    (centre / "ledger.annex").unlink()
    assert "Signatures were not checked" in call("audit").out
    call("keys", "list").tells(3, "no annex", "tregua keys show")


@pytest.mark.parametrize(
    "line",
    [
        "root side-a EdDSA",
        "root side-a EdDSA AAAA",
        "agreement 12",
        "witness A",
        " ",
        "releaser A B",
    ],
)
def test_a_line_that_is_no_rule_of_an_annex_is_named(line: str, call: Call) -> None:
    with Path("ledger.annex").open("a", encoding="ascii") as annex:
        annex.write(f"{line}\n")
    call("audit").tells(3, "ledger.annex", "line 3", "help:")


@pytest.mark.usefixtures("sides")
def test_a_bundle_ends_in_the_same_leaves_on_both_sides(centre: Path, call: Call) -> None:
    """Carried on a stick: signed here, taken in by the centre and by a copy of its ledger."""
    for name in ("ledger.sqlite", "ledger.annex"):
        copy(centre / name, centre / name.replace("ledger", "theirs"))
    made = signed(call, SHOT, SHOT | {"id": "s2"})
    assert (0, "") == (made.code, made.err)
    assert 0o600 == stat.S_IMODE(Path("side-a.bundle").stat().st_mode)
    receipts = [
        json.loads(call("intake", "side-a.bundle", "--ledger", f"{name}.sqlite", "--json").out)
        for name in ("ledger", "theirs")
    ]
    assert receipts[0] == receipts[1]
    assert [NAMED, NAMED + 1] == [one["index"] for one in receipts[0]["receipts"]]
    assert call("audit", "--copy", "theirs.sqlite").code == 0


@pytest.mark.usefixtures("sides")
def test_a_bundle_that_came_twice_is_taken_once(centre: Path, call: Call) -> None:
    signed(call, SHOT)
    call("intake", "side-a.bundle")
    assert "stands already as entry" in call("intake", "side-a.bundle").out
    assert is_untouched(centre, NAMED + 1)


@pytest.mark.usefixtures("sides")
def test_a_chain_goes_on_over_bundles_and_a_gap_is_told(centre: Path, call: Call) -> None:
    signed(call, SHOT)
    copy("side-a.bundle", "first.bundle")
    signed(call, SHOT | {"id": "s2"})
    call("intake", "side-a.bundle").tells(3, "number 1 of the bundle", "number 1 is expected")
    assert is_untouched(centre, NAMED)
    assert 0 == call("intake", "first.bundle").code
    assert 0 == call("intake", "side-a.bundle").code
    # A device that lost its place goes on from a copy of the ledger.
    Path("side-a.key.place").unlink()
    again = signed(call, SHOT | {"id": "s3"}, more=("--rel", "A", "--after", "ledger.sqlite"))
    assert "the next is number 4" in again.out
    assert 0 == call("intake", "side-a.bundle").code


@pytest.mark.usefixtures("sides")
def test_one_bad_entry_and_none_is_taken(centre: Path, call: Call) -> None:
    signed(call, SHOT, SHOT | {"id": "s2"})
    bundle = Path("side-a.bundle")
    lines = bundle.read_text("ascii").splitlines()
    bad = json.loads(lines[1])
    bad["entry"] = bad["entry"][:-4] + ("AAAA" if not bad["entry"].endswith("AAAA") else "BBBB")
    bundle.write_text("\n".join([lines[0], json.dumps(bad)]) + "\n", "ascii")
    call("intake", "side-a.bundle").tells(3, "number 2 of the bundle")
    assert is_untouched(centre, NAMED)


@pytest.mark.usefixtures("sides")
def test_an_invented_disclosure_is_refused(centre: Path, call: Call) -> None:
    signed(call, SHOT)
    signed(call, SHOT | {"id": "s2"}, side="side-b")
    ours = json.loads(Path("side-a.bundle").read_text("ascii"))
    theirs = json.loads(Path("side-b.bundle").read_text("ascii"))
    ours["disclosures"][0] = theirs["disclosures"][0]
    Path("side-a.bundle").write_text(json.dumps(ours) + "\n", "ascii")
    call("intake", "side-a.bundle").tells(3, "line 1", "matches no digest")
    assert is_untouched(centre, NAMED)


@pytest.mark.usefixtures("sides")
def test_a_revoked_key_brings_nothing_in(centre: Path, call: Call) -> None:
    signed(call, SHOT)
    call("keys", "revoke", "side-a/post", "--root", "side-a-root.key")
    call("intake", "side-a.bundle").tells(3, "was revoked by entry")
    assert is_untouched(centre, NAMED + 1)


@pytest.mark.usefixtures("sides")
@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({"rel": ""}, "marked for nobody"),
        ({"rel": "A", "rel.source": "A,B"}, "marked wider than its record"),
        ({"rel": "A,B", "rel.sorce": "A"}, "no field 'sorce'"),
        ({"rel": "A,<b>"}, "is no audience"),
    ],
)
def test_a_marking_that_cannot_be_meant_signs_nothing(
    marks: dict[str, str], words: str, call: Call
) -> None:
    ran = signed(call, SHOT | marks, more=("--rel", ""))
    ran.tells(2, words)
    assert not Path("side-a.bundle").exists()
    assert not Path("side-a.key.place").exists()


@pytest.mark.usefixtures("sides")
def test_a_refused_row_signs_nothing(call: Call) -> None:
    assert 1 == signed(call, SHOT, SHOT | {"id": "s2", "from": "never"}).code
    assert not Path("side-a.bundle").exists()


@pytest.mark.usefixtures("sides")
@pytest.mark.parametrize("text", ["", "{}\n", "x\n", '{"entry": 1, "disclosures": []}\n', "\0\n"])
def test_a_file_that_is_no_bundle_is_refused(text: str, centre: Path, call: Call) -> None:
    Path("bad.bundle").write_text(text, "ascii")
    call("intake", "bad.bundle").tells(3, "bad.bundle")
    assert is_untouched(centre, NAMED)


@pytest.mark.usefixtures("sides")
def test_nobody_supersedes_what_another_signed(call: Call) -> None:
    """B signs under A's id, and under one that the centre's own report has: all of them stand."""
    at = ("--at", "2030-09-14T06:00")
    signed(call, SHOT)
    call("intake", "side-a.bundle")
    write_rows(Path("false.csv"), [SHOT | {"id": "s1", "summary": "Nothing"}])
    deal = read_deal(Path("valley.deal.md")).agreement
    options = Options(deal.zone, "side-a", datetime.now(UTC))
    rows = read_file(Path("false.csv"), options).rows
    key = read_key(Path("side-b.key"))
    terms = Terms(deal.text.digest, ("A", "B"), int(datetime.now(UTC).timestamp()))
    write_bundle(signed_rows(rows, key, Place(), terms)[0], Path("false.bundle"))
    assert 0 == call("intake", "false.bundle").code
    shown = json.loads(call("bulletin", *at, "--json").out)
    told = {r["id"]: r["origin"]["summary"] for r in shown["records"]}
    assert "Two rounds" == told["side-a:s1"]
    assert "Nothing" == told["side-b/side-a:s1"]


def test_a_centre_that_the_annex_does_not_name_signs_nothing(deal_only: Path, call: Call) -> None:
    """Both sides wrote the annex first: the centre says which line is missing, then begins."""
    for path in (*deal_only.glob("ledger.*"),):
        rmtree(path) if path.is_dir() else path.unlink()
    call("keys", "new", "side-a/root", "--to", "a.key")
    annex = deal_only / "ledger.annex"
    annex.write_text(call("keys", "show", "a.key").out, "ascii")
    ran = call("intake", "reports.csv")
    ran.tells(3, "ledger.annex", "does not stand in it", "root centre EdDSA ")
    annex.write_text(annex.read_text("ascii") + ran.err.split("add the line: ")[1], "ascii")
    assert 0 == call("intake", "reports.csv").code
    assert "2 root keys" in call("audit").out
