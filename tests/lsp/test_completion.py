"""What is offered at the cursor. In the tests ``¦`` is the cursor."""

from __future__ import annotations

import pytest

from tregua.agreement.clauses import KINDS
from tregua.agreement.lsp.completion import complete
from tregua.agreement.lsp.document import open_document
from tregua.agreement.lsp.position import Place
from tregua.agreement.read import read_deal_text


def offered(deal: str, typed: str) -> list[str]:
    """Type at the end of a deal's last fence, and return the labels that are offered."""
    text = f"{deal}\n```deal\n{typed}\n```\n"
    before = text[: text.index("¦")]
    place = Place(before.count("\n"), len(before) - before.rfind("\n") - 1)
    document = open_document(text.replace("¦", ""), file="valley.deal.md")
    return [choice.label for choice in complete(document, place)[1]]


BLOCK = 'duty leave "Leave"\n    on: north\n'
SCENARIO = 'scenario two "Two"\n'
TABLE = "weapons more\n    columns: class, family, distance\n"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("¦", ["instrument", "party", "group"]),
        ("pro¦", ["instrument", "party", "group"]),
        (f"{BLOCK}    ¦", ["against", "during", "where"]),
        (f"{BLOCK}    wi¦", ["against", "during", "where"]),
        (f"{BLOCK}    against: ¦", ["north", "south"]),
        (f"{BLOCK}    against: no¦", ["commission", "north", "south", "all-parties"]),
        (f"{BLOCK}    against: north, ¦", ["commission", "north", "south"]),
        (f"{BLOCK}    during: ¦", ["truce", "undefined", "none"]),
        (f"{BLOCK}    on violation: ¦", ["undefined", "none"]),
        (f"{BLOCK}    check: ¦", ["machine", "person", "not-checkable"]),
        (f"{BLOCK}    must: ¦", ["attack", "withdraw", "tunnel"]),
        (f"{BLOCK}    must: withdraw(¦", ["weapon", "weapons", "beyond", "from"]),
        (f"{BLOCK}    must: withdraw(weapons: ¦", ["distances", "field-gun", "any", "heavy"]),
        (f"{BLOCK}    must: withdraw(weapons: heavy, beyond: ¦", ["valley", "everywhere"]),
        (f"{BLOCK}    must: withdraw(weapons: heavy,\n        beyond: ¦", ["valley"]),
        (f"{BLOCK}    within: 48 ¦", ["seconds", "hours", "days"]),
        (f"{BLOCK}    deadline: ¦", ["D", "signed", "start", "sunset"]),
        (f"{BLOCK}    deadline: D + 2 ¦", ["hours", "days", "months"]),
        (f"{BLOCK}    deadline: start(¦", ["truce"]),
        (f"{BLOCK}    deadline: first(start(truce) + 8 months, ¦", ["D", "done"]),
        (f"{BLOCK}    deadline: 2030-09-12T19:00 ¦", ["Asia/Damascus", "UTC"]),
        (f"{BLOCK}    when: ¦", ["kept", "in-force", "judged", "calm"]),
        (f"{BLOCK}    when: prior(¦", ["attack", "tunnel", "on", "within"]),
        (f"{BLOCK}    when: prior(attack, on: ¦", ["north", "actor"]),
        (f"{BLOCK}    when: prior(attack, on: actor, within: 60 ¦", ["minutes"]),
        (f"{BLOCK}    when: not(in-force(¦", ["truce"]),
        (f"{BLOCK}    when: violation(¦", ["attacks", "leave", "count", "in"]),
        (f"{BLOCK}    when: request(¦", ["aid-convoy", "movement"]),
        (f"{BLOCK}    assumed by drafter: ¦", ["on"]),
        (f"{BLOCK}    accept: ¦", ["L101", "L601"]),
        (f"{BLOCK}    clause: ¦", ["undefined"]),
        (f"{BLOCK}    clause: terms §¦", ["§1", "§2", "§2a"]),
        ("clock c\n    time zone: ¦", ["Asia/Damascus", "Europe/Kyiv", "UTC"]),
        ("ring r\n    distance: 3500 ¦", ["mm", "m", "km"]),
        ("ring r\n    distance: by ¦", ["distances"]),
        ("power p\n    does: set\n    sets: ¦", ["undefined", "none"]),
        ("procedure p\n    step: ¦", ["report", "verify", "determine"]),
        ("procedure p\n    step: report by ¦", ["north", "commission"]),
        ("procedure p\n    step: report by north within 24 ¦", ["hours"]),
        ("procedure p\n    step: report by north within 24 hours else ¦", ["refer"]),
        ("schedule s\n    row: D, ¦", ["north", "south"]),
        ("schedule s\n    row: D, north, ¦", ["withdraw"]),
        ("schedule s\n    row: D, north, withdraw, undefined, ¦", ["valley"]),
        ("acts more\n    row: dig, ¦", ["fortify", "tunnel"]),
        (f"{TABLE}    row: heavy-gun, ¦", ["gun", "howitzer"]),
        (f"{TABLE}    row: heavy-gun, gun, 9 ¦", ["km"]),
        (f"{SCENARIO}    given: ¦", ["at"]),
        (f"{SCENARIO}    given: at ¦", ["D", "start"]),
        (f"{SCENARIO}    given: at D, ¦", ["attack", "tunnel"]),
        (f"{SCENARIO}    given: at D, tunnel, ¦", ["by", "against", "in"]),
        (f"{SCENARIO}    given: at D, tunnel, by ¦", ["north", "south"]),
        (f"{SCENARIO}    given: at D, tunnel, in ¦", ["valley"]),
        (f"{SCENARIO}    expect: ¦", ["attacks", "calm", "talks", "truce"]),
        (f"{SCENARIO}    expect: attacks ¦", ["violated", "kept", "undetermined"]),
        (f"{SCENARIO}    expect: talks ¦", ["shut", "open"]),
        (f"{SCENARIO}    expect: attacks violated by ¦", ["north", "south"]),
    ],
)
def test_what_fits_is_offered(deal: str, typed: str, expected: list[str]) -> None:
    """Kinds, keys, closed words, names of the wanted kinds, acts, conditions, moments, units."""
    found = offered(deal, typed)
    assert [] == [label for label in expected if label not in found], found


