"""Where rules draw the line: one small deal a case."""

import pytest

from tregua.agreement.lint_deal import lint
from tregua.agreement.read import read_deal_text
from tregua.agreement.rule import miniature
from tregua.terms.notes import Note


def notes(code: str, blocks: str, prose: str = "The sides agree on this.") -> list[Note]:
    reading = read_deal_text(miniature(blocks, prose=prose), file="example.deal.md")
    assert [f"{n.code} {n.said}" for n in reading.notes] == []
    return [n for n in lint(reading) if n.code == code]


def on(code: str, blocks: str, prose: str = "The sides agree on this.") -> list[str]:
    return [n.on for n in notes(code, blocks, prose)]


TRUCE = """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 72 hours
"""


def test_a_consequence_that_names_the_norm_is_enough() -> None:
    """A norm without `on violation` has a consequence when one is written for it."""
    blocks = """
prohibition attacks "No attacks"
    on: a, b
    must not: attack

consequence protest "A protest"
    when: violation(attacks)
    does: note
"""
    assert on("L601", blocks) == []


def test_none_is_said_and_still_noted() -> None:
    """`on violation: none` is noted as what the text says, not as silence."""
    blocks = """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: none
"""
    assert [n.marker for n in notes("L601", blocks)] == ["the text says that nothing follows"]


def test_a_plain_permission_binds_nobody() -> None:
    """A permission without `unhindered` needs neither consequence nor verifier."""
    blocks = """
permission relief "Relief of troops"
    on: a
    may: rotate
"""
    assert on("L601", blocks) + on("L413", blocks) == []


def test_an_assumed_reset_is_no_reset_of_the_text() -> None:
    """A day counter whose reset the drafter assumed has no rule for reset in the text."""
    blocks = f"""{TRUCE}
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    during: truce

clock calm "Days of calm"
    counts: consecutive-days
    day: calendar
    starts: start(truce)
    bad day: violation(attacks)
    resets on: violation(attacks)
    certified by: a
    target: 3 days
    assumed by drafter: resets on "the text does not say"
"""
    assert [n.marker for n in notes("L204", blocks)] == ["the text has no rule for reset or pause"]


def test_a_list_younger_than_the_deal_is_noted() -> None:
    """A list of members that was drawn up after the start cannot speak for acts before it."""
    text = miniature(
        """
party c "Side C"
    is: coalition
    list: "list of the chair"
    list as of: 2030-06-01
"""
    ).replace("authoritative:", "effective: 2030-05-01T06:00 Europe/Zurich\nauthoritative:")
    found = lint(read_deal_text(text, file="example.deal.md"))
    assert [n.marker for n in found if (n.code, n.on) == ("L101", "c")] == [
        "the list is younger than the deal"
    ]


@pytest.mark.parametrize(
    ("ends", "expected"),
    [("2030-05-04T06:00 Europe/Zurich", []), ("2030-05-03T23:59 Europe/Zurich", ["truce"])],
)
def test_two_ends_must_be_one(ends: str, expected: list[str]) -> None:
    """A duration and an end that give different moments are noted, equal ones are not."""
    assert expected == on("L203", f"{TRUCE}    ends: {ends}\n")


def test_days_of_a_duration_are_calendar_days() -> None:
    """Four days over a change of summer time end at the same hour of the clock."""
    blocks = """
phase truce "Truce"
    starts: 2030-03-29T06:00 Europe/Zurich
    lasts: 4 days
    ends: 2030-04-02T06:00 Europe/Zurich
"""
    assert on("L203", blocks) == []


def test_a_moment_that_no_power_sets_is_noted() -> None:
    """A phase that starts at D needs a power that sets D."""
    phase = """
phase truce "Truce"
    starts: D
    lasts: 72 hours
"""
    power = """
power day-d "Day D"
    holder: a, b
    does: set
    sets: D
"""
    reading = read_deal_text(miniature(phase), file="example.deal.md")
    assert [n.on for n in lint(reading) if n.code == "L201"] == ["truce"]
    assert on("L201", f"{phase}\n{power}") == []


