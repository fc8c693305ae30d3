"""An archive outlives the program: who made it, who checks it, who goes on with it."""

import json
import re
import subprocess
from base64 import urlsafe_b64decode
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.archive.conftest import Call, publish
from tests.cli.parties import SHOT, signed, with_keys
from tests.ledger.verifier.asked import broken
from tregua.cli import desk
from tregua.cli.verify import check_files
from tregua.errors import TreguaError
from tregua.ledger.archive.pack import SUMS, pack, with_sums
from tregua.ledger.archive.unpack import files_in
from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_reading, open_for_writing
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.tiles.durable import DurableFolder
from tregua.ledger.tiles.write_tiles import extend

Words = Callable[..., list[str]]


def test_what_is_in_it(files: dict[str, bytes]) -> None:
    """Entries, log, deal, answers, both programs, the annex and a page lie in plain files."""
    expected = {
        *("SHA256SUMS", "index.html", "tregua_verify.py", "check_tree.py", "entries.jsonl", "head"),
        *("agreement/valley.deal.md", "agreement/valley.geojson", "answers/trees.json"),
        *("ledger/annex", "ledger/policy", "ledger/checkpoint", "ledger/checkpoint.pending"),
        *("ledger/checkpoints/5", "ledger/tile/0/000.p/5", "ledger/tile/entries/000.p/5"),
    }
    assert expected == files.keys()


def test_the_same_record_gives_the_same_bytes(archive: Path, call: Call) -> None:
    """Two exports of one record are one file, byte for byte."""
    call("export", "again.zip", "--log", "public", "--at", "2030-09-16")
    assert archive.read_bytes() == archive.with_name("again.zip").read_bytes()


def test_the_product_verifies_it(archive: Path, call: Call) -> None:
    """`tregua verify` tells each thing that holds, and who signed."""
    ran = call("verify", archive.name)
    assert 0 == ran.code, ran
    lines = ran.out.splitlines()
    assert "16 files are those that were packed." == lines[0]
    assert "5 entries are signed by keys valid there." == lines[1]
    mirrors = "side-a.example/mirror, side-b.example/mirror"
    assert f"Checkpoint of 5: signed by its log and by {mirrors}." in lines


def run(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def test_it_checks_without_the_product(
    centre: Path, call: Call, bare: Words, archive: Path
) -> None:
    """In the unpacked folder a Python with cryptography alone checks log, signers and answers."""
    ran = call("export", "folder", "--log", "public", "--at", "2030-09-16")
    assert 0 == ran.code, ran
    folder = centre / "folder"
    assert files_in(archive) == files_in(folder)
    has_no_tregua = run(bare("tregua_verify.py", "--json"), folder)
    assert 2 == has_no_tregua.returncode
    program = ("tregua_verify.py", "ledger", "ledger/policy", "ledger")
    ledger = run(bare(*program), folder)
    assert (0, "") == (ledger.returncode, ledger.stderr)
    assert "every entry is signed by a key valid there\ngood\n" in ledger.stdout
    trees = ("answers/trees.json", "entries.jsonl")
    tree = run(bare("tregua_verify.py", "tree", *trees), folder)
    assert (0, "") == (tree.returncode, tree.stderr), tree
    whole = run(bare("check_tree.py", *trees), folder)
    assert (0, 0) == (whole.returncode, whole.stdout.count("refused"))
    sums = run(["sha256sum", "-c", "SHA256SUMS"], folder)
    assert (0, 15) == (sums.returncode, sums.stdout.count(": OK"))


def test_that_python_has_no_tregua(bare: Words, tmp_path: Path) -> None:
    """The interpreter of the scene before cannot import tregua, and has cryptography."""
    (tmp_path / "a.py").write_text("import cryptography\nimport tregua\n")
    ran = run(bare(tmp_path / "a.py"), tmp_path)
    assert "No module named 'tregua'" in ran.stderr


def test_what_one_audience_gets(centre: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is marked for A and the monitors is in A's archive; B's has every entry and no field."""
    monkeypatch.setattr(desk, "desk_beside", partial(desk.desk_beside, rel=("A", "MON")))
    assert 0 == call("intake", "reports.csv", "--ledger", "marked.sqlite").code
    for name in ("A", "B", "PUBLIC"):
        words = ("--ledger", "marked.sqlite", "--audience", name, "--at", "2030-09-16")
        assert 0 == call("export", f"{name}.zip", *words).code
        assert 0 == call("verify", f"{name}.zip").code
    for_a, for_b, public = (files_in(centre / f"{n}.zip") for n in ("A", "B", "PUBLIC"))
    assert for_b["entries.jsonl"] == public["entries.jsonl"]
    assert all(line.count(b"~") == 1 for line in for_b["entries.jsonl"].splitlines())
    assert for_a["ledger/tile/entries/000.p/5"] == for_b["ledger/tile/entries/000.p/5"]
    seen, hidden = (b"".join([*f.values(), opened(f["entries.jsonl"])]) for f in (for_a, for_b))
    for canary in (b"own:o1", b"own:o2", b"Monitors", b"One mortar round", b"Shells heard"):
        assert (True, False) == (canary in seen, canary in hidden), canary


HIDDEN = ("source", "where.point", "where.cell5", "what", "by", "against", "at", "note")


@pytest.mark.parametrize("field", HIDDEN)
def test_a_view_without_a_field_checks_alone(
    field: str, centre: Path, call: Call, bare: Words
) -> None:
    """What B may not see of a report is told as hidden: its answers hold by what B holds."""
    with_keys(call, "side-a")
    marks = {"id": "s1", "rel": "A,B", f"rel.{field}": "A"}
    if field == "where.cell5":
        marks |= {"rel.where.point": "A"}
    assert 0 == signed(call, SHOT | marks).code
    assert 0 == call("intake", "side-a.bundle").code
    ran = call("export", "view", "--audience", "B", "--at", "2030-09-16")
    assert 0 == ran.code, ran
    assert 0 == call("verify", "view").code
    trees = ("answers/trees.json", "entries.jsonl")
    for program in (("tregua_verify.py", "tree"), ("check_tree.py",)):
        alone = run(bare(*program, *trees), centre / "view")
        assert (0, "") == (alone.returncode, alone.stderr), alone


def opened(lines: bytes) -> bytes:
    """Return what the disclosures of entries say."""
    parts = [part for line in lines.splitlines() for part in line.split(b"~")[1:] if part]
    return b"".join(urlsafe_b64decode(part + b"=" * (-len(part) % 4)) for part in parts)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        loads = ("src", "href", "action", "onload", "onclick")
        self.found += [(tag, value) for name, value in attrs if name in loads]
        self.found += [(tag, "")] if tag in ("script", "iframe", "object", "link", "img") else []


def test_the_page_stands_alone(files: dict[str, bytes]) -> None:
    """The page loads nothing, runs nothing, and names the verifier's digest and the root."""
    page = files["index.html"].decode()
    links = Links()
    links.feed(page)
    assert [] == links.found
    assert sha256(files["tregua_verify.py"]).hexdigest() in page
    assert files["head"].decode().split()[1] in page
    assert "python tregua_verify.py ledger ledger/policy ledger" in page
    assert not re.search(r"https?://", page)


def test_the_commands_of_the_page_are_those_that_work(
    files: dict[str, bytes], bare: Words, tmp_path: Path
) -> None:
    """Each line of the page that starts python is run as it stands, and ends well."""
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    page = files["index.html"].decode()
    lines = [line for line in re.split(r"[\n<>]", page) if line.startswith("python ")]
    assert 3 == len(lines)
    for line in lines:
        assert 0 == run(bare(*line.split()[1:]), tmp_path).returncode, line


def test_a_title_in_the_deal_is_no_markup(centre: Path, call: Call) -> None:
    """What a deal calls itself is text on the page, never code."""
    deal = centre / "valley.deal.md"
    text = deal.read_text("utf-8").replace("Two days in the valley", "<script>alert(1)</script>")
    deal.write_text(text, "utf-8")
    assert 0 == call("export", "x.zip", "--at", "2030-09-16").code
    page = files_in(centre / "x.zip")["index.html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


# -- what does not hold ----------------------------------------------------------------------------


def changed(archive: Path, files: dict[str, bytes], name: str, data: bytes, *, listed: bool) -> str:
    """Write the archive with one file changed; return its name."""
    others = {n: d for n, d in (files | {name: data}).items() if n != SUMS}
    made = with_sums(others) if listed else others | {SUMS: files[SUMS]}
    path = archive.with_name("changed.zip")
    path.write_bytes(pack(made))
    return path.name


def test_a_file_that_is_not_the_one_that_was_packed(
    archive: Path, files: dict[str, bytes], call: Call
) -> None:
    """Every file of the archive, changed by one byte, is named; with exit code 4."""
    for name in sorted(files.keys() - {SUMS}):
        ran = call("verify", changed(archive, files, name, files[name] + b" ", listed=False))
        ran.tells(4, f"{name}: it is not the file that SHA256SUMS lists")


def test_a_forger_who_lists_the_digests_anew(
    archive: Path, files: dict[str, bytes], call: Call
) -> None:
    """With digests made anew the signatures, hashes and trees still tell what was done."""
    lines = files["entries.jsonl"].splitlines(keepends=True)
    trees = json.loads(files["answers/trees.json"])
    trees[0]["assessment"] = "kept"
    cases = [
        ("entries.jsonl", b"".join(lines[:-1]), "it is not the head of the entries"),
        ("entries.jsonl", b"".join([*lines[:2], *lines[3:]]), "number"),
        ("entries.jsonl", files["entries.jsonl"].replace(b"~", b"~A", 5), "disclos"),
        ("head", b"5 " + b"0" * 64 + b"\n", "head: it is not the head of the entries"),
        ("ledger/tile/0/000.p/5", b"\0" * 160, "it is not what entries.jsonl gives"),
        ("ledger/checkpoint", files["ledger/checkpoint"].replace(b"\n5\n", b"\n4\n"), "signature"),
        ("answers/trees.json", json.dumps(trees).encode(), "it was changed: its digest differs"),
    ]
    for name, data, said in cases:
        call("verify", changed(archive, files, name, data, listed=True)).tells(4, said)


def test_what_is_trusted_comes_from_the_paper(archive: Path, centre: Path, call: Call) -> None:
    """With the annex of other keys, or another policy, the same archive does not hold."""
    (centre / "annex").write_text("agreement " + "0" * 64 + "\n")
    call("verify", archive.name, "--annex", "annex").tells(4, "entry 0", "is not known here")
    other = files_in(archive)["ledger/policy"].replace(b"quorum sides", b"quorum UN")
    (centre / "paper").write_bytes(other)
    ran = call("verify", archive.name, "--policy", "paper")
    ran.tells(4, "ledger/checkpoint", "the quorum of the policy has not acknowledged it")


def test_a_log_of_another_record(centre: Path, call: Call) -> None:
    """Checkpoints that were signed over another record are not packed with this one."""
    public = publish(centre, "A", "B")
    (centre / "more.csv").write_text((centre / "reports.csv").read_text().replace("o1", "o9"))
    assert 0 == call("intake", "more.csv").code
    assert 0 == call("export", "longer.zip", "--log", "public").code
    (centre / "ledger.sqlite").unlink()
    (centre / "ledger.bodies").unlink()
    (centre / "ledger.vault").unlink()
    for key in (centre / "ledger.keys").iterdir():
        key.unlink()
    (centre / "ledger.annex").unlink()
    assert 0 == call("intake", "reports.csv").code
    ran = call("export", "other.zip", "--log", public.name)
    ran.tells(4, "it was signed over another record than this")
    assert not (centre / "other.zip").exists()


def test_without_an_annex_nothing_is_packed(centre: Path, call: Call) -> None:
    """Where nobody can tell whose root keys signed, the annex is asked for."""
    (centre / "ledger.annex").unlink()
    call("export", "x.zip").tells(3, "ledger.annex", "nothing says whose keys count", "help:")
    assert not (centre / "x.zip").exists()


def test_any_content_of_any_file(files: dict[str, bytes]) -> None:
    """Whatever stands in a file of an archive: it holds, or a refusal of one line says why not."""
    chance, out = Random(11), {"holds": 0, "refused": 0}
    names = sorted(files.keys() - {SUMS})
    for _ in range(400):
        name = chance.choice(names)
        others = {n: d for n, d in files.items() if n != SUMS} | {name: broken(files[name], chance)}
        out[verdict(with_sums(others))] += 1
    assert min(out.values()) > 0  # a page or a deal may say anything


def verdict(files: dict[str, bytes]) -> str:
    try:
        check_files(files)
    except TreguaError as error:
        lines, code = str(error).count("\n"), error.exit_code
        return "refused" if (lines, code in (3, 4)) == (0, True) else f"{code}: {error}"
    return "holds"


def test_a_record_that_nobody_signed_is_not_packed(centre: Path, call: Call) -> None:
    """An entry that was never signed is named, and no archive is written."""
    with open_for_writing(centre / "ledger.sqlite") as store:
        append(store, [("notice", "centre", canonical({"about": "something"}))])
    ran = call("export", "x.zip", "--at", "2030-09-16")
    ran.tells(4, "entry 5", "nobody signed it")
    assert not (centre / "x.zip").exists()


# -- going on --------------------------------------------------------------------------------------


def test_another_centre_goes_on(archive: Path, centre: Path, call: Call) -> None:
    """The next ledger names the old root in the open part of its first entry, and takes reports."""
    ran = call("go-on", archive.name, "--ledger", "next.sqlite")
    assert 0 == ran.code, ran
    head = files_in(archive)["head"].decode().split()
    with open_for_reading(centre / "next.sqlite") as store:
        entries = [entry for _, entry in store.entries()]
        first, *_ = entries
        assert isinstance(first, SignedEntry)
        told = {f.name: f.value for f in fields_in(first.claims, store.bodies.get(first.id))}
    kinds = [e.kind for e in entries]
    assert ["epoch", "key", "agreement"] == kinds
    assert (head[1],) == first.claims.ref
    assert {"size": int(head[0]), "root": head[1]} == told["before"]
    assert files_in(archive)["ledger/checkpoint"].decode() == told["checkpoint"]
    assert 0 == call("intake", "reports.csv", "--ledger", "next.sqlite").code
    ran = call("export", "next.zip", "--ledger", "next.sqlite", "--at", "2030-09-16")
    assert 0 == ran.code, ran
    assert 0 == call("verify", "next.zip").code
    assert 0 == call("go-on", "next.zip", "--ledger", "third.sqlite").code


def test_the_next_ledger_checks_alone(archive: Path, centre: Path, call: Call, bare: Words) -> None:
    """The single-file verifier takes the first entry of a ledger that follows another."""
    call("go-on", archive.name, "--ledger", "next.sqlite")
    call("export", "folder", "--ledger", "next.sqlite", "--at", "2030-09-16")
    ran = run(bare("tregua_verify.py", "ledger", "-", "ledger"), centre / "folder")
    assert (0, "") == (ran.returncode, ran.stderr), ran


def test_nothing_is_begun_behind_what_does_not_hold(
    archive: Path, files: dict[str, bytes], centre: Path, call: Call
) -> None:
    """From a broken archive, or into a ledger that is there, nothing is written."""
    bad = changed(archive, files, "head", b"5 " + b"0" * 64 + b"\n", listed=True)
    call("go-on", bad, "--ledger", "next.sqlite").tells(4, "head")
    call("go-on", archive.name, "--ledger", "ledger.sqlite").tells(2, "is there already")
    assert not (centre / "next.sqlite").exists()
    assert not (centre / "next.keys").exists()


def test_the_verifier_is_handed_out(centre: Path, call: Call) -> None:
    """`tregua audit --write-verifier` writes the file, and prints the digest for the annex."""
    ran = call("audit", "--write-verifier", "check.py")
    digest = sha256((centre / "check.py").read_bytes()).hexdigest()
    assert (0, True) == (ran.code, f"SHA-256 {digest}." in ran.out), ran


@pytest.fixture
def copied(centre: Path) -> Path:
    """The log as a mirror keeps it: entries and tiles, checkpoints, policy; nothing disclosed."""
    folder = publish(centre, "A", "B")
    with open_for_reading(centre / "ledger.sqlite") as store:
        extend(DurableFolder(folder), (row.data for row in store.rows()), size=0)
    return folder


def test_a_side_goes_on_from_its_own_mirror(copied: Path, centre: Path, call: Call) -> None:
    """Whoever ran the centre cannot end the record by going away: the copy is enough."""
    ran = call("go-on", copied.name, "--annex", "ledger.annex", "--ledger", "next.sqlite")
    assert 0 == ran.code, ran
    with open_for_reading(centre / "ledger.sqlite") as store:
        root = store.head().root.hex()
    with open_for_reading(centre / "next.sqlite") as store:
        _, first = next(store.entries())
    assert isinstance(first, SignedEntry)
    assert ("epoch", (root,)) == (first.kind, first.claims.ref)
    assert 0 == call("audit", "next.sqlite").code


def test_nothing_is_begun_behind_a_copy_that_does_not_hold(
    copied: Path, centre: Path, call: Call
) -> None:
    """Without the annex, with another, or with one byte changed, nothing is written."""
    words = ("go-on", copied.name, "--ledger", "next.sqlite")
    call(*words).tells(2, "no annex lies in it")
    (centre / "other.annex").write_text("", "ascii")
    call(*words, "--annex", "other.annex").tells(4, "entry 0")
    (bundle,) = (p for p in (copied / "tile" / "entries").rglob("*") if p.is_file())
    bundle.write_bytes(bundle.read_bytes()[:-1] + b"!")
    call(*words, "--annex", "ledger.annex").tells(4, "do not hash to its leaf")
    assert not (centre / "next.sqlite").exists()
