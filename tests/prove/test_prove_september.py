"""The exhaustive rules on the deal of September 2016, and from the command line."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from time import perf_counter

import pytest
from typer.testing import CliRunner

import tregua.agreement.prove.prove_deal as proving
from tregua.agreement.lint_deal import lint
from tregua.agreement.prove import QUESTIONS
from tregua.agreement.prove.prove_deal import ask, lint_and_prove
from tregua.agreement.read import read_deal, read_deal_text
from tregua.agreement.rule import miniature
from tregua.cli.main import app

pytest.importorskip("clingo", reason="the extra prove (clingo) is not installed")

SEPTEMBER = Path(str(files("tregua.agreement") / "library" / "syria-2016-09.deal.md"))
CASTELLO = {"checkpoints", "withdraw-government", "withdraw-opposition"}


def test_the_withdrawals_of_castello_road_wait_for_each_other() -> None:
    """L901 is on both withdrawals; the checkpoints that one waits for are owed by nobody."""
    answers = {a.question.rule.code: a.examples for a in ask(read_deal(SEPTEMBER))}
    stories = {e.on: [str(line) for line in e.story] for e in answers["L901"]}
    assert set(stories) == CASTELLO
    day_1, day_3 = "Day 1 (2016-09-12 19:00)", "Day 3 (2016-09-14 19:00)"
    assert [
        f"{day_1}: the moment D is set by ru and us",
        f"{day_1}: phase coh begins",
        f"{day_1}: duty checkpoints waits for done(withdraw-government)",
        f"{day_1}: nobody is named who owes duty checkpoints",
        f"{day_1}: duty withdraw-government waits for done(checkpoints)",
        f"{day_3}: phase coh ends",
        f"{day_3}: nothing has come of duty checkpoints and duty withdraw-government",
    ] == stories["withdraw-government"]
    assert (
        f"{day_1}: duty withdraw-opposition waits for done(withdraw-government)"
        in (stories["withdraw-opposition"])
    )


def test_with_the_exhaustive_rules_no_other_note_is_lost() -> None:
    """The notes of September 2016 are the same but for those that an exact form settles."""
    reading = read_deal(SEPTEMBER)
    settled = {q.rule.code for q in QUESTIONS if q.settles}
    first = {(n.code, n.on) for n in lint(reading) if n.code not in settled}
    with_proof = lint_and_prove(reading)
    assert first <= {(n.code, n.on) for n in with_proof}
    assert CASTELLO == {n.on for n in with_proof if n.code == "L901"}
    assert all("the story: Day 1" in n.why for n in with_proof if n.code == "L901")


def run(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, list(words), prog_name="tregua")
    return answer.exit_code, answer.output


def test_the_command_tells_the_stories() -> None:
    """`tregua prove` prints every question, and the stories of those that found something."""
    code, text = run("prove", str(SEPTEMBER))
    assert 1 == code
    assert [q.rule.code for q in QUESTIONS] == re.findall(r"^(L\d+):", text, re.MULTILINE)
    assert "    Day 3 (2016-09-14 19:00): phase coh ends.\n" in text


def test_the_command_writes_json() -> None:
    """`tregua prove --json` has the stories as data."""
    code, text = run("prove", str(SEPTEMBER), "--json")
    told = json.loads(text)
    assert (1, "syria-2016-09") == (code, told["deal"])
    circles = next(q for q in told["questions"] if q["code"] == "L901")
    assert CASTELLO == {found["on"] for found in circles["found"]}
    assert {"day": "Day 1 (2016-09-12 19:00)", "said": "phase coh begins"} in (
        circles["found"][0]["story"]
    )


def test_the_linter_says_what_was_run() -> None:
    """The last line names the rules that were not run, or says that every rule was."""
    assert (
        "3 rules need exploration and were not run (L902, L903, L904)"
        in (run("lint", str(SEPTEMBER))[1])
    )
    assert "every rule was run" in run("lint", str(SEPTEMBER), "--prove")[1]


def test_without_the_solver_both_commands_say_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the extra the linter goes on without these rules, and `tregua prove` stops."""
    monkeypatch.setattr(proving, "is_there", lambda: False)
    text = run("lint", str(SEPTEMBER), "--prove")[1]
    assert "pip install 'tregua[prove]'" in text
    assert "were not run (L902, L903, L904)" in text
    answer = CliRunner().invoke(app, ["prove", str(SEPTEMBER)])
    assert "the solver is not installed" in str(answer.exception)


@pytest.mark.parametrize("code", ["L902", "L903", "L904", "l422-exact", "L901-exact"])
def test_explain_shows_the_pages(code: str) -> None:
    """`tregua explain` knows the codes and the exact forms, in any case of letters."""
    status, text = run("explain", code)
    assert 0 == status
    assert text.lower().startswith(f"{code.lower()}:")
    assert "An example that gives it" in text


def test_a_long_deal_is_answered_in_seconds() -> None:
    """A deal of 60 blocks in one chain with a circle at its end takes a few seconds at most."""
    blocks = ['phase truce "Truce"\n    starts: 2030-05-01T08:00\n    lasts: 20 days']
    for n in range(50):
        after = f"\n    after: d{n - 1}" if n else ""
        blocks.append(
            f'duty d{n} "Duty {n}"\n    on: {"ab"[n % 2]}\n    must: withdraw\n'
            f"    during: truce\n    within: {n % 5 + 1} days{after}"
        )
    blocks += [
        f'gate g{n} "Gate {n}"\n    opens when: done(d{n * 5})\n    leads to: truce'
        for n in range(9)
    ]
    blocks.append('duty last "Last"\n    on: a\n    must: release\n    together with: d49')
    reading = read_deal_text(miniature("\n\n".join(blocks)), file="long.deal.md")
    begun = perf_counter()
    answers = {a.question.rule.code: a for a in ask(reading)}
    assert {"d49", "last"} == {e.on for e in answers["L901"].examples}
    assert perf_counter() - begun < 20  # about 2 s on one idle core