@pytest.mark.parametrize(
    ("starts", "expected"),
    [("2030-04-30T18:00", []), ("2030-05-02T00:00", ["truce"]), ("signed(text)", [])],
)
def test_a_gap_after_signature_is_noted(starts: str, expected: list[str]) -> None:
    """Only a start later than the day of signature leaves a gap."""
    blocks = f"""
instrument text "The text"
    is: statement
    date: 2030-04-30
    held: whole

phase truce "Truce"
    starts: {starts}
    lasts: 72 hours
"""
    assert expected == on("L207", blocks)


def test_one_decider_needs_no_fallback() -> None:
    """A gate that one body decides is not a joint decision; two in `either` mode neither."""
    gate = """
gate talks "Talks"
    opens when: in-force(truce)
    decided by: {who}
    mode: {mode}
    latest: 2030-05-03
    leads to: truce
"""
    assert on("L210", TRUCE + gate.format(who="a", mode="alone")) == []
    assert on("L210", TRUCE + gate.format(who="a, b", mode="either")) == []
    assert on("L210", TRUCE + gate.format(who="all-parties", mode="joint")) == ["talks"]


def test_weapon_rows_that_cover_one_weapon_overlap() -> None:
    """Two rows of one family with calibres that meet are noted, rows of other models are not."""
    table = """
weapons classes "Distances"
    columns: class, family, calibre, models, distance
    row: one, gun, 100 mm, {one}, 9 km
    row: two, gun, 100 mm, {two}, 12 km
    rest: 15 km
"""
    assert [n.marker for n in notes("L304", table.format(one="undefined", two="undefined"))] == [
        "one and two overlap"
    ]
    assert on("L304", table.format(one='"X-1"', two='"Y-2"')) == []


def test_a_table_without_rest_has_holes() -> None:
    """A weapon of the scope without a row falls through when there is no `rest`."""
    blocks = """
weapons classes "Distances"
    columns: class, family, calibre, distance
    row: one, gun, 100 mm, 9 km
"""
    assert on("L304", blocks) == ["classes"]


def test_a_norm_on_both_sides_is_not_one_sided() -> None:
    """Two norms of one act, class of place and phase answer each other, named mirrors or not."""
    blocks = """
zone bank "Bank"
    is: area
    geometry: "bank.geojson"

zone hill "Hill"
    is: area
    geometry: "hill.geojson"

duty leave-bank "Leaves the bank"
    on: a
    must: withdraw
    where: bank

duty leave-hill "Leaves the hill"
    on: b
    must: withdraw
    where: hill
"""
    assert on("L404", blocks) == []
    assert on("L404", blocks.replace("where: hill", "where: everywhere")) == [
        "leave-bank",
        "leave-hill",
    ]


def test_a_duty_to_keep_cannot_be_late() -> None:
    """`must keep` needs no deadline."""
    blocks = """
duty watch-bridge "Keeps the bridge open"
    on: a, b
    must keep: open-road
"""
    assert on("L412", blocks) == []


def test_a_verification_of_any_covers_every_norm() -> None:
    """`of: any` is a verifier for a norm that names none; without `by` it is nobody."""
    blocks = """
body watchers "Watchers"
    is: mission
    may: verify

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    evidence: report

verification watch "Watch"
    of: any
    by: watchers
"""
    assert on("L413", blocks) == []
    assert [n.marker for n in notes("L413", blocks.replace("by: watchers", "by: undefined"))] == [
        "watch names nobody"
    ]


def test_a_body_of_both_sides_alone_verifies_itself() -> None:
    """A commission of the bearers alone is no third party; one more member makes it one."""
    blocks = """
actor far-state "Far state"
    is: state

body council "Council"
    is: joint-commission
    members: a, b

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    verified by: council
"""
    assert on("L508", blocks) == ["attacks"]
    assert on("L508", blocks.replace("members: a, b", "members: a, b, far-state")) == []


