"""Hover, outline, layout and notes as an editor shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tregua.agreement.clauses import KINDS
from tregua.agreement.exchange.write import format_deal
from tregua.agreement.lint_deal import lint
from tregua.agreement.lsp.diagnostics import diagnostics
from tregua.agreement.lsp.document import open_document
from tregua.agreement.lsp.explain_key import explained, in_short
from tregua.agreement.lsp.formatting import formatting
from tregua.agreement.lsp.hover import hover
from tregua.agreement.lsp.position import Place
from tregua.agreement.lsp.symbols import outline
from tregua.agreement.reading.header import HEADER

if TYPE_CHECKING:
    from tregua.agreement.lsp.document import Document
    from tregua.agreement.lsp.symbols import Symbol


def shown(document: Document, line: str, word: str) -> str:
    number = next(n for n, row in enumerate(document.lines) if row.strip().startswith(line))
    return hover(document, Place(number, document.lines[number].index(word)))


def test_a_name_shows_its_block_beside_the_paragraph_that_it_encodes(document: Document) -> None:
    """The reading is never seen without the text, and its mark says how much is held."""
    said = shown(document, "except: answer", "answer")
    assert 'exception answer "Answer within the hour"' in said
    assert "    burden: acting-party" in said
    assert "§ 2a" in said
    assert "> **V 2a** (read whole): A side that is hit may answer within the hour\\." in said


def test_a_block_shows_the_paragraphs_above_it_and_those_of_further_clauses(deal: str) -> None:
    """Of its own clause only what stands just above counts; a clause that it names counts whole."""
    text = deal.replace(
        "```deal\nphase truce", "> [V 2b] Later.\n\n```deal\nphase truce", 1
    ).replace(
        "> [V 2b] Later.", "```deal\nno-norm aim\n    reason: political\n```\n\n> [V 2b] Later."
    )
    said = shown(open_document(text, file="x"), "expect: attacks", "attacks")
    assert ["P 2", "X 2a", "V 2b"] == [
        m for m in ("P 2", "X 2a", "V 2a", "V 2b") if f"**{m}**" in said
    ]


def test_a_paragraph_that_nobody_holds_says_so(document: Document) -> None:
    """A clause shows all its paragraphs, and which blocks encode it."""
    said = shown(document, "clause: § 2", "2")
    assert "**P 2** (known from a paraphrase): From Day D no side attacks the other" in said
    assert "**X 2a** (known to exist, not held)" in said
    assert "No block encodes it." in said
    assert "Encoded by: party north" in shown(document, "## § 1", "1").replace("\\", "")


@pytest.mark.parametrize(
    ("line", "word", "expected"),
    [
        ("starts: D", "D", "power day-d"),
        ("must not:", "field-gun", "row: field-gun, gun, 100 mm, 9 km"),
        ("tunnel(", "tunnel", "tunnel: a kind of act under fortify"),
        ("must not:", "attack", "A norm on it covers: air-strike, ground-attack"),
        ("prohibition attacks", "prohibition", "**prohibition**: "),
        ("during: truce", "during", "**during** of prohibition"),
        ("burden:", "burden", "One of: acting-party, accusing-party, centre."),
        ("time zone:", "time", "**time zone** of header"),
        ("# terms", "terms", 'instrument terms "Terms"'),
    ],
)
def test_every_kind_of_word_tells_what_it_is(
    document: Document, line: str, word: str, expected: str
) -> None:
    """Moments, weapon classes, acts, kinds, keys and the header's keys have something to say."""
    assert expected in shown(document, line, word).replace("\\", "")


def test_a_note_shows_its_page_where_it_stands(deal: str) -> None:
    """On a faulty word the page of the code tells when, why and what to do."""
    document = open_document(deal.replace("during: truce", "durin: truce"), file="x")
    notes = document.reading.notes
    line = notes[0].spot.line - 1
    said = hover(document, Place(line, 5), notes)
    assert "**D002: this kind has no such key**" in said
    assert "Help: Use the key that is suggested" in said


def test_nothing_is_said_about_prose_and_closed_words(document: Document) -> None:
    """Where there is nothing to say the answer is empty."""
    assert shown(document, "# Commentary", "Comm") == ""
    assert shown(document, "is: joint-commission", "joint") == ""


