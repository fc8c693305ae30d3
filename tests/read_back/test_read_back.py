"""The rows of a deal read back: one for every key, in order, with mark, gap and assumption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.agreement.block import Block, DealText
from tregua.agreement.clause import COMMON, ClauseKind, ValueType
from tregua.agreement.readback.read_back import BlockRead, ReadBack, Row, State, read_back
from tregua.agreement.readback.read_back_json import read_back_json
from tregua.agreement.readback.runs import Form, Run, data, isolate, own, plain, words
from tregua.agreement.readback.to_deal_text import to_deal_text
from tregua.agreement.readback.words_of import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def blocks_in(read: ReadBack) -> list[BlockRead]:
    return [b for s in read.sections for g in s.segments for b in g.blocks]


def blocks_of(read: ReadBack) -> dict[str, BlockRead]:
    return {b.id: b for b in blocks_in(read)}


def row_of(read: ReadBack, block: str, key: str) -> Row:
    return next(r for r in blocks_of(read)[block].rows if r.key == key)


def said(row: Row) -> list[str]:
    return ["".join(run.text for run in value) for value in row.values]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_every_kind_has_a_row(
    kind: ClauseKind, open_block: Block, language: str
) -> None:
    """A block that uses every key is read back with a row for each, in the order of the kind."""
    deal = DealText("x.deal.md", (), (), (), (), (open_block,), "", "")
    rows = blocks_of(read_back(deal, language))["x"].rows
    keys = [k.name for k in (*kind.keys, *COMMON) if k.type is not ValueType.KEY_TEXT]
    assert keys == [r.key for r in rows if r.key]
    assert {State.OPEN} == {r.state for r in rows if r.key}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_every_kind_is_read_back(
    kind: ClauseKind, deal_of: Callable[..., DealText], language: str
) -> None:
    """The example that a kind gives of itself has a row with a value for every line of it."""
    read = read_back(deal_of(kind.example), language)
    block = next(iter(blocks_of(read).values()))
    lines = kind.example.strip().splitlines()[1:]
    written = [line.split(":")[0].strip() for line in lines]
    expected = sorted(k for k in written if k != "assumed by drafter")
    assert expected == sorted(r.key for r in block.rows if r.key)
    assert [] == [r.label for r in block.rows if not any(said(r))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_written_in_the_library_has_its_row(
    library_deal: DealText, language: str
) -> None:
    """Each line of each block of a bundled deal is one row, and no value is empty."""
    found = blocks_in(read_back(library_deal, language))
    for block, shown in zip(library_deal.blocks, found, strict=True):
        written = sorted(e.key for e in block.entries if e.key != "assumed by drafter")
        assert block.id == shown.id
        rows = [r for r in shown.rows if r.key and r.state is not State.SILENT]
        assert written == sorted(r.key for r in rows)
        assert [] == [r.label for r in rows if not all(said(r))]


def test_the_rows_do_not_depend_on_the_order_of_writing(
    deal_of: Callable[..., DealText],
) -> None:
    """Two blocks with the same lines in another order read the same."""
    lines = ["    on: undefined", "    must not: attack", "    where: everywhere"]
    one, other = ("\n".join(["prohibition p", *o]) + "\n" for o in (lines, lines[::-1]))
    rows = [blocks_of(read_back(deal_of(text), "en"))["p"].rows for text in (one, other)]
    assert rows[0] == rows[1]


def test_silence_undefined_and_none_are_three_answers(deal_of: Callable[..., DealText]) -> None:
    """An absent key is named as silence, an open one with its phrase, `none` as stated."""
    read = read_back(
        deal_of(
            'prohibition p "P"\n    on: all-parties\n    must not: attack\n'
            '    where: undefined "agreed areas"\n    on violation: none\n'
        ),
        "en",
    )
    assert ["Left open by the text: “agreed areas”"] == said(row_of(read, "p", "where"))
    assert ["None, says the text"] == said(row_of(read, "p", "on violation"))
    silent = next(r for r in blocks_of(read)["p"].rows if r.label == "The text says nothing on")
    assert "Checked by" in said(silent)[0]
    assert "Where" not in said(silent)[0]


def test_a_row_carries_the_mark_of_the_paragraph_above_it(september: DealText) -> None:
    """What stands under a paragraph known from memory is marked so; the drafter's words are not."""
    read = read_back(september, "en")
    assert ("V",) == row_of(read, "attacks", "must not").marks
    assert ("M",) == row_of(read, "ramouseh-freeze", "must not").marks
    assert () == row_of(read, "attacks", "note").marks


