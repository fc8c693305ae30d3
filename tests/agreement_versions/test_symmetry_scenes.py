"""One side's duties beside the other's: what is mirrored, what differs, what has no mirror."""

from __future__ import annotations

from pathlib import Path

import pytest

import tregua
from tests.agreement_versions.deals import plain
from tregua.agreement.read import Reading, read_deal
from tregua.agreement.versions.symmetry import Facing, Match, symmetry
from tregua.agreement.versions.symmetry_words import count, to_rows, to_sentences

LIBRARY = Path(tregua.__file__).parent / "agreement" / "library"
BANK = 'duty leave-bank "A leaves the bank"\n    on: a\n    must: withdraw\n    within: 48 hours\n'
HILL = 'duty leave-hill "B leaves the hill"\n    on: b\n    must: withdraw\n    within: 48 hours\n'


def facing(reading: Reading) -> Facing:
    (only,) = symmetry(reading)
    return only


def rows(reading: Reading) -> list[tuple[str, str, str]]:
    return [(r.one, r.two, str(r.match)) for r in facing(reading).rows]


def unequal(reading: Reading) -> list[tuple[str, str, str]]:
    return [(u.about, u.one, u.two) for r in facing(reading).rows for u in r.unequal]


def test_the_mirrored_paragraphs_of_february_are_symmetric() -> None:
    """A12: paragraphs 1 and 2 of the terms of February 2016 give an empty asymmetry report."""
    terms = [
        r
        for r in facing(read_deal(LIBRARY / "syria-2016-02.deal.md")).rows
        if {r.clause, r.other_clause} <= {"terms §1", "terms §2"}
    ]
    assert 5 == len(terms)
    assert [] == [r for r in terms if not r.is_symmetric]


def test_september_gives_metres_to_one_side_and_similar_distances_to_the_other() -> None:
    """The withdrawals of September 2016 differ in distance and in what each waits for."""
    september = facing(read_deal(LIBRARY / "syria-2016-09.deal.md"))
    assert [
        ("withdraw-government", "withdraw-opposition", Match.DIFFERING),
        ("", "keep-nusra-out", Match.ONE_SIDED),
        ("flights", "", Match.ONE_SIDED),
        ("other-flights", "", Match.ONE_SIDED),
    ] == [(r.one, r.two, r.match) for r in september.asymmetries]
    assert ["distance", "condition"] == [u.about for u in september.asymmetries[0].unequal]


def test_a_norm_on_both_is_shared() -> None:
    """A norm that binds both sides stands once, and is no asymmetry."""
    quiet = 'prohibition quiet "No attacks"\n    on: all-parties\n    must not: attack\n'
    assert [("quiet", "quiet", "shared")] == rows(plain(quiet))


def test_alike_norms_are_mirrors_without_a_word_of_the_text() -> None:
    """Same kind, act, phase and class of place make two norms mirrors."""
    assert [("leave-bank", "leave-hill", "mirrored")] == rows(plain(BANK, HILL))


def test_what_the_text_calls_a_mirror_is_one_even_if_it_differs() -> None:
    """`mirror of` pairs two norms of different acts, and the report says what differs."""
    other = (
        'duty open "B opens the road"\n    on: b\n    must: open-road\n    mirror of: leave-bank\n'
    )
    reading = plain(BANK, other, HILL)
    assert ("leave-bank", "open", "differing") in rows(reading)
    assert ("", "leave-hill", "one-sided") in rows(reading)
    assert [("act", "withdraw", "open-road"), ("deadline", "within: 48 hours", "")] == unequal(
        reading
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("within: 24 hours", ("deadline", "within: 48 hours", "within: 24 hours")),
        (
            'within: undefined "soon"',
            ("deadline", "within: 48 hours", 'within: undefined "soon"'),
        ),
        ("verified by: council", ("verifier", "", "council")),
        ("except: storm", ("exception", "", "storm")),
        ("on violation: none", ("consequence", "", "none")),
        ("after: leave-bank", ("condition", "", "after: leave-bank")),
        ("tolerance: 2 per 24 hours", ("tolerance", "", "2 per 24 hours")),
    ],
)
def test_what_differs_between_two_mirrors_is_named(line: str, expected: tuple[str, ...]) -> None:
    """A line that stands on one side only is told with what each side's norm says."""
    around = (
        'body council "Council"\n    is: committee\n',
        'exception storm "Storm"\n    when: notified(to: council)\n',
    )
    second = HILL if not line.startswith("within") else HILL.replace("    within: 48 hours\n", "")
    assert [expected] == unequal(plain(*around, BANK, f"{second}    {line}\n"))


