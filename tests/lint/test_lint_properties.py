"""What holds for every deal: order of blocks, exchange of sides, damaged files."""

import re
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tregua.agreement.lint import RULES
from tregua.agreement.lint_deal import lint, lint_text
from tregua.agreement.read import read_deal_text
from tregua.terms.notes import Note

EXAMPLES = tuple(text for rule in RULES for text in (rule.bad, rule.good))
SWAP = {"a": "b", "b": "a"}


def read_notes(text: str) -> tuple[Note, ...]:
    return lint(read_deal_text(text, file="example.deal.md"))


@given(st.sampled_from(EXAMPLES), st.randoms(use_true_random=False))
def test_the_order_of_blocks_changes_nothing(text: str, chance: Random) -> None:
    """Shuffling the blocks of a deal leaves the notes as they are."""
    deal = read_deal_text(text, file="example.deal.md").text
    blocks = list(deal.blocks)
    chance.shuffle(blocks)
    key = lambda n: (n.code, n.on, n.confidence)  # noqa: E731 - one use, in two places of one line
    shuffled = lint_text(replace(deal, blocks=tuple(blocks)))
    assert sorted(map(key, lint_text(deal))) == sorted(map(key, shuffled))


@given(st.sampled_from(EXAMPLES))
def test_exchanging_two_sides_exchanges_the_notes(text: str) -> None:
    """With a and b exchanged everywhere, the same notes stand on the other side."""
    swapped = "\n".join(_exchanged(line) for line in text.splitlines()) + "\n"
    there = sorted((n.code, SWAP.get(n.on, n.on), n.confidence) for n in read_notes(text))
    assert there == sorted((n.code, n.on, n.confidence) for n in read_notes(swapped))


def _exchanged(line: str) -> str:
    is_block_line = re.match(r"(    [a-z]|party )", line) is not None
    plain, *quoted = re.split(r'("[^"]*")', line)
    parts = [
        re.sub(r"\b[ab]\b(?!-| tie:)", lambda m: SWAP[m.group()], p) if p[:1] != '"' else p
        for p in (plain, *quoted)
    ]
    return "".join(parts) if is_block_line else line


@given(st.sampled_from(EXAMPLES), st.data())
def test_a_damaged_deal_is_linted_as_far_as_it_goes(text: str, data: st.DataObject) -> None:
    """With a line lost and another cut short the linter still answers, sorted by place."""
    lines = text.splitlines()
    lost = data.draw(st.integers(0, len(lines) - 1))
    del lines[lost]
    cut = data.draw(st.integers(0, len(lines) - 1))
    lines[cut] = lines[cut][: data.draw(st.integers(0, len(lines[cut])))]
    found = read_notes("\n".join(lines))
    assert sorted(found, key=lambda n: (n.spot.line, n.spot.column, n.code)) == list(found)
