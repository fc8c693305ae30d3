"""How a deal's file looks, as a list of steps: lines written out, and names of things.

A step is a line of the file, or an object that names what stands there::

    {"header": true}                  {"paragraph": ["jic", "3d", 0]}
    {"instrument": "jic"}             {"block": "attacks"}
    {"clause": ["jic", "3d"]}

with ``lines`` beside the name where the thing is not laid out as it would be newly written.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from tregua.agreement.exchange.write_new import (
    Written,
    block_lines,
    clause_line,
    header_lines,
    instrument_line,
    level_of,
    paragraph_lines,
    written,
)
from tregua.agreement.read import read_deal_text
from tregua.agreement.reading.text import read_outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.agreement.block import DealText, Paragraph
    from tregua.agreement.reading.text import Outline
    from tregua.terms.notes import Spot

Name: TypeAlias = tuple[str, ...]  # ("block", "attacks"), ("paragraph", "jic", "3d", "0")
HEADER_NAME: Name = ("header",)
KINDS_OF_THING = {"header": 0, "instrument": 1, "clause": 2, "paragraph": 3, "block": 1}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that has a place in the file, and its lines as they would be newly written."""

    name: Name
    lines: tuple[Written, ...]
    spot: Spot  # of the thing itself


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a layout: a line as it stands (without a name), or a thing."""

    name: Name
    lines: tuple[str, ...] | None
    spot: Spot


def things_in(deal: DealText) -> list[Thing]:
    """Return everything in a deal that has a place in its file; blocks of one id in order."""
    out = [Thing(HEADER_NAME, tuple(header_lines(deal.header)), deal.header[0].spot)]
    out += [Thing(("instrument", i.id), (instrument_line(i),), i.spot) for i in deal.instruments]
    for clause in deal.clauses:
        line = clause_line(clause, level_of(deal, clause))
        out.append(Thing(("clause", clause.instrument, clause.label), (line,), clause.spot))
    numbers: Counter[tuple[str, str]] = Counter()
    for part in deal.paragraphs:
        number = numbers[part.instrument, part.clause]
        numbers[part.instrument, part.clause] += 1
        name = ("paragraph", part.instrument, part.clause, str(number))
        out.append(Thing(name, tuple(paragraph_lines(part)), part.spot))
    out += [Thing(("block", b.id), tuple(block_lines(b)), b.spot) for b in deal.blocks]
    return out


# --- from a file


def layout_of(text: str, deal: DealText) -> list[object]:
    """Return the steps of a formatted file; ``deal`` is what was read from it."""
    rows = text.split("\n")
    outline = read_outline(text, "")
    steps: list[object] = []
    at = 1
    for thing in sorted(things_in(deal), key=lambda t: t.spot.line):
        begin = outline.header[0].number if thing.name == HEADER_NAME else thing.spot.line
        end = begin + _length(thing, begin, rows, outline)
        steps += rows[at - 1 : begin - 1]
        steps.append(_step(thing, rows[begin - 1 : end - 1]))
        at = end
    return [*steps, *rows[at - 1 :]]


def _length(thing: Thing, begin: int, rows: list[str], outline: Outline) -> int:
    """Return the number of lines that a thing takes in its file."""
    match thing.name[0]:
        case "header":
            return len(outline.header)
        case "paragraph":
            return len(list(_quoted(begin, rows, {p.spot.line for p in outline.paragraphs})))
        case "block":
            fence = next(f.lines for f in outline.fences if f.lines[-1].number >= begin)
            inside = [line for line in fence if line.number >= begin]
            blank = (n for n, line in enumerate(inside) if not line.text.strip())
            return next(blank, len(inside))
    return 1


def _step(thing: Thing, rows: list[str]) -> object:
    kind, *names = thing.name
    named: object = True
    if kind == "paragraph":
        named = [*names[:2], int(names[2])]
    elif names:
        named = names[0] if len(names) == 1 else names
    step = {kind: named}
    return step if rows == [line.text for line in thing.lines] else {**step, "lines": rows}


def with_line_breaks(deal: DealText, text: str) -> DealText:
    """Return a deal whose paragraphs have a line feed wherever the file begins a new line."""
    rows = text.split("\n")
    starts = {p.spot.line for p in deal.paragraphs}
    return replace(deal, paragraphs=tuple(_broken(p, rows, starts) for p in deal.paragraphs))


def _broken(paragraph: Paragraph, rows: list[str], starts: set[int]) -> Paragraph:
    first, *rest = _quoted(paragraph.spot.line, rows, starts)
    first = first[first.index("]") + 1 :].strip()
    return replace(paragraph, text="\n".join([first, *rest]))


def _quoted(begin: int, rows: list[str], starts: set[int]) -> Iterator[str]:
    """Yield what stands behind the ``>`` on each line of a paragraph, as the reader takes it."""
    for number in range(begin, len(rows) + 1):
        row = rows[number - 1]
        if not row.startswith(">") or not row[1:].strip() or (number != begin and number in starts):
            return
        yield row[1:].lstrip(" ").rstrip()


# --- into a file


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A file by its layout: its lines, and what of the layout is wrong.

    Attributes:
        lines: the file's lines.
        unknown: steps that name nothing that is in the deal, or name it once too often.
        otherwise: steps whose own lines say something else than the thing; they were not used.
        left_out: things that no step names.
    """

    lines: list[Written] = field(default_factory=list)
    unknown: list[Step] = field(default_factory=list)
    otherwise: list[Step] = field(default_factory=list)
    left_out: list[Thing] = field(default_factory=list)


def lay_out(steps: Iterable[Step], deal: DealText) -> LaidOut:
    """Return the file of a deal by the steps of its layout."""
    open_things: dict[Name, list[Thing]] = {}
    for thing in things_in(deal):
        open_things.setdefault(thing.name, []).append(thing)
    out = LaidOut()
    for step in steps:
        if not step.name:
            out.lines.extend([Written(line, step.spot) for line in step.lines or ()])
        elif not open_things.get(step.name):
            out.unknown.append(step)
        else:
            _place(step, open_things[step.name].pop(0), out)
    out.left_out.extend(thing for left in open_things.values() for thing in left)
    return out


def _place(step: Step, thing: Thing, out: LaidOut) -> None:
    new = [line.text for line in thing.lines]
    if step.lines is None:
        out.lines.extend(thing.lines)
    elif _read_alone(thing, new) == _read_alone(thing, step.lines):
        out.lines.extend([Written(line, thing.spot) for line in step.lines])
    else:
        out.lines.extend(thing.lines)
        out.otherwise.append(step)


def _read_alone(thing: Thing, lines: Iterable[str]) -> object:
    """Return what the lines of one thing say when nothing else stands in the file."""
    text = "\n".join(lines)
    match thing.name[0]:
        case "header":
            deal = read_deal_text(f"---\n{text}\n---\n", file="").text
            return [(entry.key, written(entry.value)) for entry in deal.header]
        case "block":
            deal = read_deal_text(f"---\n---\n```deal\n{text}\n```\n", file="").text
            return [
                (b.kind, b.id, b.title, sorted((e.key, written(e.value)) for e in b.entries))
                for b in deal.blocks
            ]
    deal = read_deal_text(f"---\n---\n{text}\n", file="").text
    return (
        [(head.id, head.title) for head in deal.instruments],
        [(clause.label, clause.title) for clause in deal.clauses],
        [(part.mark, part.pointer, part.text) for part in deal.paragraphs],
    )
