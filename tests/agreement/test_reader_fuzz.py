"""Whatever stands in a file: the reader answers with notes in their places, never raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tregua.agreement.clauses import KINDS
from tregua.agreement.read import read_deal_text
from tregua.terms.notes import by_place, show_note

if TYPE_CHECKING:
    from tregua.agreement.read import Reading

HEADER = '---\ndeal: x\ntitle: "X"\nformat: tregua-deal/1\nprose: restated\n---\n'
KEYS = sorted({k.name for kind in KINDS for k in kind.keys})
PIECES = st.sampled_from(
    ["a", "D", "undefined", "none", "48 hours", "2 fortnights", "3,500 m", "15..10 km", "0 days",
     "2016-02-30", "2016-05-31 - 1 months", "Asia/Damscus", "UTC", "§ 9", "attack(weapon: any)",
     "kept(a, for: 7 days)", "not(", ")", "(", ",", '"text"', '"', "+", "..", "start(a)", "D+2d",
     "9999-12-31 + 9 years", "calm >= 7 days", "# c", "\u202e", "at D", "by a", "é", "1e5", "-"]
)  # fmt: skip
VALUES = st.lists(PIECES, max_size=6).map(" ".join)
ENTRIES = st.tuples(st.sampled_from(KEYS), VALUES).map(lambda kv: f"    {kv[0]}: {kv[1]}")
HEADS = st.tuples(st.sampled_from([k.kind for k in KINDS]), st.sampled_from("abc")).map(" ".join)
LINES = st.one_of(
    ENTRIES, HEADS, st.sampled_from(["", "```", "```deal", "## § 1", "> [V 1] x", "# a · b", "---"])
)
DEALS = st.lists(LINES, max_size=30).map(lambda rows: f"{HEADER}```deal\n" + "\n".join(rows))


def _sound(reading: Reading, text: str) -> None:
    rows = text.removeprefix("\ufeff").split("\n")
    for note in reading.notes:
        assert 1 <= note.spot.line <= max(1, len(rows))
        assert 1 <= note.spot.column <= len(rows[note.spot.line - 1]) + 1
        assert note.spot.length >= 1
        assert note.said
        assert note.why
        assert note.help
        assert show_note(note)
    assert by_place(reading.notes) == reading.notes
    assert 64 == len(reading.agreement.model_digest)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text(max_size=300))
@example("---")
@example("---\n---")
@example("```deal")
@example("\ud800")
def test_any_text_is_read(text: str) -> None:
    """Any text gives a reading, and every note of it has its place in the text."""
    _sound(read_deal_text(text, file="x"), text)


@settings(
    derandomize=True, max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(DEALS)
def test_any_blocks_are_read(text: str) -> None:
    """Kinds, keys and values in any order give a reading, and the same one twice."""
    reading = read_deal_text(text, file="x")
    _sound(reading, text)
    assert reading.notes == read_deal_text(text, file="x").notes


LONG = {
    "a value of a million digits": "quota a\n    amount: " + "1" * 1_000_000,
    "spaces": "quota a\n    a" + " " * 200_000 + "b\n    of" + " " * 200_000 + ": 3",
    "quotation marks": "quota a\n    note: a,(" + '"\\' * 200_000,
    "zones within zones": "\n\n".join(
        f"zone z{n}\n    is: area\n    inside: z{n + 1}, z{n // 2}" for n in range(2000)
    ),
    "phases that start phases": "\n\n".join(
        f"phase p{n}\n    starts: start(p{n + 1}) + 1 months" for n in range(2000)
    ),
    "wrong names": "\n\n".join(
        f"prohibition n{n}\n    on: a{n}\n    must not: atack{n}" for n in range(2000)
    ),
    "open fences": "```deal\n> x\n" * 3000,
    "marks": "```\n## § 1\n> [V" + " " * 200_000 + "\n" + "~" * 200_000 + "`",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_long_files_are_read_in_a_moment(name: str) -> None:
    """Long and odd files are read to their end; a reader that goes over a line again would hang."""
    text = f"{HEADER}```deal\n{LONG[name]}\n```\n"
    _sound(read_deal_text(text, file="x"), text)
