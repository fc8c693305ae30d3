"""The centre, two mirrors and a witness as processes of their own, over the network of one machine.

Section 23.3 of the design: quorum at each beat; one mirror stopped: pending, overdue, recovery.
"""

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.mirror.log_folder import PENDING
from tregua.ledger.notes.key import KeyType
from tregua.ledger.notes.key_file import write_key_file
from tregua.ledger.notes.proof_file import Outcome, check_proof, read_proof
from tregua.ledger.notes.read_policy import read_policy
from tregua.ledger.notes.signer import new_key
from tregua.ledger.open import open_for_reading, open_for_writing
from tregua.ledger.store import read_head
from tregua.ledger.tiles.read_tiles import FolderSource
from tregua.ledger.tiles.tiled_tree import TiledTree

TREGUA = [sys.executable, "-m", "tregua"]


class Side:
    """A program of one side that listens: started, killed, started again at the same place."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder, self.words = folder, words
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        listen = ["--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [*TREGUA, *self.words, *listen], cwd=self.folder, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert self.url in self.process.stdout.readline()

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.communicate()
            self.process = None


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*TREGUA, *words], cwd=folder, capture_output=True, text=True, check=False
    )


class Everybody:
    """The folder, the sides by their name in the policy, the ledger and the beat of the centre."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = str(folder / "ledger.sqlite")
        keys = {"log": self.key("centre.example/ledger/1", "log")}
        keys |= {s: self.key(f"side-{s}.example/mirror", s) for s in ("a", "b")}
        keys["un"] = self.key("un.example/witness", "un")
        public = Side(folder, "mirror", "serve", "shown")
        self.sides = {
            side: Side(folder, "mirror", "serve", f"mirror-{side}", "--key", f"{side}.key")
            for side in ("a", "b")
        }
        self.sides["un"] = Side(folder, "witness", "seen", "--key", "un.key")
        for side in ("a", "b"):
            self.sides[side].words += ("--from", public.url)
        lines = [f"log {keys['log']} {public.url}"]
        lines += [f"witness {s} {keys[s]} {self.sides[s].url}" for s in self.sides]
        lines += ["group sides all a b", "quorum sides"]
        (folder / "policy").write_text("\n".join([*lines, ""]), encoding="utf-8")
        self.public = public

    def key(self, name: str, file: str) -> str:
        types = {"log": KeyType.NOTE, "b": KeyType.ML_DSA}
        key = new_key(name, types.get(file, KeyType.COSIGNATURE))
        write_key_file(key, self.folder / f"{file}.key")
        return str(key.public)

    def start(self) -> None:
        for side in (self.public, *self.sides.values()):
            side.start()

    def kill(self) -> None:
        for side in (self.public, *self.sides.values()):
            side.kill()

    def report(self, number: int) -> None:
        with open_for_writing(self.ledger) as store:
            first = store.size()
            bodies = [canonical({"n": n}) for n in range(first, first + number)]
            append(store, [("report", "Side A", body) for body in bodies])

    def beat(self) -> tuple[int, dict[str, object]]:
        words = ("publish", "shown", "--ledger", self.ledger, "--patience", "1", "--json")
        ran = run(self.folder, *words)
        assert ran.returncode in (0, 1), ran.stderr
        said = json.loads(ran.stdout)
        assert isinstance(said, dict)
        return ran.returncode, said


@pytest.fixture
def everybody(tmp_path: Path) -> Iterator[Everybody]:
    here = Everybody(tmp_path)
    try:
        here.start()
        yield here
    finally:
        here.kill()


@pytest.mark.slow
def test_a_thousand_entries_acknowledged_by_both_sides(everybody: Everybody) -> None:
    """1,000 entries in four beats: each is acknowledged by both mirrors, each copy is whole."""
    for beat in range(1, 5):
        everybody.report(250)
        code, said = everybody.beat()
        assert (0, True, {}) == (code, said["met"], said["waiting"])
        assert 250 * beat == json_size(said)
    with open_for_reading(everybody.folder / "ledger.sqlite") as store:
        root = store.head().root.hex()
    for side in ("a", "b"):
        checked = run(everybody.folder, "mirror", "check", f"mirror-{side}")
        whole = "The copy is whole: 1000" in checked.stdout and root in checked.stdout
        assert (0, True) == (checked.returncode, whole)


def json_size(said: dict[str, object]) -> int:
    checkpoint = said["checkpoint"]
    assert isinstance(checkpoint, dict)
    size: int = checkpoint["size"]
    return size


