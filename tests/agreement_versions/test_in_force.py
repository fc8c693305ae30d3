"""Which version of a block holds at a moment, and what the deal is then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.agreement_versions.deals import SIDES, at, clause, deal, fence
from tregua.agreement.reading.calendar import Calendar
from tregua.agreement.value import Amount
from tregua.agreement.versions.in_force import State, deal_at, versions_at

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement
    from tregua.agreement.read import Reading

MAIN = """
instrument main "Main text"
    is: terms
    date: 2030-05-01
    held: whole
"""
AMENDMENT = """
instrument change-1 "First amendment"
    is: amendment
    date: 2030-05-20
    in force: 2030-06-01T00:00 Europe/Zurich
    held: whole
    amends: main
"""
LISTS = """
duty lists "Lists are handed over"
    on: a, b
    must: hand-over(list: detainees)
    within: 72 hours
"""
LISTS_2 = """
duty lists "Lists are handed over"
    version: 2
    made by: change-1
    on: a, b
    must: hand-over(list: detainees)
    within: 24 hours
"""


@pytest.fixture
def amended() -> Reading:
    """A duty of 72 hours that an amendment shortens to 24 hours from 1 June 2030."""
    return deal(
        "# main · Main text\n",
        clause(SIDES, MAIN, LISTS),
        "# change-1 · First amendment\n",
        clause(AMENDMENT, LISTS_2, prose="The lists are due within a day."),
    )


def hours(agreement: Agreement) -> int:
    norm = agreement.norm("lists")
    assert norm is not None
    assert isinstance(norm.within, Amount)
    return int(norm.within.value)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2030-05-25T00:00", 72),
        ("2030-05-31T21:59", 72),  # one minute to midnight in Zurich
        ("2030-05-31T22:00", 24),
        ("2031-01-01T00:00", 24),
    ],
)
def test_the_amended_version_holds_from_the_start_of_its_instrument(
    amended: Reading, moment: str, expected: int
) -> None:
    """A version made by an amendment holds from the amendment's entry into force, in its zone."""
    assert expected == hours(deal_at(amended, at(moment)).agreement)


def test_without_a_moment_the_newest_version_holds(amended: Reading) -> None:
    """Asked without a moment, the deal is what it says at last, as the reader builds it."""
    assert 24 == hours(deal_at(amended).agreement)
    assert amended.agreement.norms == deal_at(amended).agreement.norms


def test_one_version_of_each_block_is_left(amended: Reading) -> None:
    """The deal in force declares every id once."""
    ids = [b.id for b in deal_at(amended, at("2030-05-25T00:00")).text.blocks]
    assert sorted(set(ids)) == sorted(ids)


def test_the_prose_of_an_amendment_is_read_from_its_start(amended: Reading) -> None:
    """A paragraph of an instrument that has not begun is not part of the text in force."""
    before, after = (deal_at(amended, at(f"2030-0{m}-15T00:00")).text for m in (5, 6))
    assert ["main"] == [p.instrument for p in before.paragraphs]
    assert ["main", "change-1"] == [p.instrument for p in after.paragraphs]


def test_what_became_of_each_version_is_said(amended: Reading) -> None:
    """Every version tells who made it, since when it holds, and what became of it."""
    found = [v for v in versions_at(amended.text, at("2030-07-01T00:00")) if v.block.id == "lists"]
    assert [("main", State.REPLACED), ("change-1", State.IN_FORCE)] == [
        (v.made_by, v.state) for v in found
    ]
    assert at("2030-05-31T22:00") == found[1].since


def test_before_the_text_begins_nobody_owes_anything(amended: Reading) -> None:
    """Before the date of its instrument a duty is not in force; the sides keep their names."""
    early = deal_at(amended, at("2029-01-01T00:00")).agreement
    assert () == early.norms
    assert ["a", "b"] == [p.id for p in early.parties]


def test_a_version_of_unknown_beginning_replaces_nothing() -> None:
    """A version valid from a moment that nobody has fixed leaves the earlier one in force."""
    power = """
power fix-d "Day D"
    holder: a, b
    does: set
    sets: D
"""
    later = LISTS_2.replace("made by: change-1", "valid from: D + 2 days")
    reading = deal(clause(SIDES, power, LISTS, later))
    moment = at("2030-06-10T00:00")
    assert 72 == hours(deal_at(reading, moment).agreement)
    assert State.BEGINNING_OPEN in {v.state for v in versions_at(reading.text, moment)}
    fixed = deal_at(reading, moment, known=(("D", at("2030-06-01T00:00")),))
    assert 24 == hours(fixed.agreement)
    earlier = deal_at(reading, moment, known=(("D", at("2030-06-09T00:00")),))
    assert 72 == hours(earlier.agreement)


