"""What holds for the difference of any two deals."""

import re
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.agreement_versions.deals import plain
from tests.agreement_versions.worlds import exchanged, texts
from tregua.agreement.lint import RULES
from tregua.agreement.read import Reading, read_deal_text
from tregua.agreement.versions.diff import diff
from tregua.agreement.versions.diff_words import sentence
from tregua.agreement.versions.difference import in_telling_order

EXAMPLES = tuple(
    read_deal_text(text, file="example.deal.md") for rule in RULES for text in (rule.bad, rule.good)
)
deals = st.sampled_from(EXAMPLES)


def shuffled(reading: Reading, chance: Random) -> Reading:
    blocks = list(reading.text.blocks)
    chance.shuffle(blocks)
    return replace(reading, text=replace(reading.text, blocks=tuple(blocks)))


@given(deals)
def test_a_deal_does_not_differ_from_itself(deal: Reading) -> None:
    """diff(x, x) is empty."""
    assert () == diff(deal, deal)


@given(deals, deals)
def test_the_way_back_is_the_mirror(one: Reading, two: Reading) -> None:
    """What the first text loses the second gains: diff(b, a) is diff(a, b) mirrored."""
    back = in_telling_order([d.mirrored() for d in diff(one, two)])
    assert back == diff(two, one)


@given(deals, deals, st.randoms(use_true_random=False))
def test_the_order_of_blocks_makes_no_difference(
    one: Reading, two: Reading, chance: Random
) -> None:
    """Shuffling the blocks of either text changes nothing."""
    expected = diff(one, two)
    assert expected == diff(shuffled(one, chance), shuffled(two, chance))
    assert () == diff(one, shuffled(one, chance))


@given(deals, deals)
def test_every_difference_is_one_line(one: Reading, two: Reading) -> None:
    """Each sentence is one line, and says nothing of better or worse."""
    for text in map(sentence, diff(one, two)):
        assert "\n" not in text
        assert text.strip()
        assert re.search(r"\b(better|worse|fair|unfair|improve\w*)\b", text) is None, text


@given(texts(), texts())
def test_exchanging_two_parties_exchanges_who_and_nothing_else(one: str, two: str) -> None:
    """With a and b exchanged in both drafts the same is told, of the other side."""
    here = diff(plain(one), plain(two))
    there = diff(plain(exchanged(one)), plain(exchanged(two)))
    swap = {"a": "b", "b": "a"}
    turned = [
        (d.change, swap.get(d.on, d.on), d.key, tuple(sorted(swap[w] for w in d.who))) for d in here
    ]
    assert sorted(turned) == sorted((d.change, d.on, d.key, d.who) for d in there)