@pytest.mark.slow
def test_one_mirror_is_killed_and_comes_back(everybody: Everybody) -> None:
    """Killed: pending, its silence told. Back, with its memory: everything is acknowledged."""
    everybody.report(300)
    assert 0 == everybody.beat()[0]
    everybody.sides["b"].kill()
    everybody.report(300)
    code, said = everybody.beat()
    assert (1, False) == (code, said["met"])
    assert ["side-b.example/mirror"] == list(said["waiting"])  # type: ignore[call-overload]
    shown = everybody.folder / "shown"
    assert "\n300\n" in (shown / "checkpoint").read_text(encoding="utf-8")
    assert "\n600\n" in (shown / "checkpoint.pending").read_text(encoding="utf-8")
    make_older(shown / "acknowledgements", 3600)
    code, said = everybody.beat()
    words = run(everybody.folder, "publish", "shown", "--patience", "1").stdout
    assert re.search(r"side-b\.example/mirror has not acknowledged .* since .*, overdue", words)
    with open_for_reading(everybody.folder / "ledger.sqlite") as store:
        kinds = [entry.kind for _, entry in store.entries(600)]
    assert ["key", "notice"] == kinds
    everybody.sides["b"].start()
    code, said = everybody.beat()
    assert (0, True, 602) == (code, said["met"], json_size(said))


