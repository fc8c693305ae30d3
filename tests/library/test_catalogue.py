"""The catalogue of clause types: whole, in words that exist, decided from blocks alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tregua.agreement.acts import BUILT_IN
from tregua.agreement.clause import COMMON
from tregua.agreement.clauses import KINDS
from tregua.agreement.read import Reading, read_deal_text
from tregua.agreement.reading.conditions import CONDITIONS, MOMENTS, PASSAGES
from tregua.agreement.shelf.catalogue import ClauseType, catalogue, clause_types, coverage
from tregua.agreement.shelf.shelf import Shelved, take_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tregua.agreement.shelf.clause_signs import Sign

# Number of clause types in each group of the deal language, annex A.
GROUPS = {"A": 11, "B": 14, "C": 10, "D": 14, "E": 15, "F": 7, "G": 11, "H": 3, "I": 7, "J": 6}
BY_KIND = {kind.kind: kind for kind in KINDS}
HEADER = """\
---
deal: small
title: "Small"
format: tregua-deal/1
time zone: Asia/Damascus
prose: restated
---

```deal
party a "Side A"
    is: armed-force
    bound by: signature

party b "Side B"
    is: armed-group
    named in text: no
    bound by: signature

{blocks}
```
"""

MIXED = """
group g
    is: mercenary
    part of: a

acts x
    row: leaflets, incite, "dropping leaflets"

prohibition p
    on: a
    must not: leaflets
    on violation: c

duty d
    on: a
    must: withdraw(of: g)
    within: 3 days

consequence c
    when: violation(p)
    does: refer
"""


@pytest.fixture(scope="module")
def library() -> tuple[Shelved, ...]:
    return take_all()


def small(blocks: str) -> Reading:
    reading = read_deal_text(HEADER.format(blocks=blocks.strip("\n")), file="small.deal.md")
    assert reading.notes == ()
    return reading


def codes(blocks: str) -> set[str]:
    return {use.code for use in clause_types(small(blocks).text)}


def signs() -> Iterator[tuple[ClauseType, Sign]]:
    for clause_type in catalogue():
        for sign in clause_type.signs:
            yield clause_type, sign


# --- the catalogue itself -----------------------------------------------------------------------


def test_the_catalogue_has_98_types_in_the_order_of_their_codes() -> None:
    """There are 98 clause types, as many in each group as the deal language lists."""
    listed = [t.code for t in catalogue()]
    assert sorted(set(listed)) == listed
    assert Counter(code[0] for code in listed) == GROUPS
    assert len(listed) == 98


def test_every_type_has_a_title_of_its_own_and_a_sign_or_a_reason() -> None:
    """No two types have one title, and a type without a sign says why it cannot be written."""
    titles = [t.title for t in catalogue()]
    assert len(set(titles)) == len(titles)
    assert [] == [t.code for t in catalogue() if not t.written or bool(t.signs) == bool(t.cannot)]


def test_signs_use_kinds_and_keys_that_exist() -> None:
    """Every kind is a kind of block, and every key belongs to each kind that the sign looks at."""
    for clause_type, sign in signs():
        asked = {*sign.kinds, *sign.without}
        assert asked <= set(BY_KIND), clause_type.code
        by_key = (*sign.words, *sign.unless, *sign.calls, *sign.units)
        keys = {*sign.has, *sign.none, *sign.shifted, *sign.clocked, *(key for key, _ in by_key)}
        for kind in sign.kinds:
            assert [] == [k for k in keys if BY_KIND[kind].key(k) is None], clause_type.code
            one = any(BY_KIND[kind].key(k) for k in sign.has_any)
            assert one or not sign.has_any, clause_type.code


def test_signs_use_words_acts_and_conditions_that_exist() -> None:
    """Every act is in the tree, every call in the closed lists, every word in its key's list."""
    for clause_type, sign in signs():
        assert set(sign.acts) | set(sign.exactly) <= BUILT_IN, clause_type.code
        called = {name for _, all_of in sign.calls for name in all_of}
        assert called <= set(CONDITIONS) | set(MOMENTS), clause_type.code
        for key, words in (*sign.words, *sign.unless):
            own = [BY_KIND[kind].key(key) for kind in sign.kinds]
            closed = {word for k in own if k is not None for word in k.words}
            if closed:
                assert set(words) <= closed, (clause_type.code, key)
            elif key != "step":
                assert set(words) <= BUILT_IN | set(PASSAGES), (clause_type.code, key)