def test_the_words_of_a_deal_make_no_link_and_no_picture(deal: str) -> None:
    """What others wrote is shown as text: nothing is fetched and nothing can be clicked."""
    bad = "![x](http://example.org/x.png) <img src=y> [go](command:z) `a` www.example.org"
    text = deal.replace("A side that is hit", bad).replace('"Answer within the hour"', '"```\\" x"')
    said = shown(open_document(text, file="x"), "except: answer", "answer")
    assert "![x](" not in said
    assert " <img" not in said
    assert "[go](" not in said
    assert "www.example" not in said
    assert said.startswith("````tregua\n")


def test_every_key_of_every_kind_can_be_explained() -> None:
    """No type of value is without its words."""
    for kind in (*KINDS, HEADER):
        for key in kind.keys:
            assert in_short(key)
            assert all(explained(key))


# --- outline


def flat(symbols: tuple[Symbol, ...], depth: int = 0) -> list[str]:
    return [row for s in symbols for row in (f"{'  ' * depth}{s.name}", *flat(s.parts, depth + 1))]


def test_the_outline_is_instruments_clauses_and_blocks(document: Document) -> None:
    """Sub-clauses stand in their clause, commentary stands outside of the instrument."""
    assert [
        "terms",
        "  instrument terms",
        "  § 1",
        "    party north",
        "    party south",
        "    body commission",
        "    power day-d",
        "  § 2",
        "    § 2a",
        "      phase truce",
    ] == flat(outline(document))[:10]
    assert flat(outline(document))[-1] == "scenario one-shell"


def test_every_element_holds_its_parts_and_its_own_name(document: Document) -> None:
    """An editor refuses an outline whose parts stick out."""

    def check(symbol: Symbol) -> None:
        whole = symbol.whole(document)
        assert whole.start <= symbol.at.start
        assert symbol.at.end <= whole.end
        for part in symbol.parts:
            inner = part.whole(document)
            assert whole.start <= inner.start
            assert inner.end <= whole.end
            check(part)

    for symbol in outline(document):
        check(symbol)


# --- layout


def made(text: str) -> str:
    """Return a text with the edits of the formatter made, as an editor makes them."""
    edits = formatting(open_document(text, file="x"))
    lines = text.split("\n")
    for edit in edits:
        start, end = edit.stretch.start, edit.stretch.end
        before = [*lines[: start.line], lines[start.line][: start.column]]
        behind = [lines[end.line][end.column :], *lines[end.line + 1 :]]
        return "\n".join(before) + edit.text + "\n".join(behind)
    return text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    during: truce", "  during:   truce"),
        ("    is: armed-group\n", "  is: armed-group\n"),
        ("## § 1", "## clause 1"),
        ("    expect: NOTE L601 on attacks\n```\n", "  expect: NOTE L601 on attacks\n```"),
        ("---\ndeal: valley", "---\ndeal:   valley"),
        ("", ""),
    ],
)
def test_the_editor_lays_out_as_the_formatter_does(deal: str, old: str, new: str, end: str) -> None:
    """One edit, from the first line that changes to the last, gives the formatter's bytes."""
    text = deal.replace(old, new).replace("\n", end)
    assert format_deal(text) == made(text)


def test_a_deal_in_form_needs_no_edit(deal: str) -> None:
    """What is in form already is not touched."""
    assert () == formatting(open_document(format_deal(deal), file="x"))


# --- notes


def test_columns_of_a_note_are_counted_in_the_editors_units(deal: str) -> None:
    """A note behind letters of Arabic and an emoji points at its word in every encoding."""
    line = '    aliases: "🏔 جبل", nort\n'
    text = deal.replace("    is: armed-force\n", line + "    is: armed-force\n")
    notes = [n for n in open_document(text, file="x").reading.notes if n.code == "D006"]
    row = line.rstrip("\n")
    for encoding, codec, width in (("utf-8", "utf-8", 1), ("utf-16", "utf-16-le", 2)):
        (found,) = diagnostics(notes, encoding=encoding)
        held = row.encode(codec)[found.start * width : found.end * width]
        assert "nort" == held.decode(codec)


def test_infos_are_for_experts_and_accepted_notes_for_nobody(deal: str) -> None:
    """The editor shows what `tregua lint` shows."""
    document = open_document(deal, file="x")
    notes = lint(document.reading)
    few, all_ = diagnostics(notes), diagnostics(notes, expert=True)
    assert {"info"} == {str(d.severity) for d in all_} - {str(d.severity) for d in few}
    code = few[0].code
    accepted = deal.replace("prose: restated", f'prose: restated\naccept: {code} "agreed so"')
    left = diagnostics(lint(open_document(accepted, file="x").reading))
    assert code not in {d.code for d in left}