def test_an_assumption_stands_under_its_row_with_the_reason(september: DealText) -> None:
    """The 60 minutes of self-defence are shown as the drafter's, not as the text's."""
    row = row_of(read_back(september, "en"), "self-defence", "when")
    assert ("60 minutes; the text says immediate threat",) == row.assumed
    assert () == row.marks


@pytest.mark.parametrize(
    ("key", "assumed"), [("evidence", "evidence"), ("no such key", "no such key")]
)
def test_no_assumption_is_lost(key: str, assumed: str, deal_of: Callable[..., DealText]) -> None:
    """An assumption about a key that is absent or unknown has a row of its own."""
    read = read_back(
        deal_of(
            'prohibition p "P"\n    on: all-parties\n    must not: attack\n'
            f'    assumed by drafter: {key} "because"\n'
        ),
        "en",
    )
    assert ("because",) == row_of(read, "p", assumed).assumed
    assert ["because"] == [p.text for p in read.assumed]


def test_a_norm_says_how_far_it_can_be_checked(september: DealText) -> None:
    """Machine, people or nobody; and what the text leaves open on the way."""
    read = read_back(september, "en")
    grades = {
        block.id: said(row)[0]
        for block in blocks_of(read).values()
        for row in block.rows
        if row.state is State.GRADE
    }
    assert "only by the judgement of people" == grades["recommit"]
    assert "Checked by, Standard of proof" in grades["attacks"]
    assert "Proportionate use of force" in grades["attacks"]
    assert "nothing to check: it permits and binds nobody" == grades["other-flights"]


def test_a_norm_without_a_gap_can_be_checked(deal_of: Callable[..., DealText]) -> None:
    """With bearer, place, checker and standard named, nothing stands in the way."""
    read = read_back(
        deal_of(
            'body b "B"\n    is: mission\n',
            'verification v "V"\n    of: p\n    by: b\n    violated at: 0.9\n',
            'prohibition p "P"\n    on: all-parties\n    must not: attack\n'
            "    where: everywhere\n    verified by: v\n",
        ),
        "en",
    )
    row = next(r for r in blocks_of(read)["p"].rows if r.state is State.GRADE)
    assert ["yes, by the software, from reports"] == said(row)


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Cessation"), ("ru", "прекращение"), ("ar", "وقف")],
)
def test_a_name_is_that_of_the_language(
    language: str, name: str, deal_of: Callable[..., DealText]
) -> None:
    """English takes the title, Russian and Arabic the keys of their name."""
    text = 'phase p "Cessation"\n    ru: "прекращение"\n    ar: "وقف"\n    starts: undefined\n'
    assert name == blocks_of(read_back(deal_of(text), language))["p"].name.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_name_is_the_id_in_brackets(
    language: str, deal_of: Callable[..., DealText]
) -> None:
    """A block without a title or translation is called by its id."""
    text = "phase p\n    starts: undefined\n"
    assert "[p]" == blocks_of(read_back(deal_of(text), language))["p"].name.text


def test_times_carry_their_zone_and_amounts_their_unit(september: DealText) -> None:
    """19:00 is said with offset and zone, the first stretch in hours, the week in days."""
    read = read_back(september, "en")
    start = said(row_of(read, "regime-of-calm", "starts"))
    assert ["2016-09-12 19:00 +03:00 (Asia/Damascus)"] == start
    assert ["48 hours"] == said(row_of(read, "coh", "lasts"))
    assert ["7 days"] == said(row_of(read, "calm", "target"))


