"""The deal as a page and as a document: well formed, isolated, the same bytes twice."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml.ns import qn
from typer.testing import CliRunner

from tregua.agreement.read import read_deal_text
from tregua.agreement.readback.read_back import read_back
from tregua.agreement.readback.to_deal_docx import to_deal_docx
from tregua.agreement.readback.to_deal_html import to_deal_html
from tregua.agreement.readback.words_of import LANGUAGES
from tregua.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document as Docx
    from docx.oxml.xmlchemy import BaseOxmlElement

    from tregua.agreement.block import DealText

VOID = {"meta", "path"}
ALL = (*LANGUAGES, "all")
HOSTILE = """\
---
deal: x
title: "<script>alert(1)</script>"
format: tregua-deal/1
prose: restated
---

# text · A <img src=x>

## § 1 · One \u202etwo\u202c

> [P 1] Quiet </p><script>alert(1)</script> \u202eevil\u202c \uffff

```deal
party a "A <b onclick=x> & 'q'"
    is: state
    note: "</style><script>alert(1)</script>"
```
"""


def page_of(deal: DealText, language: str) -> str:
    languages = LANGUAGES if language == "all" else (language,)
    return to_deal_html(tuple(read_back(deal, name) for name in languages))


class Walker(HTMLParser):
    """Follows the open elements of a page and gathers text by whether it is isolated."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []
        self.bare: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.add(tag)
        self.ids += [held["id"] or ""] if "id" in held else []
        self.links += [held["href"] or ""] if "href" in held else []
        if tag not in VOID:
            self.open.append((tag, held))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID, attrs
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(tag)
        else:
            self.open.pop()

    def handle_data(self, text: str) -> None:
        apart = any(
            tag in ("bdi", "style", "title") or (held.get("dir") or "rtl") != "rtl"
            for tag, held in self.open
        )
        if not apart and text.strip():
            self.bare.append(text)


def walked(page: str) -> Walker:
    walker = Walker()
    walker.feed(page)
    walker.close()
    return walker


@pytest.mark.parametrize("language", ALL)
def test_the_page_is_balanced_and_its_links_lead_somewhere(
    language: str, september: DealText
) -> None:
    """Every element is closed in order, no id stands twice, every link has its place."""
    walker = walked(page_of(september, language))
    assert ([], []) == (walker.wrong, walker.open)
    assert len(set(walker.ids)) == len(walker.ids)
    assert [] == [to for to in walker.links if to.removeprefix("#") not in walker.ids]


@pytest.mark.parametrize("language", ALL)
def test_the_page_needs_nothing_from_outside_and_runs_nothing(
    language: str, september: DealText
) -> None:
    """No script, no address, no image of another place: the file can be carried on a stick."""
    page = page_of(september, language)
    assert not walked(page).tags & {"script", "link", "img", "iframe", "object"}
    assert [] == re.findall(r"https?://|url\(|@import", page)


def test_nothing_latin_stays_bare_in_the_arabic_page(september: DealText) -> None:
    """No digit and no Latin letter of the Arabic page stands outside an isolated element."""
    bare = walked(page_of(september, "ar")).bare
    assert len(bare) > 300
    assert [] == [text for text in bare if re.search("[A-Za-z0-9]", text)]


def test_the_measure_of_isolation_would_notice() -> None:
    """A bare time in an Arabic page is seen; one in an isolate is not."""
    page = '<p dir="rtl">موعد 19:00 <bdi dir="ltr">19:00</bdi></p>'
    assert ["موعد 19:00 "] == walked(page).bare


@pytest.mark.parametrize(
    ("language", "way"), [("en", "ltr"), ("ru", "ltr"), ("ar", "rtl"), ("all", "ltr")]
)
def test_the_page_says_its_language_and_direction(
    language: str, way: str, september: DealText
) -> None:
    """The root carries both; the page of all languages begins in English."""
    lang = "en" if language == "all" else language
    assert f'<html lang="{lang}" dir="{way}">' in page_of(september, language)


def test_the_page_of_all_languages_has_three_columns_for_every_block(september: DealText) -> None:
    """Each block is there three times, once in each language and direction."""
    ids = walked(page_of(september, "all")).ids
    for block in september.blocks:
        assert {f"{name}-{block.id}" for name in LANGUAGES} <= set(ids)


def test_the_clause_stands_beside_its_rows(september: DealText) -> None:
    """The text of a clause and the block that encodes it are in one pair."""
    pairs = page_of(september, "en").split('<div class="pair">')
    pair = next(p for p in pairs if 'id="en-attacks"' in p)
    assert "That means an end to" in pair


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_deal_stays_text(language: str) -> None:
    """Mark-up and hidden signs in names and notes are shown, never obeyed."""
    deal = read_deal_text(HOSTILE, file="x.deal.md").text
    page = page_of(deal, language)
    walker = walked(page)
    assert ([], []) == (walker.wrong, walker.open)
    assert not walker.tags & {"script", "img"}
    assert "\u202e" not in page
    document = opened(to_deal_docx((read_back(deal, language),)))
    assert "[U+202E]" in "".join(e.text or "" for e in document.element.iter(qn("w:t")))


