"""The commands on a ledger in PostgreSQL: the same answers, codes and silence as on a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage
import pytest

from tests.cli.conftest import ENTRIES, Call, write_rows
from tests.cli.parties import SHOT, signed, with_keys

if TYPE_CHECKING:
    from tests.ledger.postgres_server import Server

SECRET = "canary-7f3a"


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.emptied()


@pytest.fixture
def moved(call: Call, centre: Path, address: str) -> str:
    """The ledger of the centre, in PostgreSQL."""
    assert (centre / "ledger.sqlite").is_file()
    assert call("move", "ledger.sqlite", address).code == 0
    return address


ANSWERS = (
    ("status", "--at", "2030-09-13", "--json"),
    ("why", "attacks", "--at", "2030-09-13", "--json"),
    ("tallies", "--at", "2030-09-13", "--json"),
    ("what-changed", "--at", "2030-09-13", "--from", "@1", "--json"),
    ("bulletin", "--at", "2030-09-13", "--format", "json"),
    ("status", "--at", "2030-09-13", "--audience", "A", "--json"),
    ("release", "own:o1", "--to", "B", "--reason", "so agreed", "--preview", "--json"),
)


@pytest.mark.parametrize("words", ANSWERS, ids=lambda words: words[0])
def test_an_answer_does_not_depend_on_the_store(
    call: Call, moved: str, words: tuple[str, ...]
) -> None:
    """Every command that takes `--ledger` prints the same from the server as from the file."""
    from_file, from_server = call(*words), call(*words, "--ledger", moved)
    assert from_file.code == from_server.code
    assert from_file.out == from_server.out
    assert from_file.out
    assert from_server.err == from_file.err


def test_reports_go_into_the_server_and_their_refusals_into_the_folder(
    call: Call, centre: Path, address: str
) -> None:
    """`intake` records once, says so the second time, and writes refused rows where you stand."""
    row = {"id": "x", "record": "seen", "from": "yesterday"}
    write_rows(centre / "more.csv", [row])
    first = call("intake", "reports.csv", "more.csv", "--ledger", address)
    assert first.code == 1
    assert f"{address}: " in first.out
    assert (centre / "more.csv.refused.csv").is_file()
    again = call("intake", "reports.csv", "--ledger", address)
    assert again.code == 0
    assert "0 new records" in again.out
    assert call("audit", address).code == 0


def test_a_published_answer_is_made_again_from_the_server(
    call: Call, centre: Path, moved: str
) -> None:
    """`recompute` takes an answer made from the file and finds the same in the server."""
    published = call("status", "--at", "2030-09-13", "--json").out
    (centre / "answer.json").write_text(published, "utf-8")
    assert call("recompute", "answer.json", "--ledger", moved).code == 0


def test_what_entries_tell_lies_on_the_server(call: Call, centre: Path, address: str) -> None:
    """Intake, views, seal, release, export, erase and audit leave no body in the folder."""
    with_keys(call, "side-a")
    assert signed(call, SHOT | {"rel": "A,B", "rel.where.point": "A"}).code == 0
    assert call("move", "ledger.sqlite", address).code == 0
    for name in ("ledger.sqlite", "ledger.bodies", "ledger.vault"):
        (centre / name).unlink()
    there = ("--ledger", address)
    own = pyrage.x25519.Identity.generate()
    release = ("--to", "MON", "--reason", "so agreed", "--key", "side-a.key")
    for words in (
        ("intake", "side-a.bundle", *there),
        ("seal", "side-a:s1", "--audience", "B", "--to", str(own.to_public()), *there),
        ("release", "side-a:s1", *release, *there),
        ("export", "record.zip", "--audience", "MON", "--at", "2030-09-13", *there),
        ("audit", address),
    ):
        assert call(*words).code == 0, words
    ((sealed,),) = [list((centre / "bodies").rglob("B.age"))]
    assert b"ey" == pyrage.decrypt(sealed.read_bytes(), [own])[:2]
    seen = call("bulletin", "--at", "2030-09-14", "--json", "--audience", "MON", *there)
    assert "the mill" in seen.out
    lines = json.loads(call("accessed", "side-a:s1", *there, "--json").out)["accesses"]
    assert [("B", "seal"), ("side-a", "release"), ("MON", "export"), ("MON", "view")] == [
        (line["reader"], line["how"]) for line in lines
    ]
    assert call("erase", "side-a:s1", "--reason", "the source is in danger", *there).code == 0
    assert "erased on" in call("status", "--at", "2030-09-13", *there).out
    assert call("audit", address).code == 0
    endings = {path.suffix for path in centre.iterdir()}
    assert set() == endings & {".sqlite", ".bodies", ".vault", ".accesses"}


def test_what_was_erased_is_noise_on_the_server(
    call: Call, centre: Path, moved: str, postgres: Server
) -> None:
    """The header is gone from the vault; the payload is left, and opens with nothing."""
    assert (centre / "ledger.keys" / "keeper.key").is_file()
    headers = "SELECT header FROM led.vault WHERE party = 'centre'"
    before = {bytes(header) for (header,) in postgres.execute(moved, headers)}
    assert call("erase", "own:o1", "--reason", "so agreed", "--ledger", moved).code == 0
    after = {bytes(header) for (header,) in postgres.execute(moved, headers)}
    assert (len(before) - 1, set()) == (len(before & after), after - before - after)
    (gone,) = before - after
    postgres.execute(moved, "VACUUM FULL led.vault")  # what an administrator may do
    assert [] == [
        table
        for table in ("vault", "entry_view", "entry_count", "entries")
        if postgres.execute(
            moved, f"SELECT 1 FROM led.{table} t WHERE t::text LIKE '%{gone.hex()}%'"
        )
    ]


def test_headers_are_not_destroyed_by_mistake(call: Call, moved: str) -> None:
    """Plain SQL as the application takes none away: an erasure names its one entry."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (extra centre)")
    with psycopg.connect(moved, autocommit=True) as db:
        held = db.execute("SELECT count(*) FROM led.vault").fetchone()
        assert 0 == db.execute("DELETE FROM led.vault").rowcount
        assert held == db.execute("SELECT count(*) FROM led.vault").fetchone() != (0,)
    assert call("audit", moved).code == 0


