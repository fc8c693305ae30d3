"""A deal as a DOCX file: the text of each clause beside its read-back, to be marked up at a table.

What python-docx does not know of writing from right to left is set by hand (ECMA-376 part 1):
``w:bidi`` on a paragraph (17.3.1.6) and on the page (17.6.1), ``w:rtl`` and ``w:lang w:bidi`` on a
run (17.3.2.30, 17.3.2.20), a ``w:cs`` font (17.3.2.26), ``w:bidiVisual`` on a table (17.4.1). Ids,
numbers, times and foreign names are runs of their own without ``w:rtl``, between direction marks
(U+200E, U+200F): not every program heeds the run alone. Same deal, same bytes: the archive is
packed again with sorted names and fixed dates, and the core properties are set.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from tregua.agreement.readback.read_back import State
from tregua.agreement.readback.runs import Run, data, is_rtl, isolate, own, words
from tregua.agreement.readback.to_deal_text import heading, name_line, shown_values
from tregua.agreement.readback.words_of import words_of
from tregua.terms.visible import one_line, visible

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph as DocxParagraph

    from tregua.agreement.block import Paragraph
    from tregua.agreement.readback.read_back import Point, ReadBack, Row, Section, Segment
    from tregua.agreement.readback.runs import Line, Piece
    from tregua.agreement.readback.words_of import Words

EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - the earliest date of a zip entry, in no zone
FONT, ARABIC_FONT = "Noto Sans", "Noto Sans Arabic"
INK, MUTED, OPEN, ASSUMED = "1B2126", "555E66", "4F5AA0", "8A5A00"
HAIR = "D5D9D6"
LOCALES = {"en": "en-GB", "ru": "ru-RU", "ar": "ar-SY"}
_WIDTHS = (8.3, 4.6, 11.6, 1.6)  # cm: text of the clause, label, value, mark
_HEAD_WIDTHS = (6, 18.5, 1.6)
_LIST_WIDTHS = (2.6, 8.5, 6.0, 9.0)
_STYLES = (("Deal text", 9.5, INK), ("Deal value", 9, INK), ("Deal label", 9, MUTED),
           ("Deal block", 9.5, INK), ("Deal small", 8, MUTED))  # fmt: skip
_MARKS = {False: "\u200e", True: "\u200f"}  # left to right, right to left
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_BROKEN = str.maketrans({"-": "\u2011"})  # an id is not broken at its hyphens


def to_deal_docx(reads: tuple[ReadBack, ...]) -> bytes:
    """Return the file; several languages stand one after another, each beside the clauses."""
    document = Document()
    _set_up(document, reads[0])
    for number, read in enumerate(reads):
        if number:
            document.add_page_break()  # type: ignore[no-untyped-call]
        _Part(document, read).write()
    out = io.BytesIO()
    document.save(out)
    return _same_bytes(out.getvalue())


def _same_bytes(content: bytes) -> bytes:
    """Pack the archive again: names sorted, dates fixed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as written,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed,
    ):
        for name in sorted(written.namelist()):
            entry = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, written.read(name))
    return out.getvalue()


# --- the document as a whole


def _set_up(document: Docx, read: ReadBack) -> None:
    core = document.core_properties
    core.author, core.last_modified_by, core.comments = "tregua", "tregua", ""
    core.title, core.language = _for_xml(visible(one_line(read.title))), LOCALES[read.language]
    core.created = core.modified = EPOCH
    core.revision = 1
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.6)
    if words_of(read.language).rtl:
        page._sectPr.append(OxmlElement("w:bidi"))  # noqa: SLF001 - python-docx has no name for it
    for name, size in (("Normal", 9.5), ("Title", 20), ("Heading 1", 14), ("Heading 2", 12)):
        _style(document.styles[name], size, INK)
    for border in document.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    for name, size, color in _STYLES:
        _style(document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), size, color)


