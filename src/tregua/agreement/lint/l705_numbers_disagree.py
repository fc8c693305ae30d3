"""L705: a number in words that differs from its digits, or a list from its announced length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tregua.agreement.number_words import number_of
from tregua.agreement.questions import walk
from tregua.agreement.rule import Rule, at_block, at_paragraph, miniature
from tregua.agreement.value import Number
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

# Runs of words are bounded, so that a long paragraph costs no more than its length.
_BESIDE = re.compile(
    r"(?<!\w)(?P<words>[^\W\d_]+(?:[ -][^\W\d_]+){0,7}) ?\( ?(?P<digits>\d{1,9}) ?\)"
)
_COLON = re.compile(
    r"(?<!\w)(?P<number>[^\W_]+(?:-[^\W\d_]+)?)(?: [^\W\d_]+){1,4} ?:(?P<rest>.*)", re.DOTALL
)
_MARK = re.compile(r"(?<!\w)\(?(?:[a-z]|[ivx]+|\d{1,2})\)\s")


def _find(deal: DealText) -> Iterator[Hit]:
    for paragraph in deal.paragraphs:
        gap = _words_and_digits(paragraph.text) or _length_of_list(paragraph.text)
        if gap:
            yield at_paragraph(paragraph, gap)
    for body in deal.of_kind("body"):
        gap = _seats(body)
        if gap:
            yield at_block(body, gap, key="quorum")


def _words_and_digits(text: str) -> str:
    for match in _BESIDE.finditer(text):
        told, digits = number_of(match["words"]), int(match["digits"])
        if told is not None and told != digits:
            return f"in words {told}, in digits {digits}"
    return ""


def _length_of_list(text: str) -> str:
    match = _COLON.search(text)
    told = number_of(match["number"]) if match is not None else None
    there = len(_MARK.findall(match["rest"])) if match is not None else 0
    differs = told is not None and there > 0 and told != there
    return f"{told} announced, {there} listed" if differs else ""


def _seats(body: Block) -> str:
    """Compare ``quorum: 29 of 42`` with the numbers behind the members."""
    quorum = [int(a.value) for a in walk(body.get("quorum")) if isinstance(a, Number)]
    seats = [int(a.value) for a in walk(body.get("members")) if isinstance(a, Number)]
    members = len(body.words("members"))
    is_counted = len(quorum) > 1 and members > 0 and len(seats) == members
    return (
        f"{sum(seats)} members, quorum of {quorum[-1]}"
        if is_counted and sum(seats) != quorum[-1]
        else ""
    )


RULE = Rule(
    code="L705",
    title="A number in words differs from its digits, or a list from its announced length",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=(),
    what="A paragraph gives a number in words and other digits behind it in brackets, "
    "announces another number of lettered items than follow, or a quorum is of another "
    "number of members than the body has.",
    why="the South Sudan agreement of 2018, 7.13: forty-three (42) representatives",
    help="correct one of the two",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
body council "Joint council"
    is: joint-commission
    members: a, b
""",
        prose="The council has twenty-one (20) seats.",
    ),
    good=miniature(
        """
body council "Joint council"
    is: joint-commission
    members: a, b
""",
        prose="The council has twenty-one (21) seats.",
    ),
)
