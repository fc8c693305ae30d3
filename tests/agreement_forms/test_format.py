"""The formatter: layout and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement_forms.conftest import LIBRARY, SMALL
from tregua.agreement.exchange.write import format_deal
from tregua.agreement.read import read_deal_text
from tregua.agreement.reading.characters import without_comment

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

SEPTEMBER = next(p for p in LIBRARY if p.name.startswith("syria-2016-09")).read_text("utf-8")
HEADER = '---\ndeal: x\ntitle: "X"\nformat: tregua-deal/1\nprose: restated\n---\n'
DEALS = st.sampled_from([SMALL, SEPTEMBER[: SEPTEMBER.index("## § 3a")]])


def in_fence(*lines: str) -> str:
    return "\n".join([f"{HEADER}```deal", *lines, "```\n"])


def digests(text: str) -> tuple[str, str]:
    reading = read_deal_text(text, file="x")
    return reading.agreement.model_digest, reading.text.text_digest


def whole(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def test_a_library_deal_is_in_form(library_deal: Path) -> None:
    """Formatting a bundled deal changes no byte."""
    text = whole(library_deal)
    assert text == format_deal(text)


@pytest.mark.outside
def test_an_example_deal_is_in_form(example_deal: Path) -> None:
    """Formatting an example of the requirements changes no byte."""
    text = whole(example_deal)
    assert text == format_deal(text)


def test_the_small_deal_is_read_and_in_form(small: str) -> None:
    """The deal that these tests take apart has no mistake and is in form."""
    assert () == read_deal_text(small, file="x").notes
    assert small == format_deal(small)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  is:state", "    is:state"),  # no key, so that the line is moved as it is
        ("  is:    state", "    is: state"),
        ("     is :state", "    is :state"),
        ("   is :   state", "    is: state"),
        ("    is: state   # why", "    is: state   # why"),
        ("  is: state# no comment", "    is: state# no comment"),
        ("  colour:   blue ,green", "    colour: blue ,green"),
        ("  accepted: D+2d", "    accepted: D + 2 days"),
        ("  accepted: D  +48h", "    accepted: D  +48h"),  # cannot be read
        ("  accepted: signed( x )+3days", "    accepted: signed(x) + 3 days"),
        ('  liaison:  "a  b" ,"c"', '    liaison: "a  b", "c"'),
        ("  clause: §  3d,x § 4", "    clause: §3d, x §4"),
        ("  note:", "    note:"),
        ('  note:\n     "a"', '    note:\n        "a"'),
        ("  members: a,\n\n", "    members: a,"),
    ],
)
def test_a_line_is_laid_out(before: str, after: str) -> None:
    """Indentation, the space after the colon and inside values; what cannot be read stays."""
    assert in_fence('party a "A"', after) == format_deal(in_fence('party  a   "A"', before))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("10  ..12 hours", "10..12 hours"),
        ("08:00 .. 18:00 every  day", "08:00..18:00 every day"),
        ("600trucks", "600trucks"),
        ("30 prisoners per 1 hostage", "30 prisoners per 1 hostage"),
        ("60%", "60 %"),
    ],
)
def test_a_phrase_is_laid_out(before: str, after: str) -> None:
    """Ranges of numbers have no space, amounts have one."""
    found = format_deal(in_fence("quota a", f"    amount: {before}"))
    assert in_fence("quota a", f"    amount: {after}") == found


def test_moments_keep_space_around_a_range() -> None:
    """A range of moments is written with space, one of numbers without."""
    line = "    covered: everywhere,D..D+3d"
    expected = in_fence("scenario a", "    covered: everywhere, D .. D + 3 days")
    assert expected == format_deal(in_fence("scenario a", line))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## clause 3d · Title", "## § 3d · Title"),
        ("###   §3d   ·   A  title", "### § 3d · A  title"),
        ("## clause 3(a)", "## § 3(a)"),
        ("## clause of its own", "## clause of its own"),
        ("## § · No label", "## § · No label"),
        ("##   Commentary", "##   Commentary"),
        ("#  x ·  Title", "#  x ·  Title"),
    ],
)
def test_a_heading_of_a_clause_is_laid_out(before: str, after: str) -> None:
    """A clause's heading is written with §; every other heading stays."""
    assert f"{HEADER}{after}\n" == format_deal(f"{HEADER}{before}\n")


def test_one_blank_line_stands_between_blocks() -> None:
    """Blank lines at the ends of a fence go, one stands between two blocks, comments move along."""
    before = ["", "party a", "  is: state", "  ", "", "", "# of b", "party b", "  is: state",
              "# of c", "party c", "  is: state", ""]  # fmt: skip
    after = ["party a", "    is: state", "", "# of b", "party b", "    is: state", "",
             "# of c", "party c", "    is: state"]  # fmt: skip
    assert in_fence(*after) == format_deal(in_fence(*before))