def test_no_sign_asks_for_a_common_key() -> None:
    """What a drafter says about a block (notes, sources, assumptions) shows no clause type."""
    common = {key.name for key in COMMON}
    for clause_type, sign in signs():
        keys = {*sign.has, *sign.has_any, *sign.none, *(key for key, _ in sign.words)}
        assert set() == keys & common, clause_type.code


# --- decisions on small texts -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blocks", "shown", "not_shown"),
    [
        ("", {"A01"}, {"A02", "G01", "I01"}),
        (
            "prohibition p\n    on: a, b\n    must not: attack(weapon: any)",
            {"D01", "I01"},
            {"D02", "D03", "I02"},
        ),
        ("prohibition p\n    on: a\n    must not: drone-strike", {"D02"}, {"D01"}),
        ("prohibition p\n    on: a\n    must not: reinforce", {"D04"}, {"D03"}),
        ("prohibition p\n    on: a\n    must not: move-force", {"D03", "D04"}, {"D06"}),
        ("prohibition p\n    on: a\n    must not: recruit", {"D05"}, {"D10"}),
        ("prohibition p\n    on: a\n    must not: recruit-child", {"D05", "D10"}, set()),
        ("prohibition p\n    on: a\n    must not: abduct", {"D09", "D12"}, {"D01"}),
        ("permission p\n    on: a\n    may: rotate", {"E13"}, {"E01", "E09", "D04"}),
        ("permission p\n    on: a\n    may: deliver(passage: humanitarian)", {"E01"}, {"E09"}),
        ("permission p\n    on: a\n    may: return(passage: civilian)", {"E09"}, {"E01"}),
        ("phase p\n    starts: 2030-01-01T08:00", {"B01"}, {"B02", "B03"}),
        ("phase p\n    starts: 2030-01-01\n    lasts: 7 days", {"B03"}, {"B01", "B02", "B05"}),
        ("phase p\n    starts: undefined\n    renewal: tacit", {"B05"}, {"B01", "B03", "B04"}),
        ("power p\n    holder: a\n    does: set\n    sets: D", {"B02"}, {"B04", "J01", "J03"}),
        ("power p\n    holder: a\n    does: terminate", {"I06", "J03"}, {"B12"}),
        ("power p\n    holder: a\n    does: terminate\n    notice: 14 days", {"B12"}, {"B04"}),
        ("zone z\n    is: national", {"C01"}, {"C02", "C04", "C07"}),
        ("zone z\n    is: area\n    width: 2 km", {"C02", "C04"}, {"C01", "C08"}),
        ("zone z\n    is: area\n    width: undefined", {"C02"}, {"C04"}),
        ("zone z\n    is: site\n    protects: school", {"C08"}, {"C10"}),
        (
            "body c\n    is: committee\n    may: verify",
            {"A07", "G01"},
            {"A06", "A08", "G05", "G06"},
        ),
        ("body c\n    is: mission\n    may: determine", {"A06", "G05"}, {"A07"}),
        ("body c\n    is: committee\n    decides by: undefined", {"A07"}, {"G06"}),
        ("body c\n    is: committee\n    decides by: majority", {"G06"}, {"H02", "H03"}),
        ("instrument i\n    is: side-letter\n    held: none", set(), {"J04", "J07"}),
        (
            "instrument i\n    is: annex\n    held: none\n    publicity: unpublished",
            {"J07"},
            {"J04"},
        ),
    ],
)
def test_a_block_shows_what_it_says(blocks: str, shown: set[str], not_shown: set[str]) -> None:
    """A small text uses the clause types that its blocks say, and not their neighbours."""
    found = codes(blocks)
    assert shown <= found
    assert set() == found & not_shown


