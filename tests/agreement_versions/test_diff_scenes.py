"""What the difference between two drafts says, one change at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.agreement_versions.deals import HEADER, SIDES, at, clause, deal, plain
from tregua.agreement.versions.diff import diff
from tregua.agreement.versions.diff_words import by_side, sentence, to_text
from tregua.agreement.versions.difference import Area, Change, Difference
from tregua.agreement.versions.in_force import deal_at

if TYPE_CHECKING:
    from tregua.agreement.read import Reading

LISTS = """
duty lists "Lists"
    on: a, b
    must: hand-over(list: detainees)
    within: 72 hours
    verified by: council
    except: storm
"""
AROUND = """
body council "Council"
    is: committee

body mission "Mission"
    is: mission

exception storm "Bad weather"
    when: notified(to: council)

consequence letter "A letter"
    when: violation(lists)
    does: publish

phase truce "Truce"
    starts: 2030-05-01

zone valley "The valley"
    is: area
"""


def draft(duty: str = LISTS, around: str = AROUND, prose: str = "Lists are due.") -> Reading:
    return plain(around, duty, prose=prose)


def told(old: Reading, new: Reading, *, notes: bool = False) -> list[str]:
    """Return the sentences, without those about the linter's notes unless they are asked for."""
    return [sentence(d) for d in diff(old, new) if notes or d.area is not Area.NOTE]


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("72 hours", "24 hours", "deadline (within): 72 hours -> 24 hours"),
        ("72 hours", "3 days", "deadline (within): 72 hours -> 3 days"),
        (
            "72 hours",
            'undefined "without delay"',
            'gap opened: deadline (within) was 72 hours, now undefined "without delay"',
        ),
        ("    within: 72 hours\n", "", "gap opened: deadline (within) was 72 hours, now undefined"),
        ("verified by: council", "verified by: mission", "verifier lost: council"),
        ("    verified by: council\n", "", "gap opened: verifier was council, now undefined"),
        ("    except: storm\n", "", "exception lost: storm"),
        (
            "    except: storm\n",
            "    except: storm\n    on violation: letter\n",
            "gap closed: consequence was undefined, now letter",
        ),
        (
            "    except: storm\n",
            "    except: storm\n    on violation: none\n",
            "gap closed: consequence was undefined, now none",
        ),
        (
            "    except: storm\n",
            "    except: storm\n    during: truce\n",
            "gap closed: phase was undefined, now truce",
        ),
        (
            "    except: storm\n",
            "    except: storm\n    where: valley\n",
            "gap closed: place was undefined, now valley",
        ),
        (
            "list: detainees)",
            "list: detainees), release",
            "act owed gained: release",
        ),
        (
            "    except: storm\n",
            "    except: storm\n    check: person\n",
            "check: machine -> person",
        ),
        (
            "    except: storm\n",
            '    except: storm\n    words not defined: "lists"\n',
            'words not defined gained: "lists"',
        ),
        (
            "    except: storm\n",
            '    except: storm\n    assumed by drafter: within "three days, from practice"\n',
            'assumption of the drafter gained: within "three days, from practice"',
        ),
    ],
)
def test_a_change_of_one_key_is_told_for_those_who_owe(was: str, now: str, expected: str) -> None:
    """One changed line of a duty is one sentence, which names both bearers by id."""
    assert was in LISTS
    found = told(draft(), draft(LISTS.replace(was, now)))
    assert f'a and b: duty lists "Lists": {expected}  (text §1)' in found
    assert len(found) == 1 + ("mission" in now)


def test_a_new_bearer_is_bound_and_a_former_one_is_not() -> None:
    """Taking a name from `on` and adding another is told for each of the two."""
    old, new = draft(LISTS.replace("on: a, b", "on: a")), draft(LISTS.replace("on: a, b", "on: b"))
    assert [
        'a: is no longer bound by the duty lists "Lists"  (text §1)',
        'b: is now bound by the duty lists "Lists"  (text §1)',
    ] == sorted(told(old, new))


def test_a_bearer_where_the_text_named_nobody_closes_a_gap() -> None:
    """From `on: undefined` to a name, somebody is bound and a gap is closed."""
    old = draft(LISTS.replace("on: a, b", 'on: undefined "those concerned"'))
    (found,) = told(old, draft())
    assert found == (
        'a and b: are now bound by the duty lists "Lists"; before, the text left it open: '
        'undefined "those concerned"  (text §1)'
    )