@pytest.mark.parametrize(
    ("typed", "not_expected"),
    [
        (f"{BLOCK}    ¦", ["on"]),
        (f"{BLOCK}    during: ¦", ["north", "valley", "attacks"]),
        (f"{BLOCK}    against: ¦", ["truce", "valley", "everywhere"]),
        ("party x\n    is: ¦", ["undefined", "none"]),
        (f"{BLOCK}    when: in-force(¦", ["undefined", "attacks"]),
        (f"{BLOCK}    clause: terms §¦", ["terms"]),
    ],
)
def test_what_does_not_fit_is_not_offered(deal: str, typed: str, not_expected: list[str]) -> None:
    """A key that stands already, a block of another kind, `undefined` where it is not legal."""
    assert [] == [label for label in offered(deal, typed) if label in not_expected]


@pytest.mark.parametrize(
    "typed",
    [
        'duty leave "Le¦ave"',
        "duty ¦",
        f'{BLOCK}    note: "in nor¦th"',
        f"{BLOCK}    on:¦",
        f"{BLOCK}    # who¦",
        f"{BLOCK}    no such key: ¦",
        "nothing known\n    on: ¦",
        f"{BLOCK}    must: no-such-act-and(no-argument: ¦",
    ],
)
def test_nothing_is_offered_where_nothing_of_ours_can_stand(deal: str, typed: str) -> None:
    """In titles, quotations, comments, at unknown keys and kinds the list is empty."""
    assert [] == offered(deal, typed)


def test_prose_gets_no_completion(deal: str) -> None:
    """Outside of header and fences there is nothing to complete."""
    document = open_document(deal, file="valley.deal.md")
    line = next(n for n, row in enumerate(document.lines) if row.startswith("> [V 1]"))
    assert () == complete(document, Place(line, 12))[1]


def test_the_header_completes_its_own_keys_and_words(deal: str) -> None:
    """Between the two lines of the header stand keys of a header, and no common key."""
    text = deal.replace("---\n\n#", "cl\nprose: \n---\n\n#", 1)
    document = open_document(text, file="valley.deal.md")
    line = document.lines.index("cl")
    labels = [c.label for c in complete(document, Place(line, 2))[1]]
    assert "class" in labels
    assert "deal" not in labels
    assert "says" not in labels
    words = [c.label for c in complete(document, Place(line + 1, 7))[1]]
    assert ["restated", "verbatim"] == words


def test_a_choice_replaces_the_word_being_typed_hyphens_included(deal: str) -> None:
    """What is replaced begins where the word begins, behind signs of another script too."""
    text = deal.replace("on: all-parties", "on: south, all-par")
    document = open_document(text, file="valley.deal.md")
    line = document.lines.index("    on: south, all-par")
    stretch, _ = complete(document, Place(line, 22))
    assert (15, 22) == (stretch.start.column, stretch.end.column)


def test_every_kind_is_offered_as_a_block_that_can_be_filled_in(deal: str) -> None:
    """Each snippet has a head and exactly the keys that the kind needs; its text is a head."""
    document = open_document(f"{deal}\n```deal\n\n```\n", file="valley.deal.md")
    line = len(document.lines) - 3
    choices = {c.label: c for c in complete(document, Place(line, 0))[1]}
    assert [kind.kind for kind in KINDS] == list(choices)
    for kind in KINDS:
        lines = choices[kind.kind].snippet.split("\n")
        assert lines[0].startswith(f"{kind.kind} ")
        needed = [f"    {key.name}" for key in kind.keys if key.required]
        assert needed == [row.partition(":")[0] for row in lines[1:] if ":" in row]


def test_keys_of_the_kind_stand_before_those_of_every_block(deal: str) -> None:
    """The order is that of the language: own keys, then common ones."""
    labels = offered(deal, "party x\n    ¦")
    assert labels[0] == "is"
    assert labels.index("members") < labels.index("says") < labels.index("version")


def test_a_chosen_name_reads_without_a_note(deal: str) -> None:
    """Each name that is offered for a key is one that the reader takes there."""
    for label in offered(deal, f"{BLOCK}    against: ¦"):
        text = f"{deal}\n```deal\n{BLOCK}    against: {label}\n    must: withdraw\n```\n"
        assert () == read_deal_text(text, file="x").notes, label
