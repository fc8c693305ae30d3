"""Releases with a preview, bodies sealed with age, and what is destroyed."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest

from tests.cli.conftest import ENTRIES, Call, is_untouched
from tests.cli.parties import SHOT, signed, with_keys
from tregua.ledger.open import open_for_reading
from tregua.ledger.signing.b64 import decode

SIZE = ENTRIES + 2  # the key that side A named, and its report
WHERE = ("--fields", "where.point", "--reason", "agreed on the 14th")
PHOTO = b"a picture of the mill"


@pytest.fixture
def entry(call: Call) -> str:
    """The id of a shot whose point is for A alone, with a photo named by its digest."""
    with_keys(call, "side-a")
    photo = sha256(PHOTO).hexdigest()
    Path("mill.jpg").write_bytes(PHOTO)
    marks = {"rel": "A,B", "rel.where.point": "A", "rel.source": "A", "photo": photo}
    assert 0 == signed(call, SHOT | marks).code
    taken = json.loads(call("intake", "side-a.bundle", "--json").out)
    return str(taken["receipts"][0]["id"])


@pytest.fixture
def reader() -> pyrage.x25519.Identity:
    identity = pyrage.x25519.Identity.generate()
    Path("b.txt").write_text(f"# test\n{identity}\n", "ascii")
    return identity


def seen_by(call: Call, audience: str) -> str:
    return call("bulletin", "--at", "2030-09-14", "--json", "--audience", audience).out


def test_a_preview_shows_exactly_what_would_be_seen_and_changes_nothing(
    entry: str, centre: Path, call: Call
) -> None:
    ran = call("release", entry, "--to", "B", *WHERE, "--key", "side-a.key", "--preview")
    assert (0, "") == (ran.code, ran.err)
    assert "the mill" in ran.out
    assert "Post 7" not in ran.out
    assert "1 fields would be seen" in ran.out
    assert is_untouched(centre, SIZE)


def test_its_signer_releases_and_the_audience_sees(entry: str, call: Call) -> None:
    assert "the mill" not in seen_by(call, "B")
    assert 0 == call("release", entry, "--to", "B", *WHERE, "--key", "side-a.key").code
    assert "the mill" in seen_by(call, "B")
    assert "Post 7" not in seen_by(call, "B")
    assert "the mill" not in seen_by(call, "MON")
    assert 0 == call("audit").code
    again = call("release", entry, "--to", "B", *WHERE, "--key", "side-a.key")
    again.tells(2, "sees all of this already")


def test_nobody_releases_what_others_signed_but_a_releaser_of_the_annex(
    entry: str, call: Call
) -> None:
    call("release", entry, "--to", "B", *WHERE).tells(2, "centre may not release", "side-a")
    with Path("ledger.annex").open("a", encoding="ascii") as annex:
        annex.write("releaser centre\n")
    assert 0 == call("release", entry, "--to", "B", *WHERE).code
    assert "the mill" in seen_by(call, "B")


def test_a_release_of_what_is_not_there(entry: str, call: Call) -> None:
    key = ("--key", "side-a.key")
    call("release", entry, "--to", "B", "--fields", "wher", "--reason", "x", *key).tells(
        2, "'wher'"
    )
    call("release", "00" * 32, "--to", "B", "--reason", "x", *key).tells(2, "no entry")
    call("release", "side-a:none", "--to", "B", "--reason", "x", *key).tells(2, "no record")
    call("release", entry, "--to", "", "--reason", "x", *key).tells(2, "to which audience")


def test_a_body_is_sealed_to_its_audience_and_any_age_tool_opens_it(
    entry: str, reader: pyrage.x25519.Identity, call: Call
) -> None:
    to = ("--audience", "B", "--to", str(reader.to_public()))
    assert 0 == call("seal", entry, *to, "--attach", "mill.jpg").code
    sealed = Path("bodies") / entry / "B.age"
    assert 0 == stat.S_IMODE(sealed.parent.stat().st_mode) & 0o077
    plain = pyrage.decrypt(sealed.read_bytes(), [reader])
    assert plain.startswith(b"ey")
    opened = json.loads(call("open", str(sealed), "-i", "b.txt", "--json").out)
    fields = {f["field"] for f in opened["fields"]}
    assert SIZE - 1 == opened["index"]
    assert "where.cell5" in fields
    assert not fields & {"where.point", "source", "row"}
    (photo,) = Path("media").iterdir()
    assert sha256(photo.read_bytes()).hexdigest() == photo.stem
    assert PHOTO == pyrage.decrypt(photo.read_bytes(), [reader])


def test_what_cannot_be_sealed_or_opened(
    entry: str, reader: pyrage.x25519.Identity, call: Call
) -> None:
    to = ("--to", str(reader.to_public()))
    call("seal", entry, "--audience", "MON", *to).tells(2, "may see nothing")
    call("seal", entry, "--audience", "B", "--to", "age1x").tells(2, "age1")
    Path("other.jpg").write_bytes(b"another")
    call("seal", entry, "--audience", "B", *to, "--attach", "other.jpg").tells(2, "other.jpg")
    assert not Path("bodies").exists()
    call("seal", entry, "--audience", "B", *to)
    sealed = Path("bodies") / entry / "B.age"
    other = pyrage.x25519.Identity.generate()
    Path("c.txt").write_text(f"{other}\n", "ascii")
    call("open", str(sealed), "-i", "c.txt").tells(3, "does not open")
    call("open", str(sealed), "-i", "mill.jpg").tells(3, "no age identity")
    entry_bytes = pyrage.decrypt(sealed.read_bytes(), [reader]).split(b"~")
    false = b"~".join([entry_bytes[0], b"WyJhIl0", b""])
    Path("false.age").write_bytes(pyrage.encrypt(false, [reader.to_public()]))
    call("open", "false.age", "-i", "b.txt").tells(3, "matches no digest")


def test_what_is_erased_is_in_no_file_and_the_audit_passes(
    entry: str, reader: pyrage.x25519.Identity, centre: Path, call: Call
) -> None:
    call("seal", entry, "--audience", "A", "--to", str(reader.to_public()), "--attach", "mill.jpg")
    with open_for_reading(centre / "ledger.sqlite") as store:
        disclosures = store.bodies.get(entry)
    assert len(disclosures) > 5
    for theirs in ("side-a.bundle", "side-a.csv", "mill.jpg"):
        Path(theirs).unlink()  # the party's own, not the centre's
    secrets = [d.encode() for d in disclosures]
    secrets += [json.loads(decode(d))[0].encode() for d in disclosures]  # the salts
    secrets += [b"the mill", b"Post 7"]
    sealed = parts_at_rest(centre, entry)
    assert [1, 1] == [sum(s in p.read_bytes() for p in files(centre)) for s in sealed]
    backup = (centre / "ledger.bodies").read_bytes()

    assert 0 == call("erase", entry, "--reason", "the source is in danger").code
    secrets += sealed
    assert [] == [p.name for p in files(centre) for s in secrets if s in p.read_bytes()]
    assert [] == [*centre.glob("bodies/*"), *centre.glob("media/*")]
    assert 0 == call("audit").code
    for audience in ("", "A", "B"):
        shown = call("status", "--at", "2030-09-14", "--audience", audience).out
        assert "erased on" in shown
        assert "for: the source is in danger" in shown
    assert "the mill" not in seen_by(call, "A")
    (centre / "ledger.bodies").write_bytes(backup)  # older than the erasure, and of no use
    with open_for_reading(centre / "ledger.sqlite") as store:
        assert () == store.bodies.get(entry)


def parts_at_rest(centre: Path, entry: str) -> list[bytes]:
    """Return header and payload of a body, as they lie in the two files."""
    found = []
    for file, query in (
        ("ledger.vault", "SELECT header FROM headers WHERE hex(entry) = ?"),
        ("ledger.bodies", "SELECT payload FROM payloads WHERE hex(entry) = ?"),
    ):
        with closing(sqlite3.connect(centre / file)) as db:
            ((part,),) = db.execute(query, (entry.upper(),)).fetchall()
        found.append(part[:60])  # what stands in one piece on a page
    return found


def files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file()]


def test_erased_twice_is_logged_once_and_no_bundle_brings_it_back(
    entry: str, centre: Path, call: Call
) -> None:
    call("erase", entry, "--reason", "so agreed")
    assert "0 of them now" in call("erase", entry, "--reason", "so agreed").out
    assert is_untouched(centre, SIZE + 1)
    call("intake", "side-a.bundle")
    with open_for_reading(centre / "ledger.sqlite") as store:
        assert () == store.bodies.get(entry)


def test_only_what_tells_of_the_world_is_erased(entry: str, centre: Path, call: Call) -> None:
    with open_for_reading(centre / "ledger.sqlite") as store:
        first = next(store.rows()).leaf.hex()
    call("erase", first, "--reason", "x").tells(2, "only reports")
    call("erase", entry, "--reason", " ").tells(2, "--reason")
    assert is_untouched(centre, SIZE)