def make_older(account: Path, seconds: int) -> None:
    """Move the account back, as if so much time had passed."""
    lines = [line.split("\t", 1) for line in account.read_text(encoding="utf-8").splitlines()]
    older = [f"{int(at) - seconds}\t{rest}\n" for at, rest in lines]
    account.write_text("".join(older), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_beat_that_is_killed_loses_nothing(
    everybody: Everybody, kind: str, request: pytest.FixtureRequest
) -> None:
    """kill -9 at ten moments of a beat: nothing signed without its files; the next beat holds."""
    if kind == "postgresql":
        everybody.ledger = request.getfixturevalue("postgres").ledger()
    command = [*TREGUA, "publish", "shown", "--ledger", everybody.ledger]
    for turn in range(10):
        everybody.report(150)
        with subprocess.Popen(
            command, cwd=everybody.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            wait_until(lambda n=turn: grown(everybody.folder, n), seconds=0.3 + turn * 0.05)  # type: ignore[misc]
            process.kill()
        signed_has_its_files(everybody.folder)
    code, said = everybody.beat()
    assert (0, 1500) == (code, json_size(said))
    assert 0 == run(everybody.folder, "mirror", "check", "shown").returncode
    assert 0 == run(everybody.folder, "mirror", "check", "mirror-a").returncode


def wait_until(seen: Callable[[], bool], *, seconds: float) -> None:
    """Wait for something to be seen, or for so long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not seen():
        time.sleep(0.005)


def grown(folder: Path, turn: int) -> bool:
    """Say whether a half-written file can be seen; every third turn waits for its time alone."""
    return turn % 3 > 0 and any((folder / "shown" / "tile").rglob(".part-*"))


def signed_has_its_files(folder: Path) -> None:
    shown = folder / "shown"
    if (shown / "signed").is_file():
        head = read_head((shown / "signed").read_text(encoding="utf-8"))
        assert head.root == TiledTree(FolderSource(shown), head.size).root()


@pytest.mark.slow
def test_two_histories_are_proved_by_one_file(everybody: Everybody) -> None:
    """The centre's key signs another history: the mirror refuses, and one file convinces all."""
    everybody.report(20)
    assert 0 == everybody.beat()[0]
    ours = everybody.folder / "ours"
    ours.write_bytes((everybody.folder / "shown/checkpoint").read_bytes())
    (everybody.folder / "ledger.sqlite").unlink()
    with open_for_writing(everybody.folder / "ledger.sqlite") as store:
        append(store, [("report", "Side A", canonical({"other": n})) for n in range(20)])
    other = run(everybody.folder, "publish", "other")
    assert 1 == other.returncode
    assert 3 == other.stdout.count("refuses to acknowledge the record since")
    words = ["audit", "--conflict", "ours", "other/checkpoint.pending"]
    proved = run(everybody.folder, *words)
    assert 4 == proved.returncode
    assert "Two histories are proved: centre.example/ledger/1 signed two histories" in proved.stdout
    looked = run(everybody.folder, "audit", "conflict.tlog-conflict")
    assert (4, True) == (looked.returncode, "Compare the log's key with the annex" in looked.stdout)
    assert 0 == run(everybody.folder, "audit", "--conflict", "ours", "ours").returncode
    kept = run(everybody.folder, "witness", "seen", "--key", "un.key", "--refused")
    assert (1, True) == (kept.returncode, "422" in kept.stdout)


@pytest.mark.slow
def test_broken_callers_end_nothing(everybody: Everybody) -> None:
    """Noise, endless heads, bodies too large or cut off, odd methods: each is turned away alone."""
    port = everybody.sides["un"].port
    heads = {
        b"\x00\xff\r\n\r\n": b"400",
        b"GET nowhere HTTP/1.1\r\n\r\n": b"400",
        b"PUT / HTTP/1.1\r\n\r\n": b"501",
        b"POST /add-checkpoint HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n": b"501",
        b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 999999\r\n\r\n": b"413",
        b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: -1\r\n\r\n": b"400",
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n": b"400",
        b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n": b"431",
        b"GET /../policy HTTP/1.1\r\nConnection: close\r\n\r\n": b"404",
        b"GET /add-checkpoint HTTP/1.1\r\nConnection: close\r\n\r\n": b"404",
        b"POST /add-checkpoint HTTP/1.0\r\n\r\n": b"400",
    }
    for head, status in heads.items():
        assert status == talk(port, head)[9:12], head
    assert b"" == talk(port, b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 50\r\n\r\nhalf")
    everybody.report(3)
    assert 0 == everybody.beat()[0]


def talk(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as caller:
        caller.sendall(data)
        caller.shutdown(socket.SHUT_WR)
        answer = b""
        with_more = True
        while with_more:
            try:
                piece = caller.recv(65_536)
            except ConnectionResetError:
                break
            answer += piece
            with_more = bool(piece)
    return answer


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    """The command says so with code 3 and signs nothing; nor does it write over a key."""
    made = ("keys", "new", "un.example/witness", "--for", "cosigner", "--to", "un.key")
    assert 0 == run(tmp_path, *made).returncode
    again = run(tmp_path, *made)
    assert (5, True) == (again.returncode, "no key was written" in again.stderr)
    (tmp_path / "policy").write_bytes(b"quorum none\n")
    (tmp_path / "un.key").chmod(0o644)
    refused = run(tmp_path, "witness", "seen", "--key", "un.key")
    assert (3, True) == (refused.returncode, "others than its owner" in refused.stderr)


@pytest.mark.slow
def test_the_whole_way_by_usb_stick(tmp_path: Path) -> None:
    """Nobody is on the network: folders are carried, and a receipt of it convinces anybody."""
    here = Everybody(tmp_path)
    here.report(30)
    assert 1 == here.beat()[0]
    for side in ("a", "b"):
        words = ["--from", "shown", "--key", f"{side}.key"]
        pulled = run(tmp_path, "mirror", "pull", f"mirror-{side}", *words)
        assert (0, True) == (pulled.returncode, "holds 30 entries" in pulled.stdout), pulled.stderr
    taken = [word for side in ("a", "b") for word in ("--take", f"mirror-{side}/{PENDING}")]
    ran = run(tmp_path, "publish", "shown", *taken)
    assert 1 == ran.returncode  # the neutral, whom the quorum does not ask
    assert "acknowledged as the policy asks" in ran.stdout
    assert 0 == run(tmp_path, "receipt", "shown", "3", "r.tlog-proof").returncode
    with open_for_reading(tmp_path / "ledger.sqlite") as store:
        entry = next(store.rows(3)).data
    policy = read_policy((tmp_path / "policy").read_bytes())
    proof = read_proof((tmp_path / "r.tlog-proof").read_bytes())
    assert Outcome.OK is check_proof(proof, entry, policy).outcome
    none = run(tmp_path, "receipt", "shown", "30", "s.tlog-proof")
    assert (2, True) == (none.returncode, "covers an entry 30 yet" in none.stderr)


def test_a_ledger_that_is_not_there_is_not_begun(tmp_path: Path) -> None:
    """A mistyped path of the ledger is code 5, and nothing is made or signed."""
    key = new_key("centre.example/ledger/1", KeyType.NOTE)
    write_key_file(key, tmp_path / "log.key")
    (tmp_path / "policy").write_text(f"log {key.public}\nquorum none\n", encoding="utf-8")
    ran = run(tmp_path, "publish", "public", "--ledger", "legder.sqlite")
    assert (5, True) == (ran.returncode, "legder.sqlite" in ran.stderr)
    assert 5 == run(tmp_path, "mirror", "check", "mirorr").returncode
    assert 2 == run(tmp_path, "mirror", "serve", "mirorr", "--key", "log.key").returncode
    assert ["log.key", "policy"] == sorted(path.name for path in tmp_path.iterdir())