def test_moving_says_what_was_moved_and_that_both_are_the_same(
    call: Call, centre: Path, address: str
) -> None:
    """The first call moves all, the second nothing; the audit with the copy finds no difference."""
    first = call("move", "ledger.sqlite", address)
    assert f"{ENTRIES} entries in" in first.out
    assert f"tregua audit '{address}' --copy 'ledger.sqlite'" in first.out
    again = json.loads(call("move", "ledger.sqlite", address, "--json").out)
    assert (0, ENTRIES) == (again["moved"], again["there_already"])
    assert call("audit", address, "--copy", "ledger.sqlite").code == 0
    assert call("audit", "ledger.sqlite", "--copy", address).code == 0
    assert (centre / "ledger.sqlite").is_file()


def test_another_record_is_not_moved_over_one_that_is_there(
    call: Call, centre: Path, moved: str
) -> None:
    """A store that holds something else is refused with code 2, and stays as it is."""
    (centre / "ledger.sqlite").rename(centre / "old.sqlite")
    assert call("intake", "reports.csv").code == 0
    call("move", "ledger.sqlite", moved).tells(2, "error[X005]", "holds another record", "help:")
    assert call("audit", moved, "--copy", "old.sqlite").code == 0


def test_a_row_changed_by_the_servers_owner_is_named(
    call: Call, moved: str, postgres: Server
) -> None:
    """`audit` names the entry and ends with 4; an answer from it is refused with the same code."""
    postgres.execute(
        moved,
        "SET session_replication_role = replica;"
        "UPDATE led.entries SET bytes = bytes || ' ' WHERE idx = 1",
    )
    ran = call("audit", moved)
    assert ran.code == 4
    assert "G003" in ran.out + ran.err
    call("status", "--ledger", moved).tells(4, "error[X002]", "entry 1: its bytes do not hash")


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--ledger"),
        ("intake", "reports.csv", "--ledger"),
        ("audit",),
        ("audit", "--copy"),
        ("move", "ledger.sqlite"),
    ],
)
@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "mysql"])
def test_a_password_on_the_command_line_is_refused_and_not_repeated(
    call: Call, words: tuple[str, ...], scheme: str
) -> None:
    """Code 2; the sentence holds nothing of the address."""
    ran = call(*words, f"{scheme}://centre:{SECRET}@127.0.0.1/truce")
    assert ran.code == 2
    assert "error[X005]" in ran.err
    assert SECRET not in ran.out + ran.err


def test_a_server_that_is_away_ends_with_5(call: Call, centre: Path) -> None:
    """No traceback, no word of the driver."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (extra centre)")
    nowhere = f"postgresql://centre@/truce?host={centre}"
    for words in (("status", "--ledger", nowhere), ("audit", nowhere)):
        call(*words).tells(5, "error[X003]", "the server does not answer")
    ran = call("intake", "reports.csv", "--ledger", nowhere)
    ran.tells(5, "error[X004]", "nothing of this batch was recorded")


def test_a_record_in_memory_is_no_place_for_a_command(call: Call) -> None:
    """What would be gone with the command is not called recorded."""
    for words in (("intake", "reports.csv", "--ledger"), ("audit",), ("move", "ledger.sqlite")):
        call(*words, "memory:").tells(2, "error[X005]", "keeps nothing after the command")


def test_the_tables_are_printed_as_they_are_run(call: Call, postgres: Server) -> None:
    """What `tregua tables` prints makes a ledger in an empty database, by itself."""
    printed = call("tables")
    assert printed.code == 0
    postgres.execute("postgres", "CREATE DATABASE by_hand")
    postgres.execute("by_hand", printed.out)
    address = postgres.address("by_hand")
    assert call("move", "ledger.sqlite", address).code == 0
    assert call("audit", address).code == 0


def test_without_the_driver_the_extra_is_named(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where psycopg is not installed, the sentence says how to bring it."""
    monkeypatch.setattr("tregua.ledger.open.find_spec", lambda _: None)
    ran = call("status", "--ledger", "postgresql:///truce")
    ran.tells(2, "error[X005]", "pip install 'tregua[centre]'")


def test_no_server_is_asked_for_the_help(call: Call) -> None:
    """The address appears in the help of every command that takes one."""
    for command in ("status", "intake", "audit", "move", "recompute", "bulletin", "why"):
        assert "postgresql://ROLE@HOST/DATABASE" in " ".join(call(command, "--help").out.split())
    assert Path("ledger.sqlite").is_file()