def _style(style: ParagraphStyle, size: float, color: str) -> None:
    """Set font, size and colour of a style, for Latin and for Arabic letters."""
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor.from_string(color)
    style.paragraph_format.space_after = Pt(2)
    # One height for both scripts, so that a label stands level with its value.
    style.paragraph_format.line_spacing = Pt(size * 1.5)
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)  # a theme's font would win
    fonts.set(qn("w:cs"), ARABIC_FONT)
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.insert_element_before(
        _element("w:szCs", str(round(size * 2))), "w:highlight", "w:u", "w:effect", "w:bdr",
        "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang",
    )  # fmt: skip


def _element(tag: str, value: str = "") -> BaseOxmlElement:
    element = OxmlElement(tag)
    if value:
        element.set(qn("w:val"), value)
    return element


# --- one language


class _Part:
    """The deal in one language."""

    def __init__(self, document: Docx, read: ReadBack) -> None:
        self.document = document
        self.read = read
        self.words: Words = words_of(read.language)

    def write(self) -> None:
        self._opening()
        instrument = ""
        for section in self.read.sections:
            if section.instrument_title and section.instrument != instrument:
                self._line(self._new("Heading 1"), (own(section.instrument_title),))
            instrument = section.instrument
            self._section(section)
        self._list("open", self.read.open, "wording")
        self._list("assumed", self.read.assumed, "reason")
        self._say("Deal small", (words(self.words.page("made by")),))
        for name, digest in zip(("deal digest", "text digest"), self.read.digests, strict=True):
            line = (words(f"{self.words.page(name)}: "), data(f"SHA-256 {digest}"))
            self._say("Deal small", line)

    def _opening(self) -> None:
        page = self.words.page
        self._say("Deal small", (words(page("deal title")),))
        self._line(self._new("Title"), (own(visible(one_line(self.read.title))),))
        self._say("Deal text", (words(page("what")),), bold=True)
        if self.words.language != "en":
            self._say("Deal small", (words(page("checked")),))
        for mark in "VPMX":
            self._say("Deal small", (data(mark), words(f": {self.words.of('mark', mark)}")))
        if self.read.head:
            self._line(self._new("Heading 2"), (words(page("about")),))
            table = self._table(_HEAD_WIDTHS)
            for row in self.read.head:
                self._row(_new_row(table), row, at=0)

    def _section(self, section: Section) -> None:
        self._line(self._new("Heading 2"), heading(section, self.words))
        for segment in section.segments:
            self._segment(segment)
            self._new("Deal small")  # two tables in a row would grow together

    def _segment(self, segment: Segment) -> None:
        table = self._table(_WIDTHS)
        for block in segment.blocks:
            row = _new_row(table)
            cell = row.cells[1].merge(row.cells[3])
            kind = (words(f"{block.kind_label}: "), *name_line(block))
            place = _first(cell, "Deal block")
            place.paragraph_format.keep_with_next = True
            self._line(place, kind, bold=True)
            _shade(cell)
            for held in block.rows:
                self._row(_new_row(table), held, at=1)
        rows = table.rows
        if not len(rows):
            _new_row(table)
        text = rows[0].cells[0]
        if len(rows) > 1:
            text = text.merge(rows[len(rows) - 1].cells[0])
        self._prose(text, segment.paragraphs)

    def _prose(self, cell: _Cell, paragraphs: tuple[Paragraph, ...]) -> None:
        if not paragraphs:
            self._line(_first(cell, "Deal small"), (words(self.words.page("no text")),))
        for number, paragraph in enumerate(paragraphs):
            place = (
                _first(cell, "Deal text") if not number else cell.add_paragraph(style="Deal text")
            )
            mark = f"[{paragraph.mark} {paragraph.pointer}]".replace(" ]", "]")
            text = own(paragraph.text)
            self._line(place, (data(mark), words(" "), text), rtl=is_rtl(text.text))

    def _row(self, row: _Row, held: Row, *, at: int) -> None:
        _keep_together(row)
        cells = row.cells
        self._line(_first(cells[at], "Deal label"), (words(held.label),))
        color = OPEN if held.state is State.OPEN else ""
        given = len(held.values)
        for number, value in enumerate(shown_values(held, self.words)):
            place = (
                _first(cells[at + 1], "Deal value")
                if not number
                else cells[at + 1].add_paragraph(style="Deal value")
            )
            tint = ASSUMED if number >= given else color
            self._line(place, value, color=tint, bold=tint == OPEN)
        self._line(_first(cells[at + 2], "Deal label"), (data(" ".join(held.marks)),))

    def _list(self, name: str, points: tuple[Point, ...], wording: str) -> None:
        self._line(self._new("Heading 1"), (words(self.words.page(f"{name} list")),))
        if not points:
            self._say("Deal text", (words(self.words.page("nothing")),))
            return
        table = self._table(_LIST_WIDTHS)
        self._cells(_new_row(table), [(words(self.words.page(n)),)
                    for n in ("clause", "block", "row", wording)], bold=True)  # fmt: skip
        for point in points:
            cells: list[Line] = [(data(point.clause),), (point.block,), (words(point.label),)]
            self._cells(_new_row(table), [*cells, (own(point.text),)])

    def _cells(self, row: _Row, lines: list[Line], *, bold: bool = False) -> None:
        _keep_together(row)
        for cell, line in zip(row.cells, lines, strict=True):
            self._line(_first(cell, "Deal value"), line, bold=bold)
            if bold:
                _shade(cell)

    # --- paragraphs and runs

    def _new(self, style: str) -> DocxParagraph:
        return self.document.add_paragraph(style=style)

    def _say(self, style: str, line: Line, *, bold: bool = False) -> None:
        self._line(self._new(style), line, bold=bold)

    def _line(
        self,
        place: DocxParagraph,
        line: Line,
        *,
        bold: bool = False,
        color: str = "",
        rtl: bool | None = None,
    ) -> None:
        """Fill a paragraph; ``rtl`` is its direction where it is not that of the page."""
        rtl = self.words.rtl if rtl is None else rtl
        if rtl:
            _to_the_left(place)
        for run in line:
            for piece in isolate(_whole_id(run), rtl=rtl) if run.text else ():
                self._run(place, piece, rtl=rtl, bold=bold, color=color)

    def _run(
        self, place: DocxParagraph, piece: Piece, *, rtl: bool, bold: bool, color: str
    ) -> None:
        turned = is_rtl(piece.text) if piece.direction else rtl
        apart = piece.direction or (rtl and not any(c.isalpha() for c in piece.text))
        mark = _MARKS[turned] if apart and piece.text else ""
        run = place.add_run(_for_xml(f"{mark}{piece.text}{mark}"))
        if bold:
            run.font.bold = run.font.cs_bold = True
        if color:
            run.font.color.rgb = RGBColor.from_string(color)
        if turned:
            run.font.rtl = True
            language = _element("w:lang")
            language.set(qn("w:bidi"), LOCALES["ar"])
            run._element.get_or_add_rPr().append(language)  # noqa: SLF001

    def _table(self, widths: tuple[float, ...]) -> Table:
        table: Table = self.document.add_table(rows=0, cols=len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        if self.words.rtl:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        _rule(table)
        return table


def _for_xml(text: str) -> str:
    """Return the text with what XML cannot hold (its section 2.2, `Char`) as numbers."""
    return _NO_XML.sub(lambda m: f"[U+{ord(m[0]):04X}]", text)


def _whole_id(run: Run) -> Run:
    """Return an id in square brackets with hyphens at which no line is broken."""
    is_id = run.form == "data" and run.text.startswith("[")
    return Run(run.text.translate(_NOT_BROKEN), run.form, run.target) if is_id else run


def _new_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _first(cell: _Cell, style: str) -> DocxParagraph:
    paragraph: DocxParagraph = cell.paragraphs[0]
    paragraph.style = style
    return paragraph


def _to_the_left(paragraph: DocxParagraph) -> None:
    """Let a paragraph run from right to left."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(
        OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
        "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:rPr", "w:sectPr",
    )  # fmt: skip


def _keep_together(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def _shade(cell: _Cell) -> None:
    shade = _element("w:shd", "clear")
    shade.set(qn("w:fill"), "F3F4F2")
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _rule(table: Table) -> None:
    """Draw hairlines between rows and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        border = _element(f"w:{side}", "single")
        for name, value in (("sz", "4"), ("space", "0"), ("color", HAIR)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    table._tbl.tblPr.insert_element_before(  # noqa: SLF001
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )
