"""Which instrument prevails, which variant is read, who has joined, what stands beside the deal."""

from __future__ import annotations

from pathlib import Path

import pytest

import tregua
from tests.agreement_versions.deals import SIDES, at, clause, deal
from tregua.agreement.read import Reading, read_deal
from tregua.agreement.versions.in_force import State, deal_at, versions_at
from tregua.agreement.versions.instruments import Instruments
from tregua.errors import WrongUse

LIBRARY = Path(tregua.__file__).parent / "agreement" / "library"


def instrument(name: str, *lines: str, kind: str = "statement", date: str = "2030-05-01") -> str:
    keys = "".join(f"    {line}\n" for line in lines)
    return f'instrument {name} "{name}"\n    is: {kind}\n    date: {date}\n    held: whole\n{keys}'


def handing(name: str, date: str, *lines: str) -> str:
    keys = "".join(f"    {line}\n" for line in lines)
    return (
        f'duty {name} "Handing over"\n    on: a\n    must: hand-over\n    deadline: {date}\n{keys}'
    )


@pytest.fixture
def two_variants() -> Reading:
    """A statement that circulates with and without the enclaves, and with two days."""
    return deal(
        "# short · Statement\n",
        clause(SIDES, instrument("short"), label="1"),
        clause(handing("east", "2030-11-15"), label="2"),
        "# long · The same statement, as another source has it\n",
        clause(instrument("long", "variant of: short"), label="0"),
        clause(
            handing("east", "2030-11-20", "version: 2"), label="2", prose="The east by the 20th."
        ),
        clause(handing("enclaves", "2030-11-20"), label="3", prose="The enclaves by the 20th."),
    )


def test_the_base_text_is_read_unless_a_variant_is_chosen(two_variants: Reading) -> None:
    """Of two variants the one that varies nothing is read; nobody's version is mixed in."""
    base = deal_at(two_variants)
    assert ["east"] == [n.id for n in base.agreement.norms]
    assert "2030-11-15" in str(base.agreement.norms[0].deadline)
    assert "" == base.agreement.variant
    assert {"short"} == {p.instrument for p in base.text.paragraphs}


def test_a_chosen_variant_adds_to_its_base_and_restates_what_differs(
    two_variants: Reading,
) -> None:
    """The variant's clause on the enclaves is added, its day for the east replaces the base's."""
    chosen = deal_at(two_variants, variant="long")
    assert ["east", "enclaves"] == sorted(n.id for n in chosen.agreement.norms)
    assert "2030-11-20" in str(next(n.deadline for n in chosen.agreement.norms if n.id == "east"))
    assert "long" == chosen.agreement.variant
    assert {"short", "long"} == {p.instrument for p in chosen.text.paragraphs}
    assert chosen.agreement.model_digest != deal_at(two_variants).agreement.model_digest


def test_a_block_made_by_a_variant_is_read_with_it_alone(two_variants: Reading) -> None:
    """`made by` says whose a block is, wherever in the file it stands."""
    assert "enclaves" not in {b.id for b in deal_at(two_variants, variant="short").text.blocks}


def test_an_unknown_variant_is_refused_with_the_ones_there_are(two_variants: Reading) -> None:
    """A variant that the deal does not have is wrong use, and the help lists those it has."""
    with pytest.raises(WrongUse, match="middle is no variant") as refused:
        deal_at(two_variants, variant="middle")
    assert "the variants: long, short" == refused.value.help


def test_an_instrument_over_which_another_prevails_amends_nothing() -> None:
    """A second version made by an annex does not stand against a text that prevails over it."""
    reading = deal(
        "# main · Main text\n",
        clause(SIDES, instrument("main", "prevails over: annex"), handing("east", "2030-11-15")),
        "# annex · Annex\n",
        clause(
            instrument("annex", "annexed to: main", kind="annex", date="2030-06-01"),
            handing("east", "2030-12-15", "version: 2"),
        ),
    )
    states = {v.made_by: v.state for v in versions_at(reading.text) if v.block.id == "east"}
    assert {"main": State.IN_FORCE, "annex": State.SET_ASIDE} == states


def test_prevailing_goes_through_others_and_never_in_a_circle() -> None:
    """If a prevails over b and b over c, a prevails over c; a circle ends."""
    reading = deal(
        clause(
            SIDES,
            instrument("one", "prevails over: two"),
            instrument("two", "prevails over: three"),
            instrument("three", "prevails over: one"),
        )
    )
    papers = Instruments(reading.text)
    assert papers.prevails("one", "three")
    assert not papers.prevails("one", "one")