def test_a_phrase_that_is_left_open_shows_nothing() -> None:
    """A duty whose time is undefined has no time, and a standard that is undefined is none."""
    open_duty = "duty d\n    on: a\n    must: demine\n    within: undefined"
    assert "B10" not in codes(open_duty)
    assert "B10" in codes(open_duty.replace("undefined", "3 days"))


def test_an_act_that_the_deal_adds_counts_as_its_parent() -> None:
    """Under a kind of act of the tree stands what the deal itself adds there."""
    added = 'acts x\n    row: leaflets, incite, "dropping leaflets"\n\n'
    forbidden = "prohibition p\n    on: a\n    must not: leaflets"
    assert {"D08", "J05"} <= codes(added + forbidden)


def test_a_name_is_followed_to_the_block_that_it_means() -> None:
    """Withdrawal of a group shows foreign forces only when the group is one."""
    text = "group g\n    is: {}\n    part of: a\n\nduty d\n    on: a\n    must: withdraw(of: g)"
    assert "A11" in codes(text.format("foreign-force"))
    assert "A11" in codes(text.format("mercenary"))
    assert "A11" not in codes(text.format("militia"))


def test_a_consequence_anywhere_ends_that_nothing_follows() -> None:
    """A deal with a consequence has one, unless a norm says outright that there is none."""
    norm = "prohibition p\n    on: a\n    must not: attack"
    follows = "\n\nconsequence c\n    when: violation(p)\n    does: refer"
    assert "I01" in codes(norm)
    assert "I01" not in codes(norm + follows)
    assert "I01" in codes(norm + "\n    on violation: none" + follows)


def test_the_blocks_that_show_a_type_are_named_in_their_order() -> None:
    """Each use names the ids of the blocks from which it was decided."""
    text = small("zone z2\n    is: area\n\nzone z1\n    is: area\n\nzone z3\n    is: national").text
    assert {"C02": ("z2", "z1"), "C01": ("z3",)}.items() <= {
        use.code: use.blocks for use in clause_types(text)
    }.items()


@settings(derandomize=True, max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_blocks_decides_nothing(chance: Random) -> None:
    """A deal uses the same clause types whichever way round its blocks stand."""
    text = small(MIXED).text
    blocks = list(text.blocks)
    chance.shuffle(blocks)
    turned = replace(text, blocks=tuple(blocks))
    assert [u.code for u in clause_types(text)] == [u.code for u in clause_types(turned)]


def test_the_name_of_the_deal_decides_nothing(library: tuple[Shelved, ...]) -> None:
    """Without header, titles and prose a deal uses the same clause types."""
    for deal in library:
        bare = replace(
            deal.text,
            header=(),
            file="x",
            paragraphs=(),
            blocks=tuple(replace(b, title="") for b in deal.text.blocks),
        )
        assert deal.uses == clause_types(bare)


# --- coverage -----------------------------------------------------------------------------------


def test_every_type_is_used_by_a_deal_or_says_why_not(library: tuple[Shelved, ...]) -> None:
    """A clause type that can be written is used by a past deal, or its reason and example stand."""
    found = coverage((deal.name, deal.text) for deal in library)
    print(found)
    assert len(found.rows) == 98
    assert [] == [r.type.code for r in found.rows if r.type.cannot and r.deals]
    assert [] == [r.type.code for r in found.unused if not (r.type.unused or r.type.cannot)]
    assert [] == [r.type.code for r in found.used if r.type.unused or r.type.example]


@pytest.mark.parametrize("clause_type", [t for t in catalogue() if t.unused])
def test_what_no_deal_uses_can_still_be_written(clause_type: ClauseType) -> None:
    """The example of a type without a deal is read without a note, and shows the type."""
    assert clause_type.code in codes(clause_type.example)


def test_the_summary_of_coverage_counts() -> None:
    """The line of coverage gives all types, those that can be written, and those in use."""
    text = small("zone z\n    is: area").text
    found = coverage([("small", text)])
    used = len(clause_types(text))
    assert {"A01", "C02"} == {row.type.code for row in found.used}
    assert str(found).startswith("98 clause types: 98 can be written (")
    assert f"{used} are used by a deal of the library, {98 - used} are not" in str(found)