def test_exchanging_two_parties_exchanges_the_rows_and_nothing_else(
    deal_of: Callable[..., DealText],
) -> None:
    """A deal with the sides exchanged reads back as the old text with the names exchanged."""
    text = (
        'party a "Alpha"\n    is: state\n\nparty b "Omega"\n    is: state\n\n'
        'prohibition p "P"\n    on: a\n    must not: attack\n    against: b\n'
    )
    swapped = text.replace("on: a", "on: b").replace("against: b", "against: a")
    first, second = (to_deal_text(read_back(deal_of(t), "en")) for t in (text, swapped))
    head, kind, rows = first.partition("Prohibition:")
    exchanged = rows.replace("Alpha", "\0").replace("Omega", "Alpha").replace("\0", "Omega")
    assert head + kind + exchanged == second


def test_the_three_languages_have_the_same_rows(library_deal: DealText) -> None:
    """Keys, states and marks stand at the same places in all languages; only words differ."""
    shapes = [
        [(b.id, r.key, r.state, r.marks, len(r.values)) for b in blocks_in(read) for r in b.rows]
        for read in (read_back(library_deal, language) for language in LANGUAGES)
    ]
    assert shapes[0] == shapes[1] == shapes[2]


def test_one_clause_alone_is_read(september: DealText) -> None:
    """With a label only the sections of that clause come back, and no header."""
    read = read_back(september, "en", clause="3d")
    assert ["3d"] == [s.label for s in read.sections]
    assert () == read.head


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_read_back_of_september_is_as_it_was_looked_at(
    language: str,
    september: DealText,
    request: pytest.FixtureRequest,
    update: bool,  # noqa: FBT001
) -> None:
    """tests/golden holds the text that people went through; `--update` renews it."""
    golden: Path = request.config.rootpath / "tests" / "golden"
    path = golden / f"read-back-syria-2016-09.{language}.txt"
    text = to_deal_text(read_back(september, language))
    if update:
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


def test_the_json_form_holds_the_same_rows(september: DealText) -> None:
    """Every row of the read-back is in the JSON form, value by value."""
    read = read_back(september, "ru")
    sections = read_back_json(read)["sections"]
    assert isinstance(sections, list)
    found = [
        row["values"]
        for s in sections
        for g in s["segments"]
        for b in g["blocks"]
        for row in b["rows"]
    ]
    assert [said(r) for b in blocks_of(read).values() for r in b.rows] == found


# --- isolation


LTR, FIRST, POP = "\u2066", "\u2068", "\u2069"


def bare(text: str) -> str:
    """Return what stands outside every isolate."""
    inner = re.compile(f"[{LTR}{FIRST}][^{LTR}{FIRST}{POP}]*{POP}")
    return inner.sub("", text)


@pytest.mark.parametrize("form", [data, own])
def test_every_isolate_is_closed_on_its_line(form: Callable[[str], Run]) -> None:
    """A line of an Arabic page opens as many isolates as it closes."""
    line = plain((words("المهلة: "), form("2016-09-12 19:00")), rtl=True)
    assert line.count(LTR) + line.count(FIRST) == line.count(POP) == 1


def test_nothing_latin_stays_bare_in_an_arabic_page(september: DealText) -> None:
    """No digit and no Latin letter of the Arabic text stands outside an isolate."""
    for line in to_deal_text(read_back(september, "ar")).splitlines():
        assert line.count(LTR) + line.count(FIRST) == line.count(POP)
        assert None is re.search("[A-Za-z0-9]", bare(line)), line


@given(st.text(max_size=40), st.sampled_from(list(Form)))
def test_isolating_changes_no_letter(text: str, form: Form) -> None:
    """What is taken apart and put together again is the same text."""
    for rtl in (False, True):
        assert text == "".join(p.text for p in isolate(Run(text, form), rtl=rtl))


@given(st.text(alphabet="ab1-: \u202eاب\n", max_size=30))
def test_no_text_of_a_deal_turns_a_line_round(text: str) -> None:
    """An override hidden in a name is shown as its number, and a line end adds no line."""
    shown = own(text).text
    assert "\u202e" not in shown
    assert "\n" not in shown
