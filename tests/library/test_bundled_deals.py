"""The two bundled deals: read without a mistake, marked as held, silent where the text is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import tregua
from tregua.agreement.lint_deal import lint
from tregua.agreement.model import Instant, is_open
from tregua.agreement.read import Reading, read_deal

LIBRARY = Path(tregua.__file__).parent / "agreement" / "library"
CASES = ("syria-2016-02", "syria-2016-09")
LONGEST_QUOTATION = 25  # words; bundled deals restate

# The notes that critics of 2016 would have wanted, from the table of the deal language, 6.2.
GAPS = """
L101 government opposition | L103 government opposition | L104 ru us | L105 isil nusra | L106 -
L202 calm | L203 joint-phase | L204 calm | L205 coh extend-coh joint-phase | L206 help-now
L207 coh | L208 flights | L209 open-centre | L210 designate-day-d extend-coh open-centre
L301 eastern-aleppo castello-road ramouseh agreed-areas | L302 agreed-areas | L303 opposition-ring
L402 relief proportionate extend-coh castello-convoys withdraw-government remote-watch open-centre
L404 keep-nusra-out flights | L405 ramouseh-freeze | L406 attacks ground ramouseh-freeze flights
L411 checkpoints
L412 help-now prepare-centre checkpoints withdraw-government withdraw-opposition
L413 recommit attacks ground relief help-now prepare-centre castello-convoys checkpoints
L413 withdraw-government withdraw-opposition keep-nusra-out leave-aleppo ramouseh-freeze flights
L421 against-excluded self-defence | L422 against-excluded | L423 self-defence
L502 joint-centre | L503 - | L505 remote-watch | L506 remote-watch | L507 - | L509 remote-watch
L601 recommit attacks ground relief help-now prepare-centre castello-convoys checkpoints
L601 withdraw-government withdraw-opposition keep-nusra-out leave-aleppo ramouseh-freeze flights
L606 - | L607 - | L608 leave | L701 - | L703 annexes-unseen | L704 regime-of-calm | L801 -
L802 relief castello-road castello-convoys | L901 withdraw-government withdraw-opposition
"""
MIRRORS = {
    "accept-government": "accept-opposition",
    "attacks-government": "attacks-opposition",
    "ground-government": "ground-opposition",
    "help-government": "help-opposition",
    "relief-government": "relief-opposition",
}


def _deal(case: str) -> Reading:
    return read_deal(LIBRARY / f"{case}.deal.md")


def _listed_gaps() -> set[tuple[str, str]]:
    found = set()
    for piece in re.split(r"[|\n]", GAPS):
        code, *places = piece.split() or ("",)
        found |= {(code, "" if place == "-" else place) for place in places}
    return found


@pytest.mark.parametrize("case", CASES)
def test_a_bundled_deal_is_read_without_a_note(case: str) -> None:
    """Both bundled deals are free of reading errors."""
    assert _deal(case).notes == ()


@pytest.mark.parametrize("case", CASES)
def test_a_bundled_deal_carries_the_id_of_its_file(case: str) -> None:
    """The id in the header is the name of the file."""
    assert case == _deal(case).agreement.id


@pytest.mark.parametrize("case", CASES)
def test_every_paragraph_says_how_much_of_the_original_was_held(case: str) -> None:
    """Each quoted paragraph has one of the four text marks and a pointer into the original."""
    paragraphs = _deal(case).text.paragraphs
    assert paragraphs
    assert [p for p in paragraphs if p.mark not in tuple("VPMX") or not p.pointer] == []


@pytest.mark.parametrize("case", CASES)
def test_no_quotation_is_longer_than_25_words(case: str) -> None:
    """A phrase of the original, in prose or in a block, never has more than 25 words."""
    text = (LIBRARY / f"{case}.deal.md").read_text(encoding="utf-8")
    quoted = [q for line in text.splitlines() for q in re.findall(r'"([^"]*)"', line)]
    assert [q for q in quoted if len(q.split()) > LONGEST_QUOTATION] == []


@pytest.mark.parametrize("case", CASES)
def test_prose_is_restated_and_governs(case: str) -> None:
    """The header says that the prose is ours and that the text, not the block, is authoritative."""
    text = _deal(case).text
    assert (text.head_word("prose"), text.head_word("authoritative")) == ("restated", "text")


def test_the_september_deal_gives_every_gap_of_the_published_list() -> None:
    """The linter finds in the bundled deal each gap that the deal language lists for it."""
    given = {(n.code, n.on) for n in lint(_deal("syria-2016-09"))}
    assert set() == _listed_gaps() - given


def test_the_september_deal_names_no_consequence() -> None:
    """No consequence was invented: there is none, and every norm leaves open what follows."""
    agreement = _deal("syria-2016-09").agreement
    assert agreement.consequences == ()
    assert [n.id for n in agreement.norms if not is_open(n.consequences)] == []


def test_the_september_deal_names_no_certifier_and_no_judge() -> None:
    """Nobody certifies the seven days, and no body may determine a violation."""
    agreement = _deal("syria-2016-09").agreement
    assert [is_open(c.certified_by) for c in agreement.clocks] == [True]
    assert [w.id for w in agreement.who if isinstance(w.may, tuple) and "determine" in w.may] == []


def test_the_army_set_a_clock_of_its_own() -> None:
    """The army's own calm stands beside the deal and ends on 18 September at 20:59 UTC."""
    (calm,) = _deal("syria-2016-09").agreement.declarations
    assert isinstance(calm.ends, Instant)
    assert calm.ends.when is not None
    assert datetime(2016, 9, 18, 20, 59, tzinfo=UTC) == calm.ends.when.start