def test_a_new_party_comes_under_what_all_parties_owe() -> None:
    """With a third party, a duty on `all-parties` is gained by it though its line is the same."""
    duty = LISTS.replace("on: a, b", "on: all-parties")
    third = AROUND + '\nparty c "Side C"\n    is: armed-group\n'
    found = told(draft(duty), draft(duty, third))
    assert 'c: is now bound by the duty lists "Lists"  (text §1)' in found
    assert 2 == len(found)


def test_a_permission_is_held_and_its_other_side_is_owed() -> None:
    """A new holder of a permission holds it; a new one who must not hinder is bound by it."""
    agencies = AROUND.replace("violation(lists)", "violation(pass)")
    agencies += '\nactor agencies "Agencies"\n    is: un\n'
    pass_ = 'permission pass "Convoys"\n    on: agencies\n    may: deliver\n    unhindered: yes\n'
    old = draft(pass_ + "    owed by: a\n", agencies)
    new = draft(pass_.replace("agencies", "agencies, b") + "    owed by: a, b\n", agencies)
    assert [
        'b: is now bound by the permission pass "Convoys"  (text §1)',
        'b: now holds the permission pass "Convoys"  (text §1)',
    ] == sorted(told(old, new))


def test_a_norm_gained_says_what_it_states_and_what_it_leaves_open() -> None:
    """A whole norm is one sentence: who, what, and which keys are undefined."""
    release = 'duty free "Release"\n    on: b\n    must: release\n    within: undefined\n'
    (found,) = told(draft(), draft(LISTS + "\n" + release))
    assert (
        'b: gains the duty free "Release": on: b; must: release; left open: within  (text §1)'
        == found
    )
    (lost,) = told(draft(LISTS + "\n" + release), draft())
    assert lost.startswith('b: loses the duty free "Release": ')


def test_a_changed_exception_concerns_those_whose_norm_knows_it() -> None:
    """A condition added to an exception is told for the bearers of the norms that it limits."""
    new = AROUND.replace("notified(to: council)", "notified(to: council), declared(by: a)")
    assert [
        'a and b: exception storm "Bad weather": condition gained: declared(by: a)  (text §1)'
    ] == (told(draft(), draft(around=new)))


def test_a_verification_that_covers_a_norm_is_its_verifier() -> None:
    """A norm gains a verifier through a block that names the norm, without a line of its own."""
    watch = AROUND + "\nverification watch\n    of: lists\n    by: mission\n"
    found = told(draft(), draft(around=watch))
    assert 'a and b: duty lists "Lists": verifier gained: mission  (text §1)' in found


def test_a_distance_is_told_for_those_to_whom_the_ring_applies() -> None:
    """A ring that grows is told for the side that keeps out of it."""
    ring = "\nring bank\n    from: valley\n    distance: 500 m\n    applies to: b\n"
    old, new = draft(around=AROUND + ring), draft(around=AROUND + ring.replace("500", "3500"))
    assert ["b: ring bank: distance: 500 m -> 3500 m  (text §1)"] == told(old, new)


def test_other_names_and_remarks_are_no_difference() -> None:
    """Translations, notes and sources change nothing in law."""
    remarks = (
        LISTS + '    ru: "Списки"\n    ar: "القوائم"\n    note: "of 3 May"\n    source: "press"\n'
    )
    assert () == diff(draft(), draft(remarks))


def test_the_same_time_written_otherwise_is_the_same() -> None:
    """A time in UTC and the same in the header's zone are one time, 2 days and 48 hours are not."""
    old = AROUND.replace("2030-05-01", "2030-05-01T12:00")
    new = AROUND.replace("2030-05-01", "2030-05-01T10:00Z Europe/Zurich")
    assert () == diff(draft(around=old), draft(around=new))


