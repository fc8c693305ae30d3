"""`tregua diff` and `tregua symmetry`: what they print, and with which code they end."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.agreement_versions.deals import HEADER, SIDES, clause
from tregua.cli.main import run

Call = Callable[..., tuple[int, str, str]]
LEAVE = 'duty leave "A leaves"\n    on: a\n    must: withdraw\n    within: 48 hours\n'
CHANGE = "instrument change\n    is: amendment\n    in force: 2030-06-01\n    held: whole\n"
SECOND = LEAVE.replace('leaves"\n', 'leaves"\n    version: 2\n    made by: change\n').replace(
    "48", "24"
)


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Run the command line in a folder of its own; return exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def called(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tregua", *words])
        with pytest.raises(SystemExit) as stop:
            run()
        gc.enable()  # a command is a short process and switches it off
        told = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return stop.value.code, told.out, told.err

    return called


def write(name: str, *blocks: str) -> str:
    Path(name).write_text("\n".join([HEADER, clause(SIDES, *blocks)]), encoding="utf-8")
    return name


def test_two_drafts_that_differ_end_with_1(call: Call) -> None:
    """The sides are counted first, then each difference is told under its heading."""
    code, out, err = call(
        "diff", write("1.deal.md", LEAVE), write("2.deal.md", LEAVE.replace("48", "24"))
    )
    assert (1, "") == (code, err)
    assert [
        "a: norms gained 0, lost 0; gaps closed 0, opened 0; other changes 1",
        "b: norms gained 0, lost 0; gaps closed 0, opened 0; other changes 0",
        "",
        "Duties, prohibitions, permissions",
        '  a: duty leave "A leaves": deadline (within): 48 hours -> 24 hours  (text §1)',
        "",
        "1 difference.",
    ] == out.splitlines()


def test_a_draft_beside_itself_ends_with_0(call: Call) -> None:
    """Nothing differs, and that is said."""
    name = write("1.deal.md", LEAVE)
    assert (0, "Nothing differs in law.\n", "") == call("diff", name, name)


def test_json_has_the_digests_and_a_sentence_for_each(call: Call) -> None:
    """With --json nothing but one value is printed, the areas by name."""
    words = ("diff", write("1.deal.md", LEAVE), write("2.deal.md"), "--json")
    code, out, _ = call(*words)
    told = json.loads(out)
    assert 1 == code
    assert {"old", "new", "differences"} == set(told)
    first = told["differences"][0]
    assert ("norm", "lost", "leave", ["a"]) == tuple(
        first[k] for k in ("area", "change", "on", "who")
    )
    assert first["sentence"].startswith("a: loses the duty leave")
    assert {"id", "model_sha256", "text_sha256"} == set(told["old"])


@pytest.mark.parametrize(
    ("begin", "end", "code"),
    [
        ("2030-05-31", "2030-06-01", 1),  # a day means its end
        ("2030-05-01", "2030-05-31", 0),
        ("2030-05-31T23:59", "2030-06-01T00:00", 1),
    ],
)
def test_one_file_at_two_moments(call: Call, begin: str, end: str, code: int) -> None:
    """The versions in force at the two moments are compared, in the deal's zone."""
    name = write("1.deal.md", LEAVE, CHANGE, SECOND)
    ended, out, _ = call("diff", name, "--from", begin, "--to", end)
    assert code == ended
    assert ("48 hours -> 24 hours" in out) == bool(code)


def test_without_an_end_the_newest_text_is_meant(call: Call) -> None:
    """--from alone compares with what the text says at last."""
    name = write("1.deal.md", LEAVE, CHANGE, SECOND)
    assert 1 == call("diff", name, "--from", "2030-05-01")[0]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ((), "compare two files"),
        (("2.deal.md", "--from", "2030-05-01"), "compare two files"),
        (("--to", "2030-05-01"), "from which moment?"),
        (("--from", "May"), "--from: 'May' is not a time"),
        (("--variant", "other"), "other is no variant"),
    ],
)
def test_what_cannot_be_compared_is_wrong_use(
    call: Call, words: tuple[str, ...], hint: str
) -> None:
    """Code 2 and a hint; nothing is guessed."""
    name = write("1.deal.md", LEAVE)
    write("2.deal.md", LEAVE)
    code, out, err = call("diff", name, *words)
    assert (2, "") == (code, out)
    assert hint in err


def test_a_deal_with_reading_errors_is_not_compared(call: Call) -> None:
    """Code 3, and where to look."""
    code, _, err = call(
        "diff", write("1.deal.md", LEAVE), write("2.deal.md", "dooty x\n    on: a\n")
    )
    assert 3 == code
    assert "tregua lint 2.deal.md" in err


def test_symmetry_tells_what_has_no_mirror(call: Call) -> None:
    """The table stands first, then a sentence for each row that is not the same; code 1."""
    code, out, err = call("symmetry", write("1.deal.md", LEAVE))
    assert (1, "") == (code, err)
    assert "a beside b: 1 row, 1 not the same." == out.splitlines()[0]
    assert "- leave is for a; nothing of its kind is for b" in out.splitlines()


def test_symmetric_sides_end_with_0(call: Call) -> None:
    """The only deal of the folder is meant when none is named."""
    write("1.deal.md", LEAVE.replace("on: a", "on: a, b"))
    code, out, _ = call("symmetry")
    assert 0 == code
    assert "a beside b: 1 row, 0 not the same." == out.splitlines()[0]


def test_symmetry_as_json(call: Call) -> None:
    """Every pair of sides with its rows, as data."""
    code, out, _ = call("symmetry", write("1.deal.md", LEAVE), "--json")
    (pair,) = json.loads(out)["sides"]
    assert 1 == code
    assert ("a", "b", "one-sided") == (pair["one"], pair["two"], pair["rows"][0]["match"])


def test_one_party_alone_has_no_mirror_to_look_for(call: Call) -> None:
    """A deal without two parties says so."""
    Path("1.deal.md").write_text(
        HEADER + clause('party a "Side A"\n    is: state\n', LEAVE), encoding="utf-8"
    )
    assert (0, "There are not two parties to compare.\n", "") == call("symmetry")
