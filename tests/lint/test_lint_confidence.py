"""How sure a note is: what is held of the text lowers it; nothing is said about the unseen."""

import pytest

from tregua.agreement.lint_deal import lint
from tregua.agreement.read import read_deal_text
from tregua.terms.notes import Confidence, Note

DEAL = """\
---
deal: example
title: "Example"
format: tregua-deal/1
time zone: Europe/Zurich
authoritative: text
prose: restated
{head}---

# text · The text

```deal
instrument text "The text"
    is: statement
    date: 2030-05-01
    held: {held}

party a "Side A"
    is: armed-force

party b "Side B"
    is: armed-group
```

## § 1 · Fire

> [V 1] The sides stay calm.

```deal
no-norm aims "Aims"
    reason: political
```

> [{mark} 1] The sides do not attack.

```deal
prohibition attacks "No attacks"
    on: a, b
    must not: attack
{line}```
"""


def notes(*, mark: str = "V", held: str = "whole", head: str = "", line: str = "") -> list[Note]:
    text = DEAL.format(mark=mark, held=held, head=head, line=line)
    reading = read_deal_text(text, file="example.deal.md")
    assert reading.notes == ()
    return list(lint(reading))


def only(found: list[Note], code: str, on: str) -> Note:
    (note,) = [n for n in found if (n.code, n.on) == (code, on)]
    return note


@pytest.mark.parametrize(
    ("mark", "held", "expected"),
    [
        ("V", "whole", Confidence.HIGH),
        ("P", "whole", Confidence.MEDIUM),
        ("M", "whole", Confidence.LOW),
        ("V", "partial", Confidence.MEDIUM),
        ("V", "summary", Confidence.MEDIUM),
        ("P", "partial", Confidence.LOW),
    ],
)
def test_marks_and_held_lower_the_confidence(mark: str, held: str, expected: Confidence) -> None:
    """A paraphrase costs one step, memory two, a text held in part one more; low is the floor."""
    assert expected == only(notes(mark=mark, held=held), "L601", "attacks").confidence


def test_the_nearest_paragraph_counts() -> None:
    """A block is judged by the paragraph above it, not by another one of its clause."""
    assert only(notes(mark="M"), "L406", "attacks").confidence == Confidence.LOW
    assert only(notes(mark="V"), "L406", "attacks").confidence == Confidence.HIGH


def test_why_names_what_lowered_it() -> None:
    """The line `why` names the past deal, the paragraph and the part that is held."""
    why = only(notes(mark="P", held="partial"), "L601", "attacks").why
    assert why.startswith("12 of 28 past deals")
    assert "paragraph 1 is known from a paraphrase (one step down)" in why
    assert "the text is held in part (one step down)" in why


def test_nothing_is_called_missing_in_a_paragraph_not_held() -> None:
    """A clause with a paragraph marked X gets no note that says the text does not say."""
    assert [n.code for n in notes(mark="X") if n.on == "attacks"] == []


def test_a_paragraph_not_held_makes_notes_on_the_whole_deal_less_sure() -> None:
    """What the deal as a whole does not say may stand in the paragraph that is not held."""
    assert only(notes(), "L503", "").confidence == Confidence.HIGH
    assert only(notes(mark="X"), "L503", "").confidence == Confidence.MEDIUM


def test_a_note_on_the_deal_stands_at_the_header() -> None:
    """Notes about the deal as a whole come first and point at the header."""
    found = notes()
    assert found[0].on == ""
    assert only(found, "L503", "").spot.line == 2


def test_a_block_accepts_its_own_notes_only() -> None:
    """`accept` in a block gives the reason to the note on that block and to no other."""
    found = notes(line='    accept: L601 "the parties want none"\n')
    assert only(found, "L601", "attacks").accepted == "the parties want none"
    assert only(found, "L406", "attacks").accepted == ""


def test_the_header_accepts_for_the_whole_deal() -> None:
    """`accept` in the header holds for every note of that code."""
    found = notes(head='accept: L601 "no consequences in this draft"\naccept: L503 "later"\n')
    assert only(found, "L601", "attacks").accepted == "no consequences in this draft"
    assert only(found, "L503", "").accepted == "later"


def test_a_missing_key_points_at_the_id_and_a_value_at_itself() -> None:
    """The caret is at the block's id when the key is absent, else at its value."""
    absent = only(notes(), "L601", "attacks").spot
    assert absent.text[absent.column - 1 :][: absent.length] == "attacks"
    given = only(notes(line="    tolerance: undefined\n"), "L406", "attacks").spot
    assert given.text[given.column - 1 :][: given.length] == "undefined"