def test_two_variants_need_an_order() -> None:
    """A variant is noted until one text prevails."""
    blocks = """
instrument long-form "With the clause"
    is: statement
    date: 2030-05-01
    held: whole

instrument short-form "Without the clause"
    is: statement
    date: 2030-05-01
    held: whole
    variant of: long-form
"""
    assert on("L702", blocks) == ["short-form"]
    assert on("L702", f"{blocks}    prevails over: long-form\n") == []


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("The council has forty-three (42) seats.", ["§1"]),
        ("The council has forty-three (43) seats.", []),
        ("The council (2) meets.", []),
        ("Есть двадцать один (20) член.", ["§1"]),
        ("Three steps follow: (a) a call, (b) a visit.", ["§1"]),
        ("Two steps follow: (a) a call, (b) a visit.", []),
    ],
)
def test_words_and_digits_must_agree(prose: str, expected: list[str]) -> None:
    """A number in words beside other digits, or a shorter list than announced, is noted."""
    assert expected == on("L705", 'no-norm seats "Seats"\n    reason: political', prose)


def test_a_quorum_of_more_members_than_there_are_is_noted() -> None:
    """`29 of 42` needs 42 members."""
    body = """
body council "Council"
    is: joint-commission
    members: a 20, b 21
    quorum: 29 of 42
"""
    assert on("L705", body) == ["council"]
    assert on("L705", body.replace("b 21", "b 22")) == []


@pytest.mark.parametrize(
    ("within", "prose", "expected"),
    [
        ("72 hours", "Within seventy-two hours.", []),
        ("72 hours", "В течение семидесяти двух часов.", []),
        ("2 days", "خلال يومين", []),
        ("72 hours", "Within three days.", ["open-bridge"]),
        ("1 day", "Every day.", []),
    ],
)
def test_a_number_must_stand_in_its_clause(within: str, prose: str, expected: list[str]) -> None:
    """Digits and number words of three languages count; another unit is another number."""
    blocks = f"""
duty open-bridge "The bridge is opened"
    on: a, b
    must: open-road
    within: {within}
"""
    assert expected == on("L706", blocks, prose)


def test_a_gate_and_its_phase_may_wait_for_each_other() -> None:
    """A gate that opens in the phase which it opens is a circle."""
    blocks = """
phase second "Second period"
    starts: opened(talks)
    lasts: 72 hours

gate talks "Talks"
    opens when: in-force(second)
    leads to: second
"""
    assert on("L901", blocks) == ["second", "talks"]


def test_one_hand_does_not_wait_for_itself() -> None:
    """Two simultaneous duties of one bearer are no circle."""
    blocks = """
duty leave-bank "Leaves the bank"
    on: a
    must: withdraw
    together with: open-bridge

duty open-bridge "Opens the bridge"
    on: a
    must: open-road
"""
    assert on("L901", blocks) == []
    assert on("L901", blocks.replace("on: a\n    must: open", "on: b\n    must: open")) == [
        "leave-bank",
        "open-bridge",
    ]


def test_a_hard_word_is_noted_once_where_it_first_stands() -> None:
    """A hard word of the prose that no term explains is noted at its paragraph."""
    blocks = 'no-norm aims "Aims"\n    reason: political'
    assert on("L402", blocks, "No offensive operation.\nEvery offensive operation ends.") == ["§1"]
    term = 'term offensive-operation "Offensive operation"\n    means: "any move forward"'
    assert on("L402", f"{blocks}\n\n{term}", "No offensive operation.") == []


def test_a_ban_at_a_later_hour_begins_later() -> None:
    """A ban in a phase with a later start is noted; one that the early ban covers is not."""
    blocks = f"""{TRUCE}
phase second "Second period"
    starts: 2030-05-02T06:00
    lasts: 72 hours

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    during: truce

prohibition late "Later"
    on: a, b
    must not: {{act}}
    during: second
"""
    assert on("L208", blocks.format(act="drone-flight")) == ["late"]
    assert on("L208", blocks.format(act="shelling")) == []
