"""Mechanism profiles read as deals, keep their gaps honest, and are filled with two sides."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tregua.agreement.exchange.write import format_deal
from tregua.agreement.lint_deal import lint
from tregua.agreement.profiles import Side, Start, new_deal, profile, profile_names
from tregua.agreement.read import Reading, read_deal_text
from tregua.errors import WrongUse

NAMES = profile_names()
NORTH, SOUTH = Side("north", "The northern side"), Side("south", "The southern side")

# What the mechanism leaves open, as the mission left it open: the rest of L501 to L507 is closed.
OPEN = {
    "amm": {"L502 seniors", "L505 watch"},
    "colombia-mmv": {"L505 watch"},
    "ctsamvm": {"L502 board", "L502 technical-committee", "L505 watch"},
    "eumm": {"L503", "L505 watch", "L506 watch"},
    "issg-2016": {
        "L502 task-force",
        "L503 task-force",
        "L504 look-into",
        "L505 watch",
        "L506 watch",
    },
    "nuba-jmc": {"L505 watch"},
}
# Where a report may come at any time, the step of reporting has none, and the text says why.
ACCEPTED = {"colombia-mmv": {"L504 fact"}, "ctsamvm": {"L504 allegation"}}
MECHANISM = ("L501", "L502", "L503", "L504", "L505", "L506", "L507")


@cache
def read(name: str) -> Reading:
    return read_deal_text(profile(name).text, file=f"{name}.deal.md")


@cache
def filled(name: str, one: Side = NORTH, other: Side = SOUTH) -> Reading:
    start = Start("valley", sides=(one, other), zone="UTC")
    return read_deal_text(new_deal(start, profile_name=name), file="valley.deal.md")


def test_the_six_are_there() -> None:
    """There are six profiles, by name."""
    assert ("amm", "colombia-mmv", "ctsamvm", "eumm", "issg-2016", "nuba-jmc") == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_reads_without_a_note_and_is_in_form(name: str) -> None:
    """Every profile is a deal of its own, written as the formatter writes."""
    assert () == read(name).notes
    assert profile(name).text == format_deal(profile(name).text)


@pytest.mark.parametrize("name", NAMES)
def test_only_the_gaps_of_the_mission_stay_open(name: str) -> None:
    """Of the rules about mechanisms only those fire whose gap the mission itself left open."""
    notes = [n for n in lint(read(name)) if n.code in MECHANISM]
    assert OPEN[name] == {f"{n.code} {n.on}".strip() for n in notes if not n.accepted}
    assert ACCEPTED.get(name, set()) == {f"{n.code} {n.on}" for n in notes if n.accepted}


@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_told_or_assumed(name: str) -> None:
    """No number of a profile stands in a block alone: the clause has it, or we assumed it."""
    assert [] == [n.on for n in lint(read(name)) if n.code == "L706"]


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_has_a_block_that_names_its_source(name: str) -> None:
    """Whatever a profile says that a mission did, a block of that clause says where it is from."""
    text = read(name).text
    told = {b.clause for b in text.blocks if b.every("source")}
    assert {p.clause for p in text.paragraphs} == told
    assert {"P"} == {p.mark for p in text.paragraphs}


@pytest.mark.parametrize("name", NAMES)
def test_only_the_two_sides_are_placeholders(name: str) -> None:
    """Filled in, no placeholder is left, in blocks, titles or prose."""
    start = Start("valley", "A truce", (NORTH, SOUTH), "Asia/Jakarta")
    text = new_deal(start, profile_name=name)
    assert [] == re.findall(r"side-[ab]\b|Side [AB]\b", text)
    reading = read_deal_text(text, file="valley.deal.md")
    assert () == reading.notes
    titles = [(p.id, p.title()) for p in reading.agreement.parties]
    assert [("north", "The northern side"), ("south", "The southern side")] == titles
    assert ("valley", "A truce", "Asia/Jakarta") == (
        reading.agreement.id,
        reading.agreement.title,
        reading.agreement.zone,
    )
    assert text == format_deal(text)


@pytest.mark.parametrize("name", NAMES)
def test_sides_exchanged_exchange_the_model(name: str) -> None:
    """The two sides put in the other way round give the same deal with the two exchanged."""
    text = new_deal(Start("valley", sides=(NORTH, SOUTH), zone="UTC"), profile_name=name)
    parts = re.split(r'("(?:[^"\\]|\\.)*")', text)
    swap = {"north": "south", "south": "north"}
    parts[::2] = [
        re.sub(r"(?<![\w-])(?:north|south)(?![\w-])", lambda m: swap[m[0]], p) for p in parts[::2]
    ]
    exchanged = read_deal_text("".join(parts), file="valley.deal.md").agreement
    assert filled(name, SOUTH, NORTH).agreement.model_digest == exchanged.model_digest


def test_the_skeleton_reads_and_leaves_everything_open() -> None:
    """A new deal without a profile has no mistake, and the linter asks for the whole mechanism."""
    reading = read_deal_text(new_deal(Start("valley")), file="valley.deal.md")
    assert () == reading.notes
    codes = {n.code for n in lint(reading)}
    assert {"L502", "L503", "L504", "L505", "L506", "L507", "L601", "L301"} <= codes


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (Start("Valley"), "Valley cannot be an id"),
        (Start("valley", sides=(Side("a b", "A"), SOUTH)), "a b cannot be an id"),
        (Start("valley", sides=(NORTH, NORTH)), "both sides have the id north"),
        (Start("valley", sides=(Side("mission", "M"), SOUTH)), "mission is already the id"),
        (Start("valley", sides=(Side("everyone", "E"), SOUTH)), "a name of the language itself"),
        (Start("valley", zone="Mars/North"), "Mars/North is not a time zone"),
    ],
)
def test_what_cannot_be_meant_is_refused(start: Start, said: str) -> None:
    """An id, a pair of sides or a zone that the reader would not take is said at once."""
    with pytest.raises(WrongUse, match=re.escape(said)) as caught:
        new_deal(start, profile_name="amm")
    assert caught.value.help


def test_an_unknown_profile_gets_the_nearest_name() -> None:
    """A slip in the name of a profile is answered with the name that is meant."""
    with pytest.raises(WrongUse, match="there is no profile nuba-jcm") as caught:
        profile("nuba-jcm")
    assert "nuba-jmc" in caught.value.help


letters = st.characters(blacklist_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"))


@given(title=st.text(letters, min_size=1, max_size=40).filter(lambda t: t.strip() == t))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_any_title_comes_back_as_it_was_given(title: str) -> None:
    """Quotation marks, backslashes and every script survive; nothing of a title becomes a block."""
    start = Start("valley", title, (Side("north", title), SOUTH))
    reading = read_deal_text(new_deal(start), file="valley.deal.md")
    north = reading.agreement.anyone("north")
    assert north is not None
    assert (title, title) == (north.title(), reading.agreement.title)