def test_the_order_of_names_and_a_stated_default_are_no_difference() -> None:
    """`on: b, a` is `on: a, b`, and a default that is written is a default."""
    same = LISTS.replace("on: a, b", "on: b, a") + "    check: machine\n    still owed: yes\n"
    assert () == diff(draft(), draft(same))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("One.", "Two.", "text §1, paragraph 1: [V] One. -> [V] Two."),
        ("One.", "One.\n\n> [V 2] Two.", "text §1, paragraph 2 is added: [V] Two."),
        ("One.\n\n> [V 2] Two.", "One.", "text §1, paragraph 2 is removed: [V] Two."),
    ],
)
def test_prose_is_compared_paragraph_by_paragraph(old: str, new: str, expected: str) -> None:
    """Added, removed and changed paragraphs are told with their place."""
    assert [expected] == told(draft(prose=old), draft(prose=new))


def test_notes_of_the_linter_come_and_go() -> None:
    """A draft that names a consequence loses the note that there is none, by code and block."""
    quiet = AROUND + '\nprohibition quiet "No attacks"\n    on: a, b\n    must not: attack\n'
    old, new = draft(around=quiet), draft(around=quiet + "    on violation: letter\n")
    noted = [d for d in diff(old, new) if d.area is Area.NOTE]
    assert [("L601", "quiet", Change.LOST)] == [(d.key, d.on, d.change) for d in noted]
    assert sentence(noted[0]).startswith("L601 on quiet is gone: ")


def test_an_instrument_and_its_rank_are_told() -> None:
    """A new document and a relation between two documents are differences."""
    main = 'instrument main "Main"\n    is: terms\n    date: 2030-05-01\n    held: whole\n'
    side = main.replace("main", "side").replace("terms", "side-letter")
    found = told(plain(main), plain(main + "    prevails over: side\n", side))
    assert 'instrument main "Main": prevails over gained: side  (text §1)' in found
    assert 2 == len(found)


def test_two_versions_of_one_file_are_compared_by_moment() -> None:
    """An amendment is told as a change of the norm, with the version and who made it."""
    change = "instrument change\n    is: amendment\n    in force: 2030-06-01\n    held: whole\n"
    second = LISTS.replace('"Lists"\n', '"Lists"\n    version: 2\n    made by: change\n')
    reading = deal(clause(SIDES, AROUND, change, LISTS, second.replace("72", "24")))
    before, after = (deal_at(reading, at(f"2030-0{m}-15T00:00")) for m in (5, 6))
    assert [
        'a and b: duty lists "Lists": version: 1 -> 2 made by change  (text §1)',
        'a and b: duty lists "Lists": deadline (within): 72 hours -> 24 hours  (text §1)',
    ] == sorted(told(before, after), reverse=True)


def test_each_side_is_counted_in_the_order_of_ids() -> None:
    """The lines per side count norms gained and lost and gaps closed and opened."""
    new = draft(LISTS.replace("on: a, b", "on: b").replace("72 hours", "undefined"))
    assert (
        "a: norms gained 0, lost 1; gaps closed 0, opened 1; other changes 0",
        "b: norms gained 0, lost 0; gaps closed 0, opened 1; other changes 0",
    ) == by_side(diff(draft(), new), ("b", "a"))


def test_headings_stand_once_and_only_where_something_is_told() -> None:
    """The lines are grouped by what they are about."""
    lines = to_text(diff(draft(), draft(LISTS.replace("72", "24"), prose="Other words.")))
    assert ["Duties, prohibitions, permissions", "The text itself"] == [
        line for line in lines if line and line[0] != " "
    ][:2]
    assert "" == lines[2]


def test_a_header_time_zone_is_a_difference_of_the_whole() -> None:
    """Another time zone changes the header."""
    one = draft()
    two = deal(
        clause(SIDES, AROUND, LISTS, prose="Lists are due."),
        header=HEADER.replace("Europe/Zurich", "Asia/Damascus"),
    )
    found = diff(one, two)
    assert (
        Difference(
            Area.HEADER,
            Change.CHANGED,
            "",
            "header",
            "time zone",
            (),
            "Europe/Zurich",
            "Asia/Damascus",
        )
        in found
    )
    assert {"truce"} == {d.on for d in found if d.area is Area.TIME}


def test_one_id_with_two_kinds_is_two_blocks() -> None:
    """A duty that becomes a prohibition of the same id is one lost and one gained."""
    other = 'prohibition lists "Lists"\n    on: a, b\n    must not: attack\n'
    changes = [(d.kind, d.change) for d in diff(draft(), draft(other)) if d.area is Area.NORM]
    assert [("duty", Change.LOST), ("prohibition", Change.GAINED)] == changes