@pytest.mark.parametrize(
    "block",
    [
        ["prty  a", "  is:  state", "     foo"],  # an unknown kind
        ["party  a", "is:  state"],  # a key in column 1
        ["party  a", "\tis:  state"],
        ["party  a", "  is:  sta\u200bte"],
        ["  is:  state", "   x: y"],  # no head
        ["a line", "  is:  state"],
    ],
)
def test_a_block_that_cannot_be_laid_out_stays(block: list[str]) -> None:
    """A block whose columns or kind are not understood is kept byte for byte."""
    text = in_fence(*block, "", "party b", "    is: state")
    assert text == format_deal(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}```deal\nparty  a\n  is:  state\n",
        "---\ndeal:   x\n\n# x · y\n",
        "---\ndeal:   x\n ---\n---\n",
        "---\ndeal:   x\n\tx: y\n---\n",
        "",
        "no deal at all\n  with  spaces\n",
    ],
)
def test_what_is_not_closed_stays(text: str) -> None:
    """A file whose header or fence is not closed, and a foul header, are kept byte for byte."""
    assert text == format_deal(text)


def test_a_header_is_laid_out() -> None:
    """Header keys stand in column 1, what continues them four spaces in; comments stay."""
    before = '---\n  deal:  x\ntitle:\n  "X"\n\n  # why\nlanguages:en\n---\n'
    assert before == format_deal(before)  # `languages:en` is no key
    before = before.replace(":en", ":  en,ru")
    after = '---\ndeal: x\ntitle:\n    "X"\n\n  # why\nlanguages: en, ru\n---\n'
    assert after == format_deal(before)


# --- properties


@st.composite
def laid_out_otherwise(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a deal in form, and the same deal in another layout."""
    text, random = draw(DEALS), draw(st.randoms(use_true_random=False))
    rows, indent = [], 4
    for row in text.split("\n"):
        if row and row[0].isalpha():
            indent = random.randrange(2, 7)  # of the block that begins here
        rows.append(otherwise(row, indent, random))
    return text, "\n".join(rows)


def otherwise(row: str, indent: int, random: Random) -> str:
    """Return a line of a deal in form in another layout."""
    if row.startswith("#") and "§" in row:
        return re.sub("§ ", random.choice(["§", "§  ", "clause "]), row, count=1)
    code = without_comment(row)
    match = re.fullmatch(r"    (\w[\w ]*): (.*?)( *)", code)
    if match is None:
        return row
    parts = re.split(r'("(?:\\.|[^"\\])*")', match[2])
    parts[::2] = [loose(part, random) for part in parts[::2]]
    # A comment behind the value keeps its distance, so space is added where there is none.
    end = match[3] if row != code else " " * random.randrange(3)
    gap = " " * random.randrange(1, 4)
    return f"{' ' * indent}{match[1]}:{gap}{''.join(parts)}{end}{row[len(code) :]}"


def loose(value: str, random: Random) -> str:
    """Return a value without its quoted strings, spaced otherwise and with short times."""
    value = re.sub(r"\bD \+ (\d+) (d|h)(?:ays|ours)(?! \d)\b", r"D+\1\2", value)
    value = value.replace(", ", random.choice([",", " ,  ", ", "]))
    value = value.replace(")", random.choice([")", " )"]))
    return re.sub(r"(\d) (hours|days|m|km)\b", r"\1\2", value)


@settings(max_examples=30)
@given(laid_out_otherwise())
def test_every_layout_of_a_deal_comes_to_the_same_bytes(pair: tuple[str, str]) -> None:
    """Other indentation, spaces, short times and § leave the model, and format to one file."""
    text, other = pair
    assert text == format_deal(other)
    assert digests(text) == digests(other)


@settings(max_examples=30)
@given(laid_out_otherwise())
def test_line_ends_are_kept_as_found(pair: tuple[str, str]) -> None:
    """A file with CRLF is formatted as one with LF is, and keeps its line ends."""
    text, other = (one.replace("\n", "\r\n") for one in pair)
    assert text == format_deal(other)
    assert digests(pair[0]) == digests(text)


PIECES = ("  ", "    ", "\t", "\u200b", "# c", " # d", '"', "\n", "\n\n", "D+2d", "---", "```",
          "```deal", "> x", "foo bar", "\n  foo:  bar", 'party z "Z"', "zzz y", "## clause 9 · X",
          "\r", "  on:  a ,b", ",", "(", "§ 3")  # fmt: skip


@given(DEALS, st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(PIECES)), max_size=6))
def test_any_deal_keeps_its_meaning(text: str, edits: list[tuple[int, str]]) -> None:
    """Whatever stands in a file: formatting leaves model, prose and notes, and a second time all.

    One note alone may go: that a block begins without a blank line, which formatting adds.
    """
    for at, piece in edits:
        place = at % len(text)
        text = text[:place] + piece + text[place:]
    laid_out = format_deal(text)
    assert laid_out == format_deal(laid_out)
    before, after = (read_deal_text(one, file="x") for one in (text, laid_out))
    assert before.agreement.model_digest == after.agreement.model_digest
    assert before.text.text_digest == after.text.text_digest
    told = [
        sorted(n.code for n in reading.notes if "without a blank line" not in n.said)
        for reading in (before, after)
    ]
    assert told[0] == told[1]


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=30)


@settings(max_examples=30)
@given(DEALS, st.lists(st.tuples(st.integers(0, 10**6), WORDS), min_size=1, max_size=5))
def test_comments_and_unknown_lines_survive(text: str, added: list[tuple[int, str]]) -> None:
    """The words of comments, of unknown keys and of lines that are none are in the result."""
    rows = text.split("\n")
    inside = [n for n, row in enumerate(rows) if re.match("    [a-z]", row)]
    said = []
    for at, words in added:
        sign = ("# ", "colour: ", "unheard of ")[at % 3]
        said.append(f"{sign}{words.strip()}".rstrip())
        rows.insert(inside[at % len(inside)], f"  {said[-1]}")
    laid_out = format_deal("\n".join(rows))
    assert [] == [words for words in said if words not in laid_out]