def test_a_version_may_begin_with_the_end_of_a_phase_that_the_record_fixes() -> None:
    """With D known, `end(truce)` is known too, and the version valid from it begins then."""
    power = 'power fix-d "Day D"\n    holder: a, b\n    does: set\n    sets: D\n'
    phase = 'phase truce "Truce"\n    starts: D\n    lasts: 48 hours\n'
    later = LISTS_2.replace("made by: change-1", "valid from: end(truce)")
    reading = deal(clause(SIDES, power, phase, LISTS, later))
    known = (("D", at("2030-06-01T00:00")),)
    for moment, expected in (("2030-06-02T23:59", 72), ("2030-06-03T00:00", 24)):
        assert expected == hours(deal_at(reading, at(moment), known=known).agreement)


def test_valid_until_ends_a_block_and_nothing_comes_back() -> None:
    """A second version that has ended leaves no version; the first does not revive."""
    until = LISTS_2.replace(
        "made by: change-1", "valid from: 2030-06-01\n    valid until: 2030-07-01"
    )
    reading = deal(clause(SIDES, LISTS, until))
    assert 24 == hours(deal_at(reading, at("2030-06-30T12:00")).agreement)
    assert () == deal_at(reading, at("2030-07-01T12:00")).agreement.norms


def test_names_that_do_not_hold_leave_every_list() -> None:
    """An exception that has ended is no longer named by the norm that knew it."""
    reading = deal(
        clause(
            SIDES,
            """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    except: patrols, self-defence
""",
            """
exception patrols "Patrols of the first month"
    when: notified(to: b)
    valid until: 2030-06-01
""",
            """
exception self-defence "Answer to a threat"
    when: prior(attack, on: actor, within: 60 minutes)
""",
        )
    )
    now = deal_at(reading, at("2030-07-01T00:00")).agreement
    assert ["self-defence"] == [e.id for e in now.exceptions]
    assert ("self-defence",) == now.norms[0].exceptions


def test_a_norm_without_its_phase_is_not_in_force() -> None:
    """A norm all of whose phases have ended says nothing any more."""
    phase = """
phase first "First stage"
    starts: 2030-05-01
    valid until: 2030-06-01
"""
    reading = deal(clause(SIDES, phase, LISTS.rstrip() + "\n    during: first\n"))
    assert 1 == len(deal_at(reading, at("2030-05-20T00:00")).agreement.norms)
    assert () == deal_at(reading, at("2030-07-01T00:00")).agreement.norms


def test_a_superseded_instrument_states_nothing_but_its_names_stay() -> None:
    """From the start of the text that supersedes it, the older text binds nobody."""
    newer = """
instrument newer "Newer text"
    is: terms
    date: 2031-01-01
    held: whole
    supersedes: main
"""
    calm = """
prohibition calm-down "No attacks"
    on: a, b
    must not: attack
"""
    reading = deal(
        "# main · Main text\n",
        clause(SIDES, MAIN, LISTS),
        "# newer · Newer text\n",
        clause(newer, calm),
    )
    assert ["lists"] == [n.id for n in deal_at(reading, at("2030-12-01T00:00")).agreement.norms]
    for moment in (at("2031-02-01T00:00"), None):
        after = deal_at(reading, moment)
        assert ["calm-down"] == [n.id for n in after.agreement.norms]
        assert ["a", "b"] == [p.id for p in after.agreement.parties]
        assert ["newer"] == [p.instrument for p in after.text.paragraphs]


def test_links_and_groups_hold_as_dated() -> None:
    """A link begins with its own date; before it the deal does not know it."""
    reading = deal(
        clause(
            SIDES,
            'group old-front "Old Front"\n    is: armed-group\n    part of: b\n',
            'group new-front "New Front"\n    is: armed-group\n',
            'link renaming "Renamed"\n    is: renamed\n    from: old-front\n    to: new-front\n'
            "    valid from: 2030-07-28\n",
        )
    )
    before, after = (deal_at(reading, at(f"2030-0{m}-01T00:00")).text for m in (7, 8))
    assert (None, "renaming") == (before.block("renaming"), (after.of_kind("link")[0]).id)


def test_the_deal_in_force_has_phases_that_the_calendar_can_follow(amended: Reading) -> None:
    """What `deal_at` returns is a deal like any other: every room that takes one can go on."""
    now = deal_at(amended, at("2030-06-15T00:00"))
    assert Calendar(now.text.blocks).phases == {}
    assert now.agreement.text is now.text
    assert now.agreement.model_digest != amended.agreement.model_digest


def test_shapes_stay_with_the_version_that_was_measured() -> None:
    """A deal without geometry has no shape at any moment."""
    zone = 'zone valley "The valley"\n    is: area\n    geometry: undefined\n'
    reading = deal(clause(SIDES), fence(zone))
    assert [""] == [g.shape for g in deal_at(reading, at("2030-06-15T00:00")).agreement.grounds]