def test_february_starts_at_midnight_of_damascus() -> None:
    """00:00 at Damascus on 27 February 2016 is 22:00 UTC of the 26th."""
    phase = _deal("syria-2016-02").agreement.phase("coh")
    assert phase is not None
    assert isinstance(phase.starts, Instant)
    assert phase.starts.when is not None
    assert datetime(2016, 2, 26, 22, 0, tzinfo=UTC) == phase.starts.when.start


@pytest.mark.parametrize("norm_id", ["accept-government", "accept-opposition"])
def test_both_sides_had_to_accept_by_noon(norm_id: str) -> None:
    """Each side's acceptance is due on 26 February at 12:00 Damascus, 10:00 UTC."""
    norm = _deal("syria-2016-02").agreement.norm(norm_id)
    assert norm is not None
    assert isinstance(norm.deadline, Instant)
    assert norm.deadline.when is not None
    assert datetime(2016, 2, 26, 10, 0, tzinfo=UTC) == norm.deadline.when.start


def test_paragraphs_1_and_2_of_february_are_mirrors() -> None:
    """Each norm of the government side names the norm of the opposition that it mirrors."""
    norms = _deal("syria-2016-02").agreement.norms
    assert {n.id: n.mirror_of for n in norms if n.mirror_of} == MIRRORS


@pytest.mark.parametrize(("of_government", "of_opposition"), sorted(MIRRORS.items()))
def test_mirrored_norms_demand_the_same(of_government: str, of_opposition: str) -> None:
    """Two mirrored norms have the same acts, places, exceptions, times and consequences."""
    agreement = _deal("syria-2016-02").agreement
    one, other = agreement.norm(of_government), agreement.norm(of_opposition)
    assert one is not None
    assert other is not None
    same = ("kind", "shape", "acts", "during", "where", "exceptions", "within", "consequences")
    assert [getattr(other, name) for name in same] == [getattr(one, name) for name in same]


def test_the_february_deal_has_no_one_sided_norm() -> None:
    """The report of asymmetry (L404) on the February terms is empty."""
    assert [n.on for n in lint(_deal("syria-2016-02")) if n.code == "L404"] == []


def test_both_deals_know_the_same_people_by_the_same_ids() -> None:
    """One register of names serves both deals: parties, guarantors and excluded groups agree."""
    kinds = ("party", "guarantor", "excluded")
    first, second = (
        {w.id for w in _deal(case).agreement.of_kind(*kinds)} - {"listed-groups"} for case in CASES
    )
    assert first == second
