"""Every exhaustive rule shows itself on two small deals, and says when it could not decide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tregua.agreement.prove as prove_folder
from tregua.agreement.lint import NOT_RUN, RULES
from tregua.agreement.prove import QUESTIONS
from tregua.agreement.prove.prove_deal import ask, lint_and_prove, pages
from tregua.agreement.prove.solve import Undecided, solve
from tregua.agreement.read import Reading, read_deal_text
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from tregua.agreement.prove.question import Question

pytest.importorskip("clingo", reason="the extra prove (clingo) is not installed")

EACH = pytest.mark.parametrize("question", QUESTIONS, ids=[q.rule.code for q in QUESTIONS])
DAYS = re.compile(r"Day [1-9]\d*(, \d+ (h|min).*later| \(\d{4}-\d\d-\d\d \d\d:\d\d\))?: .+")


def read(text: str) -> Reading:
    return read_deal_text(text, file="example.deal.md")


@EACH
def test_a_question_finds_its_bad_deal(question: Question) -> None:
    """The bad deal has a counterexample whose story has dated sentences in the order of time."""
    found = question.ask(read(question.rule.bad).text)
    assert found
    for example in found:
        assert "" == example.undecided
        assert all(DAYS.fullmatch(str(line)) for line in example.story)
        numbers = [int(line.day.split()[1].strip(",")) for line in example.story]
        assert numbers
        assert sorted(numbers) == numbers


@EACH
def test_a_question_passes_its_good_deal(question: Question) -> None:
    """The good deal has no counterexample."""
    assert () == question.ask(read(question.rule.good).text)


@EACH
def test_the_examples_of_a_question_are_deals(question: Question) -> None:
    """The reader has nothing to say about either example."""
    readings = [read(text) for text in (question.rule.bad, question.rule.good)]
    assert [] == [f"{n.code} {n.said}" for r in readings for n in r.notes]


@EACH
def test_a_story_is_told_again_in_the_same_words(question: Question) -> None:
    """Asking twice gives the same story, and so does the note of the linter."""
    first, second = (question.ask(read(question.rule.bad).text) for _ in range(2))
    assert first == second
    notes = [n for n in lint_and_prove(read(question.rule.bad)) if n.code == question.rule.code]
    stories = [" ".join(f"{line}." for line in e.story) for e in first]
    assert all(any(story in n.why for n in notes) for story in stories)


@EACH
def test_exchanging_two_sides_exchanges_the_answer(question: Question) -> None:
    """With a and b exchanged everywhere, the same blocks are noted, with stories as long."""
    there = question.ask(read(question.rule.bad).text)
    back = question.ask(read(exchanged(question.rule.bad)).text)
    assert [(e.on, len(e.story)) for e in there] == [(e.on, len(e.story)) for e in back]


def exchanged(text: str) -> str:
    """Return a deal with the ids a and b exchanged in its blocks."""
    plain = r"(?<![-\w])[ab](?![-\w])"
    lines = [
        re.sub(plain, lambda m: {"a": "b", "b": "a"}[m.group()], line)
        if re.match(r"    [a-z]|party", line)
        else line
        for line in text.splitlines()
    ]
    return "\n".join(lines) + "\n"


def test_every_file_of_a_question_is_in_the_list() -> None:
    """The folder holds exactly the questions of the list, in the order of their codes."""
    folder = Path(str(prove_folder.__file__)).parent
    files = sorted(p.stem.split("_")[0].upper() for p in folder.glob("l[0-9]*.py"))
    assert files == [q.rule.code for q in QUESTIONS]


def test_what_the_linter_did_not_run_is_asked_here() -> None:
    """Each rule that the summary calls not run is a question; the others refine a lint rule."""
    codes = [q.rule.code for q in QUESTIONS]
    assert set(NOT_RUN) <= set(codes)
    assert set(codes) - set(NOT_RUN) <= {r.code for r in RULES}


def test_an_exact_form_has_a_page_of_its_own() -> None:
    """`tregua explain` shows the exact form beside the first one."""
    expected = ["L422-exact", "L508-exact", "L604-exact", "L901-exact", "L902", "L903", "L904"]
    assert expected == [p.code for p in pages()]
    assert all(p.bad and p.good and p.what and p.why and p.help for p in pages())


def test_a_search_that_is_stopped_concludes_nothing() -> None:
    """A search without enough time raises and says within which time it did not decide."""
    holes = """
    hole(1..11). pigeon(1..12). { in(P,H) : hole(H) } = 1 :- pigeon(P).
    :- in(P,H), in(Q,H), P < Q.
    """
    with pytest.raises(Undecided, match=r"not decided within 0\.01 s"):
        solve(holes, seconds=0.01)


def test_a_question_without_an_answer_is_an_info(monkeypatch: pytest.MonkeyPatch) -> None:
    """A note about a search that was stopped claims nothing, and the first form still speaks."""
    from tregua.agreement.prove import l901_circle

    def stopped(*_: object) -> None:
        raise Undecided("not decided within 5 s")

    monkeypatch.setattr(l901_circle, "solve", stopped)
    reading = read(l901_circle.QUESTION.rule.bad)
    answer = next(a for a in ask(reading) if a.question.rule.code == "L901")
    assert "not decided within 5 s" == answer.undecided
    notes = [n for n in lint_and_prove(reading) if n.code == "L901"]
    assert [Severity.INFO] == [n.severity for n in notes if "not decided" in n.said]
    assert any(n.severity is Severity.ERROR for n in notes)


def test_the_exact_form_takes_the_place_of_the_first() -> None:
    """A circle with another way out is noted by the first look and not by the exact one."""
    text = QUESTIONS[3].rule.good
    reading = read(text)
    assert "L901" not in {n.code for n in lint_and_prove(reading)}