def test_each_verifying_the_other_is_a_mirror() -> None:
    """Side b checks a's duty and side a checks b's: seen from each side it is the same."""
    reading = plain(BANK + "    verified by: b\n", HILL + "    verified by: a\n")
    assert [("leave-bank", "leave-hill", "mirrored")] == rows(reading)
    assert [("verifier", "a", "a")] == unequal(
        plain(BANK + "    verified by: a\n", HILL + "    verified by: a\n")
    )


def test_waiting_for_each_other_is_a_mirror_and_waiting_alone_is_not() -> None:
    """Two duties `together with` each other are mirrored; one that waits for the other is not."""
    both = plain(BANK + "    together with: leave-hill\n", HILL + "    together with: leave-bank\n")
    assert [] == unequal(both)
    alone = plain(BANK, HILL + "    after: leave-bank\n")
    assert ["condition"] == [about for about, _, _ in unequal(alone)]


def test_exceptions_of_one_content_are_equal_under_two_names() -> None:
    """Two exceptions that say the same of either side are no difference."""
    exceptions = (
        'exception alarm-a "A"\n    when: declared(by: a)\n    burden: acting-party\n',
        'exception alarm-b "B"\n    when: declared(by: b)\n    burden: acting-party\n',
    )
    alike = plain(*exceptions, BANK + "    except: alarm-a\n", HILL + "    except: alarm-b\n")
    assert [] == unequal(alike)
    crossed = plain(*exceptions, BANK + "    except: alarm-b\n", HILL + "    except: alarm-b\n")
    assert ["exception"] == [about for about, _, _ in unequal(crossed)]


LINES = """
line now "The line of the day"
    is: contact
    as of: undefined

line before "The line of last September"
    is: contact
    as of: 2030-09-19

ring ring-a "Ring of A"
    from: now
    side: own
    distance: 50 km
    applies to: a

ring ring-b "Ring of B"
    from: before
    side: own
    distance: 50 km
    applies to: b
"""


def test_equal_distances_from_unequal_lines_are_not_equal() -> None:
    """A2: 50 km from the line of the day and 50 km from an older line differ."""
    bank, hill = (t.replace("withdraw", "withdraw(beyond: ring-%s)") for t in (BANK, HILL))
    assert [("distance", "50 km from now (any)", "50 km from before (any)")] == unequal(
        plain(
            LINES.replace("    applies", "    kept free of: any\n    applies"),
            bank % "a",
            hill % "b",
        )
    )


def test_one_duty_on_both_with_a_ring_for_each_may_differ() -> None:
    """A shared duty whose rings apply to one side each is compared by what applies."""
    acts = "withdraw(beyond: ring-a), withdraw(beyond: ring-b)"
    both = f'duty leave "Both leave"\n    on: a, b\n    must: {acts}\n'
    rings = LINES.replace(
        "from: before\n    side: own\n    distance: 50",
        "from: now\n    side: own\n    distance: 30",
    )
    assert [("distance", "50 km from now", "30 km from now")] == unequal(plain(rings, both))
    assert [] == unequal(plain(rings.replace("30 km", "50 km"), both))


def test_a_duty_of_a_group_counts_for_the_party_it_is_part_of() -> None:
    """What a brigade of b owes is b's, through `part of` and through a link of control."""
    brigade = 'group brigade "Brigade"\n    is: armed-group\n    part of: b\n'
    hill = HILL.replace("on: b", "on: brigade")
    assert [("leave-bank", "leave-hill", "mirrored")] == rows(plain(brigade, BANK, hill))
    loose = brigade.replace("    part of: b\n", "")
    assert [("leave-bank", "", "one-sided")] == rows(plain(loose, BANK, hill))
    link = "link hold\n    is: controls\n    from: b\n    to: brigade\n"
    assert [("leave-bank", "leave-hill", "mirrored")] == rows(plain(loose, link, BANK, hill))


def test_three_parties_give_three_pairs_in_the_order_of_ids() -> None:
    """Every two parties are laid side by side once."""
    pairs = symmetry(plain('party c "Side C"\n    is: armed-group\n', BANK))
    assert [("a", "b"), ("a", "c"), ("b", "c")] == [(f.one, f.two) for f in pairs]
    assert [1, 1, 0] == [len(f.asymmetries) for f in pairs]


def test_the_report_tells_what_has_no_mirror() -> None:
    """The table and the sentences name both sides and take neither's part."""
    only = facing(plain(BANK))
    assert "a beside b: 1 row, 1 not the same" == count(only)
    assert ("leave-bank", "(no mirror)", "one-sided", "text §1") == to_rows(only)[1]
    assert ("leave-bank is for a; nothing of its kind is for b",) == to_sentences(only)