@pytest.mark.parametrize("language", ALL)
def test_the_same_deal_gives_the_same_page(language: str, september: DealText) -> None:
    """Two pages of one deal are equal."""
    assert page_of(september, language) == page_of(september, language)


# --- DOCX


def opened(content: bytes) -> Docx:
    return Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def documents(september: DealText) -> dict[str, bytes]:
    return {name: to_deal_docx((read_back(september, name),)) for name in LANGUAGES}


def elements(document: Docx, tag: str) -> Iterator[BaseOxmlElement]:
    yield from document.element.iter(qn(tag))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_opens_and_holds_every_row(
    language: str, documents: dict[str, bytes], september: DealText
) -> None:
    """What was written is read again: every label and every value of every block."""
    document = opened(documents[language])
    marks = str.maketrans({"\u2011": "-", "\u200e": "", "\u200f": ""})
    texts = {
        p.text.translate(marks)
        for t in document.tables
        for row in t.rows
        for cell in row.cells
        for p in cell.paragraphs
    }
    for section in read_back(september, language).sections:
        for row in (r for g in section.segments for b in g.blocks for r in b.rows):
            assert row.label in texts
            assert {"".join(run.text for run in v) for v in row.values} <= texts


def test_the_arabic_document_runs_from_right_to_left(documents: dict[str, bytes]) -> None:
    """Page, tables, paragraphs and runs say so; Latin data are runs that do not."""
    document = opened(documents["ar"])
    assert list(elements(document, "w:sectPr"))[-1].find(qn("w:bidi")) is not None
    assert len(document.tables) == len(list(elements(document, "w:bidiVisual")))
    lines = [
        p for p in elements(document, "w:p") if p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    ]
    runs = [run for line in lines for run in line.iter(qn("w:r"))]
    assert len(runs) > 1000
    for run in runs:
        text = "".join(t.text or "" for t in run.iter(qn("w:t")))
        assert bool(re.search("[A-Za-zА-Яа-я0-9=]", text)) is not is_turned(run), text
    turned_runs = [run for run in runs if is_turned(run)]
    languages = {r.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:bidi")) for r in turned_runs}
    assert {"ar-SY"} == languages


def is_turned(run: BaseOxmlElement) -> bool:
    return run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None


def test_the_document_names_a_font_for_both_scripts(documents: dict[str, bytes]) -> None:
    """Styles name a font for complex scripts beside the Latin one."""
    fonts = opened(documents["ar"]).styles["Normal"].element.rPr.rFonts
    assert ("Noto Sans", "Noto Sans Arabic") == (fonts.get(qn("w:ascii")), fonts.get(qn("w:cs")))


def test_a_left_to_right_document_has_no_table_turned(documents: dict[str, bytes]) -> None:
    """English and Russian documents run from left to right, apart from Arabic names."""
    for language in ("en", "ru"):
        assert [] == list(elements(opened(documents[language]), "w:bidiVisual"))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_deal_gives_the_same_document(
    language: str, documents: dict[str, bytes], september: DealText
) -> None:
    """Two documents of one deal are equal byte for byte, and no date of today is in them."""
    assert documents[language] == to_deal_docx((read_back(september, language),))
    with zipfile.ZipFile(io.BytesIO(documents[language])) as archive:
        assert sorted(archive.namelist()) == archive.namelist()
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in archive.infolist()}
    core = opened(documents[language]).core_properties
    assert ("tregua", 1980) == (core.author, (core.created or core.modified).year)


# --- commands


def run(*call: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, call, prog_name="tregua")
    return done.exit_code, done.output


@pytest.fixture
def deal_file(tmp_path: Path) -> Path:
    path = tmp_path / "x.deal.md"
    path.write_text(
        '---\ndeal: x\ntitle: "X"\nformat: tregua-deal/1\nprose: restated\n---\n\n'
        '## § 1 · One\n\n> [V 1] Quiet.\n\n```deal\nparty a "A"\n    is: state\n```\n',
        "utf-8",
    )
    return path


@pytest.mark.parametrize("name", ["deal.html", "deal.docx"])
@pytest.mark.parametrize("language", ALL)
def test_a_deal_is_printed(name: str, language: str, deal_file: Path, tmp_path: Path) -> None:
    """Each form in each language is written and its size told."""
    out = tmp_path / name
    code, printed = run("print-deal", str(deal_file), "-o", str(out), "--language", language)
    assert (0, True) == (code, f"{out.stat().st_size:,} bytes" in printed)


def test_a_clause_is_read_in_the_terminal(deal_file: Path) -> None:
    """`tregua read` shows the paragraph and the rows of its block."""
    code, printed = run("read", str(deal_file), "--clause", "§1")
    assert code == 0
    assert "[V 1] Quiet." in printed
    assert "Party: A [a]" in printed


@pytest.mark.parametrize(
    "call",
    [
        ("read", "--language", "fr"),
        ("read", "--clause", "9"),
        ("print-deal", "--language", "fr"),
        ("print-deal", "-o", "deal.pdf"),
    ],
)
def test_a_wrong_option_is_refused(call: tuple[str, ...], deal_file: Path) -> None:
    """An unknown language, clause or form is wrong use, not an empty answer."""
    done = CliRunner().invoke(app, [call[0], str(deal_file), *call[1:]])
    assert type(done.exception).__name__ == "WrongUse"