def test_a_unilateral_declaration_changes_no_block_of_the_deal() -> None:
    """A version that one side declared by itself stands aside; the declaration stays beside."""
    reading = deal(
        "# main · Main text\n",
        clause(SIDES, instrument("main"), handing("east", "2030-11-15")),
        "# own · Announcement of side A\n",
        clause(
            instrument("own", kind="declaration", date="2030-06-01"),
            handing("east", "2030-12-15", "version: 2"),
            'declaration later "A hands over later"\n    by: a\n    relation: contradicts\n',
        ),
    )
    now = deal_at(reading, at("2030-07-01T00:00"))
    assert "2030-11-15" in str(now.agreement.norms[0].deadline)
    assert ["later"] == [d.id for d in now.agreement.declarations]
    assert () == deal_at(reading, at("2030-05-15T00:00")).agreement.declarations


def test_the_clocks_of_september_stand_side_by_side() -> None:
    """A11: the text's 48 hours and the army's own calm are both in force, never merged."""
    reading = read_deal(LIBRARY / "syria-2016-09.deal.md")
    now = deal_at(reading, at("2016-09-16T12:00"), known=(("D", at("2016-09-12T16:00")),)).agreement
    assert ["coh", "joint-phase"] == [p.id for p in now.phases]
    assert ["regime-of-calm"] == [d.id for d in now.declarations]
    before = deal_at(reading, at("2016-09-11T12:00")).agreement
    assert () == before.declarations


THREE = (
    SIDES
    + '\nparty c "Side C"\n    is: armed-group\n    accepted: 2030-06-10T12:00 Europe/Zurich\n'
)
QUIET = 'prohibition quiet "No attacks"\n    on: all-parties\n    must not: attack\n'
ONLY_C = 'duty leave "C leaves"\n    on: c\n    must: withdraw\n'


def test_a_party_owes_nothing_before_it_accepted() -> None:
    """Before its acceptance a party is no bearer, its own duties are not in force, its name is."""
    reading = deal(clause(THREE, QUIET, ONLY_C))
    before, after = (deal_at(reading, at(f"2030-06-10T{h}:00")).agreement for h in ("09", "10"))
    assert [("quiet", ("a", "b"))] == [(n.id, n.bearers) for n in before.norms]
    assert [("quiet", ("a", "b", "c")), ("leave", ("c",))] == [
        (n.id, n.bearers) for n in after.norms
    ]
    assert ["a", "b", "c"] == [p.id for p in before.parties]


def test_the_duty_to_accept_is_owed_before_it_is_kept() -> None:
    """A duty whose act is acceptance binds the one who has not accepted yet."""
    accept = 'duty join "C accepts"\n    on: c\n    must: accept\n    deadline: 2030-06-11\n'
    reading = deal(clause(THREE, accept))
    assert ["join"] == [n.id for n in deal_at(reading, at("2030-06-01T00:00")).agreement.norms]


def test_accession_by_a_power_waits_for_the_record() -> None:
    """A party over which a power to accede stands is bound once the record says `accepted(c)`."""
    power = 'power joining "C may join"\n    holder: a, b\n    does: accede\n    over: c\n'
    reading = deal(
        clause(THREE.replace("    accepted: 2030-06-10T12:00 Europe/Zurich\n", ""), QUIET, power)
    )
    moment = at("2030-07-01T00:00")
    joined = (("accepted(c)", at("2030-06-20T00:00")),)
    assert ("a", "b") == deal_at(reading, moment).agreement.norms[0].bearers
    assert ("a", "b", "c") == deal_at(reading, moment, known=joined).agreement.norms[0].bearers
    assert ("a", "b", "c") == deal_at(reading).agreement.norms[0].bearers


@pytest.mark.parametrize("name", ["syria-2016-02", "syria-2016-09"])
def test_the_newest_text_of_a_deal_without_versions_is_the_deal(name: str) -> None:
    """Where nothing was amended, `deal_at` without a moment returns what was read."""
    reading = read_deal(LIBRARY / f"{name}.deal.md")
    assert reading == deal_at(reading)


def test_a_moment_without_a_zone_is_refused(two_variants: Reading) -> None:
    """A naive time is wrong use, never guessed."""
    with pytest.raises(WrongUse, match="without a time zone"):
        deal_at(two_variants, at("2030-11-15T00:00").replace(tzinfo=None))
