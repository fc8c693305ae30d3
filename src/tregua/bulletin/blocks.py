"""What a bulletin is made of: blocks of runs. Every number carries the records behind it.

Text is a list of typed runs, so that no writer has to guess what is a number, a state or an id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Num:
    """A number: its value as printed, what it counts, and the records it rests on.

    Attributes:
        value: as printed.
        rule: how it was counted, one sentence.
        records: ids of records, sorted; empty only for a count of nothing.
        searched: for a zero: what was looked through.
    """

    value: str
    rule: str
    records: tuple[str, ...] = ()
    searched: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A state word, shown with its mark: kept, violated, undetermined, not due, due, claimed."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Ident:
    """An id of a clause, norm, incident, assessment or record; ``target`` is its anchor, if any."""

    text: str
    target: str = ""


Run: TypeAlias = Text | Num | State | Ident
Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; ``strong`` for the sentences that a reader in a hurry must see."""

    line: Line
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: head cells and rows of lines. ``anchors`` names each row, or is empty."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    caption: str = ""
    anchors: tuple[str, ...] = ()
    total: bool = False  # the last row is a total


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: SVG for the page, and the words for everybody else."""

    svg: str
    words: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """The days of a clock, for the terminal; the page draws the `Figure` beside it."""

    days: tuple[tuple[str, str, str], ...]  # day, good/bad/open, hands


Block: TypeAlias = Heading | Para | Points | Table | Figure | Strip


@dataclass(frozen=True, slots=True)
class Section:
    """One section; ``name`` is that of its file."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A composed bulletin.

    Attributes:
        title: of the deal.
        head: labels and values: at, known at, deal digest, ledger size and root.
        sections: in the order of the list.
    """

    title: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def words(text: str) -> Line:
    """Return a line of plain words."""
    return (Text(text),)


def numbers_in(bulletin: Bulletin) -> tuple[Num, ...]:
    """Return every number of the bulletin in reading order."""
    return tuple(
        run
        for section in bulletin.sections
        for block in section.blocks
        for line in lines_of(block)
        for run in line
        if isinstance(run, Num)
    )


def lines_of(block: Block) -> tuple[Line, ...]:
    """Return every line of text in a block, in reading order."""
    if isinstance(block, Para):
        return (block.line,)
    if isinstance(block, Points):
        return block.lines
    if isinstance(block, Table):
        return tuple(cell for row in block.rows for cell in row)
    return ()


PROSE = 60  # characters: a last column longer than this is written under its row


def has_prose(table: Table) -> bool:
    """Say whether the last column holds sentences rather than words."""
    return max((length(row[-1]) for row in table.rows), default=0) > PROSE


def length(line: Line) -> int:
    """Return how many characters a line has."""
    return sum(len(run.value if isinstance(run, Num) else run.text) for run in line)
