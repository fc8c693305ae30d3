"""What stands in a deal as new lines in form: header, headings, paragraphs, blocks.

Beside every line stands the place that it was made from, so that what the reader says of the line
can be said of that place. Used where there are no lines to keep: a deal that comes as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.exchange.write_value import value_in_form
from tregua.agreement.reading.expressions import shown
from tregua.agreement.reading.parse import INDENT
from tregua.agreement.value import Item, Nothing, Text, Undefined

if TYPE_CHECKING:
    from tregua.agreement.block import (
        Block,
        ClauseHead,
        DealText,
        Entry,
        InstrumentHead,
        Paragraph,
    )
    from tregua.agreement.value import Value
    from tregua.terms.notes import Spot

DEEPEST = 6  # levels of headings in Markdown
LAST = ("version", "assumed by drafter")  # not among the keys of a block in JSON
CHECKS = "# Checks"  # a heading that opens no instrument: blocks outside all of them follow it


@dataclass(frozen=True, slots=True)
class Written:
    """A line of a deal file, and the place that it was made from."""

    text: str
    spot: Spot


def header_lines(entries: tuple[Entry, ...]) -> list[Written]:
    """Return the header's lines, without the two ``---``."""
    return [_entry(entry, 0) for entry in _usual(entries)]


def instrument_line(head: InstrumentHead) -> Written:
    """Return the heading that opens an instrument."""
    return Written(f"# {head.id} · {head.title}", head.spot)


def clause_line(head: ClauseHead, level: int) -> Written:
    """Return a clause's heading; ``level`` is the number of ``#``."""
    title = f" · {head.title}" if head.title else ""
    return Written(f"{'#' * level} § {head.label}{title}", head.spot)


def paragraph_lines(paragraph: Paragraph) -> list[Written]:
    """Return a quoted paragraph, with a line for each line of its text."""
    mark = f"{paragraph.mark} {paragraph.pointer}" if paragraph.pointer else paragraph.mark
    first, *rest = paragraph.text.split("\n")
    lines = [f"> [{mark}] {first}".rstrip(" "), *(f"> {line}" for line in rest)]
    return [Written(line, paragraph.spot) for line in lines]


def block_lines(block: Block) -> list[Written]:
    """Return a block's lines."""
    title = f" {shown(Item((Text(block.title),)))}" if block.title else ""
    head = Written(f"{block.kind} {block.id}{title}", block.spot)
    return [head, *(_entry(entry, INDENT) for entry in _usual(block.entries))]


def _usual(entries: tuple[Entry, ...]) -> list[Entry]:
    """Bring entries into their usual order: those of one key together, `LAST` at the end.

    A header's format stands behind its title.
    """
    first: dict[str, float] = {}
    for at, entry in enumerate(entries):
        first.setdefault(entry.key, at)
    if "format" in first:
        first["format"] = first.get("title", -1) + 0.5
    last = {key: len(entries) + at for at, key in enumerate(LAST)}
    return sorted(entries, key=lambda e: last.get(e.key, first[e.key]))


def _entry(entry: Entry, indent: int) -> Written:
    return Written(f"{' ' * indent}{entry.key}: {written(entry.value)}", entry.spot)


def written(value: Value) -> str:
    """Return a value as it stands right of the colon."""
    match value:
        case Undefined(""):
            return "undefined"
        case Undefined(phrase):
            return f"undefined {shown(Item((Text(phrase),)))}"
        case Nothing():
            return "none"
    return value_in_form((", ".join(shown(item) for item in value.items),))[0]


# --- a whole file without a layout of its own


def deal_lines(deal: DealText) -> list[Written]:
    """Return a deal that has a header in its usual order, instrument by instrument."""
    here = deal.header[0].spot
    out = _Sheet(here, [])
    out.lines += [out.rule(), *header_lines(deal.header), out.rule()]
    heads = {head.id: head for head in deal.instruments}
    for name in _instruments(deal):
        if head := heads.get(name):
            out.apart([instrument_line(head)])
        elif not name:
            out.apart([Written(CHECKS, here)])
        out.part(deal, name, "")
        for clause in (c for c in deal.clauses if c.instrument == name):
            out.apart([clause_line(clause, level_of(deal, clause))])
            out.part(deal, name, clause.label)
    return out.lines


def level_of(deal: DealText, clause: ClauseHead) -> int:
    """Return the usual level of a clause's heading: two, and one more for each clause around it."""
    parents = {c.label: c.parent for c in deal.clauses if c.instrument == clause.instrument}
    level, label = 2, clause.parent
    while label and level < DEEPEST:
        level, label = level + 1, parents.get(label, "")
    return level


def _instruments(deal: DealText) -> list[str]:
    """Return instruments in order: the nameless first one of a file, then those with a heading."""
    named = [head.id for head in deal.instruments]
    used = [
        *(clause.instrument for clause in deal.clauses),
        *(paragraph.instrument for paragraph in deal.paragraphs),
        *(block.instrument for block in deal.blocks),
    ]
    before = [name for name in dict.fromkeys(used) if name and name not in named]
    return [*before, *named, *([""] if "" in used else [])]


@dataclass(slots=True)
class _Sheet:
    """Lines of a file in the making."""

    here: Spot
    lines: list[Written]

    def rule(self) -> Written:
        return Written("---", self.here)

    def apart(self, lines: list[Written]) -> None:
        """Add lines with an empty one before them."""
        if lines:
            self.lines += [Written("", lines[0].spot), *lines]

    def part(self, deal: DealText, instrument: str, clause: str) -> None:
        """Add the paragraphs and the blocks of one clause."""
        for paragraph in deal.paragraphs:
            if (paragraph.instrument, paragraph.clause) == (instrument, clause):
                self.apart(paragraph_lines(paragraph))
        fence: list[Written] = []
        for block in deal.blocks:
            if (block.instrument, block.clause) == (instrument, clause):
                lines = block_lines(block)
                fence += [*([Written("", block.spot)] if fence else []), *lines]
        if fence:
            first, last = fence[0].spot, fence[-1].spot
            self.apart([Written("```deal", first), *fence, Written("```", last)])
