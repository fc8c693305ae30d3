"""why --export, what-changed and recompute, as people call them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tregua.cli.main import app
from tregua.errors import TreguaError


def call(*words: str) -> Result:
    """Call the command line in this process."""
    return CliRunner().invoke(app, list(words), prog_name="tregua")


@pytest.fixture(scope="module", name="made")
def made_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the bundled case taken in, made once."""
    folder = tmp_path_factory.mktemp("case") / "september"
    assert 0 == call("demo", "syria-2016-09", "--in", str(folder)).exit_code
    return folder


@pytest.fixture(name="centre")
def centre_(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of it, as the current folder."""
    folder = tmp_path / "centre"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    return folder


def published(*words: str) -> Path:
    """Write what a command publishes as JSON into a file."""
    path = Path("published.json")
    path.write_text(call(*words).stdout, "utf-8")
    return path


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--at", "2016-09-15", "--known-at", "2016-09-15", "--json"),
        ("status", "--at", "2016-09-17", "--known-at", "@300", "--json"),
        ("bulletin", "--at", "2016-09-20", "--format", "json"),
    ],
)
def test_a_published_answer_is_the_same_value_by_value(
    centre: Path, words: tuple[str, ...]
) -> None:
    """P10: from deal digest, ledger head and the two times, every value comes out again."""
    assert centre.is_dir()
    ran = call("recompute", str(published(*words)))
    assert "published.json: the same, value by value" in ran.stdout
    assert 0 == ran.exit_code


def test_a_changed_value_is_named(centre: Path) -> None:
    """One changed number ends in its path, what was published and what comes out."""
    path = published("status", "--at", "2016-09-15", "--json")
    told = json.loads(path.read_text("utf-8"))
    told["status"]["clocks"][0]["low"] += 1
    path.write_text(json.dumps(told), "utf-8")
    ran = call("recompute", str(path))
    assert centre.is_dir()
    assert "status.clocks[0].low: " in ran.stdout
    assert 1 == ran.exit_code
    as_json = json.loads(call("recompute", str(path), "--json").stdout)
    assert [False, 1] == [as_json["same"], len(as_json["differences"])]


def test_a_whole_number_is_not_a_decimal_one(centre: Path) -> None:
    """Bit for bit: 1 and 1.0 are not the same value."""
    path = published("status", "--at", "2016-09-15", "--json")
    told = json.loads(path.read_text("utf-8"))
    told["status"]["clocks"][0]["low"] = float(told["status"]["clocks"][0]["low"])
    path.write_text(json.dumps(told), "utf-8")
    assert centre.is_dir()
    assert 1 == call("recompute", str(path)).exit_code


def refused(path: Path) -> tuple[int, str]:
    """Return the exit code and the sentence with which a published answer is refused."""
    ran = call("recompute", str(path))
    assert isinstance(ran.exception, TreguaError)
    return ran.exception.exit_code, str(ran.exception)


def test_another_ledger_is_told_apart(centre: Path) -> None:
    """Another root at that size, or fewer entries, is exit 4 with the sentence."""
    path = published("status", "--at", "2016-09-15", "--json")
    told = json.loads(path.read_text("utf-8"))
    size = told["checkpoint"]["size"]
    path.write_text(json.dumps({**told, "checkpoint": {"size": size, "root": "00"}}), "utf-8")
    code, sentence = refused(path)
    assert centre.is_dir()
    assert 4 == code
    assert sentence.endswith(f"its first {size} entries do not give the root of the answer")
    longer = {**told, "checkpoint": {**told["checkpoint"], "size": size + 1}}
    path.write_text(json.dumps(longer), "utf-8")
    code, sentence = refused(path)
    assert 4 == code
    assert sentence.endswith(f"it has {size} entries, the answer was made from {size + 1}")


def test_another_deal_is_told_apart(centre: Path) -> None:
    """Another text of the deal, be it by one letter, is exit 3 before anything is computed."""
    path = published("status", "--at", "2016-09-15", "--json")
    deal = next(centre.glob("*.deal.md"))
    deal.write_text(deal.read_text("utf-8") + "\n", "utf-8")
    code, sentence = refused(path)
    assert 3 == code
    assert "its text_sha256 is not that of the deal at hand" in sentence


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"at": 1}', "not json", "[" * 100_000])
def test_what_is_no_published_answer_is_refused(centre: Path, text: str) -> None:
    """Anything else than a published answer is exit 3 with a sentence."""
    path = centre / "other.json"
    path.write_text(text, "utf-8")
    assert 3 == refused(path)[0]


def test_what_changed_names_the_records(centre: Path) -> None:
    """The strike that became known on the 17th stands there with its record."""
    words = ("what-changed", "--at", "2016-09-17", "--from", "2016-09-15", "--to", "2016-09-18")
    ran = call(*words)
    assert centre.is_dir()
    assert 1 == ran.exit_code
    assert "records became known" in ran.stdout
    assert "because own:S16-" in ran.stdout
    told = json.loads(call(*words, "--json").stdout)
    kinds = {a["kind"] for a in told["answers"]}
    assert kinds <= {"new", "gone", "changed", "support"}
    known = set(told["became known"])
    first = next(a for a in told["answers"] if a["kind"] == "new")
    assert first["because"][0].partition(" (entry ")[0] in known
    assert 1 == first["version"]
    assert {2} == {a["version"] for a in told["answers"] if a["kind"] != "new"}


def test_what_changed_says_so_when_nothing_did(centre: Path) -> None:
    """The same state twice is exit 0."""
    words = ("what-changed", "--at", "2016-09-15", "--from", "@300", "--to", "@300")
    ran = call(*words)
    assert centre.is_dir()
    assert ran.stdout.endswith("nothing changed\n")
    assert 0 == ran.exit_code


def test_what_changed_asks_from_when(centre: Path) -> None:
    """Without --from there is nothing to compare."""
    ran = call("what-changed", "--at", "2016-09-15")
    assert centre.is_dir()
    assert "what-changed needs --from: what was known before" == str(ran.exception)


def test_an_exported_answer_is_checked_by_python_alone(centre: Path) -> None:
    """The folder holds all that is needed: no package of ours is on the path."""
    call("why", "attacks", "--at", "2016-09-20", "--export", "out")
    out = centre / "out"
    names = ("tree.json", "entries.jsonl", "check_tree.py")
    assert sorted(names) == sorted(p.name for p in out.iterdir())
    command = [sys.executable, "-I", "-S", "check_tree.py", "tree.json", "entries.jsonl"]
    ran = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
    trees = json.loads((out / "tree.json").read_text("utf-8"))
    assert [f"{t['id']}: holds" for t in trees] == ran.stdout.splitlines()
    assert 0 == ran.returncode
    (out / "tree.json").write_text(json.dumps([{**trees[0], "assessment": "kept"}]), "utf-8")
    ran = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
    assert f"{trees[0]['id']}: refused: " in ran.stdout
    assert 1 == ran.returncode


def test_a_tree_has_the_stable_form(centre: Path) -> None:
    """why --json gives the fields of the deal language, section 4.9, and what came later."""
    words = ("why", "attacks", "--at", "2016-09-15", "--known-at", "2016-09-15", "--json")
    tree = json.loads(call(*words).stdout)["assessments"][0]
    assert centre.is_dir()
    expected = {
        *("assessment", "norm", "clause", "bearer", "p", "as_of", "digests", "because"),
        *("would change if", "not considered"),
    }
    assert expected <= tree.keys()
    assert {"seq", "head", "until"} == tree["as_of"].keys()
    assert {"model", "text"} == tree["digests"].keys()
    assert tree["not considered"]
    assert {"received after as_of"} == {v for line in tree["not considered"] for v in line.values()}
