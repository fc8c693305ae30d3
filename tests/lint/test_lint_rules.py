"""Every rule shows itself: its bad deal has the gap, its good deal has not."""

import re
from pathlib import Path

import pytest

import tregua.agreement.lint as lint_folder
from tregua.agreement.lint import NOT_RUN, RULES
from tregua.agreement.lint_deal import lint, pages
from tregua.agreement.read import read_deal_text
from tregua.agreement.rule import Rule

EACH = pytest.mark.parametrize("rule", RULES, ids=[r.code for r in RULES])
NEVER_WRITTEN = re.compile(
    r"\b(sighting|blame|verdict|breach|offence|ticket|faction|enemy|guilt\w*)\b", re.IGNORECASE
)


def codes(text: str) -> set[str]:
    return {n.code for n in lint(read_deal_text(text, file="example.deal.md"))}


@EACH
def test_a_rule_fires_on_its_bad_deal(rule: Rule) -> None:
    """The bad deal of a rule gets a note of the rule."""
    assert rule.code in codes(rule.bad)


@EACH
def test_a_rule_is_silent_on_its_good_deal(rule: Rule) -> None:
    """The good deal of a rule gets no note of the rule."""
    assert rule.code not in codes(rule.good)


@EACH
def test_the_examples_of_a_rule_are_deals(rule: Rule) -> None:
    """The reader has nothing to say about either example."""
    readings = [read_deal_text(text, file="example.deal.md") for text in (rule.bad, rule.good)]
    assert [f"{n.code} {n.said}" for r in readings for n in r.notes] == []


@EACH
def test_a_rule_says_what_why_and_how_to_help(rule: Rule) -> None:
    """No part of a rule's page is empty, and none uses a word that the glossary refuses."""
    parts = (rule.title, rule.what, rule.why, rule.help)
    assert all(parts)
    assert NEVER_WRITTEN.findall(" ".join(parts)) == []
    assert all("\n" not in part for part in parts)


def test_every_file_of_the_folder_is_in_the_list() -> None:
    """The folder holds exactly the rules of the list, in the order of their codes."""
    folder = Path(str(lint_folder.__file__)).parent
    files = sorted(p.stem.split("_")[0].upper() for p in folder.glob("*.py") if p.stem[0] != "_")
    assert files == [rule.code for rule in RULES]
    assert len(set(files)) == len(files)


def test_a_rule_that_is_not_run_has_no_file() -> None:
    """What the summary calls "not run" is not in the list."""
    assert set() == set(NOT_RUN) & {rule.code for rule in RULES}


def test_pages_are_those_of_the_rules() -> None:
    """`tregua explain` can show every rule."""
    assert [rule.code for rule in RULES] == [page.code for page in pages()]
    assert all(page.bad and page.good for page in pages())
