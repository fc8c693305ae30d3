"""The shape of a deal in JSON: plain values into a `DealText` whose places are JSON pointers.

1. Every member that the form needs must be there and of its type; each mistake is one note.
2. What is not of its type is left out, and the rest is still read.
3. Members that the form does not know are kept apart with their place, to be written back.
4. Names, types and closed words are not judged here: the deal is written out and read like any
   other (``from_json.py``).
"""

from __future__ import annotations

import re

from tregua.agreement.block import ClauseHead, Entry, InstrumentHead, Paragraph
from tregua.agreement.exchange.extra_fields import names_of, place_below
from tregua.agreement.exchange.json_blocks import note_whereabouts, read_block, read_entry
from tregua.agreement.exchange.json_desk import DIGEST, ID, ID_OR_NONE, MARKS, Desk, Read
from tregua.agreement.exchange.json_layout import KINDS_OF_THING, Step
from tregua.agreement.exchange.value_from_json import LABEL
from tregua.agreement.reading.header import HEADER, MAJOR
from tregua.agreement.reading.text import IMPLICIT
from tregua.agreement.value import Item, Items, Word

TOP = ("format", "header", "instruments", "blocks", "digest", "layout", "line_ends")
INSTRUMENT = ("id", "title", "paragraphs", "clauses")
CLAUSE = ("label", "title", "parent", "paragraphs")
PARAGRAPH = ("mark", "pointer", "text")


def read_form(plain: object, *, file: str) -> Read:
    """Read the JSON values of one file into a deal, as far as their shape allows."""
    held = plain if isinstance(plain, dict) else {}
    desk = Desk(Read(file, "layout" in held, held.get("line_ends") == "crlf"))
    if isinstance(plain, dict):
        _whole(desk, plain)
    else:
        desk.note("D006", "", "a deal is an object", '{"format": "tregua-deal/1", ...}')
    return desk.out


def _whole(desk: Desk, plain: dict[str, object]) -> None:
    desk.unknown(plain, "", "", TOP)
    if plain.get("format") != MAJOR:
        desk.note("D009", "/format", "the format is not known or not named", f'"{MAJOR}"')
    header = desk.members(plain, "", "header")
    for name, value in header.items():
        read_entry(desk, HEADER, name, value, "/header", desk.out.header)
    word = Items((Item((Word(MAJOR),)),))
    spot = desk.out.spot("/format")
    desk.out.header.append(Entry("format", word, MAJOR, spot, spot))
    instruments = desk.array(plain, "", "instruments")
    for at, (name, one) in enumerate(names_of(instruments)):
        _instrument(desk, one, f"/instruments/{at}", place_below("/instruments", name))
    blocks = desk.array(plain, "", "blocks")
    for at, (name, one) in enumerate(names_of(blocks)):
        read_block(desk, one, f"/blocks/{at}", place_below("/blocks", name))
    note_whereabouts(desk)
    _digests(desk, plain)
    if "layout" in plain:
        steps = desk.array(plain, "", "layout")
        made = [_step(desk, one, f"/layout/{at}") for at, one in enumerate(steps)]
        desk.out.layout.extend(step for step in made if step is not None)
    if plain.get("line_ends", "lf") not in ("lf", "crlf"):
        desk.note("D006", "/line_ends", "line ends are lf or crlf", '"lf"')


# --- instruments, clauses, paragraphs


def _instrument(desk: Desk, plain: object, place: str, named: str) -> None:
    if not isinstance(plain, dict):
        desk.note("D006", place, "an instrument is an object", '{"id": "...", "clauses": []}')
        return
    desk.unknown(plain, place, named, INSTRUMENT)
    pattern = ID_OR_NONE if "title" not in plain else ID
    name = desk.line(plain, place, "id", pattern)
    desk.sections.append(name)
    if "title" in plain:
        title = desk.line(plain, place, "title").strip()
        desk.out.instruments.append(InstrumentHead(name, title, desk.out.spot(place)))
    elif name not in ("", IMPLICIT):
        said = "an instrument has a title, because it has a heading"
        desk.note("D003", place, said, '"title": "..."')
    _paragraphs(desk, plain, place, named, (name, ""))
    clauses = desk.array(plain, place, "clauses")
    below = f"{named}/clauses"
    for at, (label, one) in enumerate(names_of(clauses)):
        _clause(desk, one, f"{place}/clauses/{at}", place_below(below, label), name)


def _clause(desk: Desk, plain: object, place: str, named: str, instrument: str) -> None:
    if not isinstance(plain, dict):
        desk.note("D006", place, "a clause is an object", '{"label": "3d", "title": "..."}')
        return
    desk.unknown(plain, place, named, CLAUSE)
    label = desk.line(plain, place, "label", LABEL)
    title = desk.line(plain, place, "title").strip()
    parent = desk.line(plain, place, "parent")
    head = ClauseHead(label, title, instrument, parent, desk.out.spot(place))
    desk.out.clauses.append(head)
    _paragraphs(desk, plain, place, named, (instrument, label))


def _paragraphs(
    desk: Desk, plain: dict[str, object], place: str, named: str, where: tuple[str, str]
) -> None:
    held = desk.array(plain, place, "paragraphs") if "paragraphs" in plain else []
    for at, one in enumerate(held):
        below = f"{place}/paragraphs/{at}"
        if not isinstance(one, dict):
            shape = '{"mark": "P", "pointer": "3(d)", "text": "..."}'
            desk.note("D006", below, "a paragraph is an object", shape)
            continue
        desk.unknown(one, below, f"{named}/paragraphs/{at}", PARAGRAPH)
        mark = desk.line(one, below, "mark", MARKS)
        pointer = desk.line(one, below, "pointer")
        text = desk.text(one, below, "text")
        if re.search("[\r\ud800-\udfff]", text):
            desk.note("D016", f"{below}/text", "an invisible character stands here", "\\n")
            text = ""
        spot = desk.out.spot(below)
        desk.out.paragraphs.append(Paragraph(mark, pointer, text, where[1], where[0], spot))


# --- digests, layout


def _digests(desk: Desk, plain: dict[str, object]) -> None:
    held = desk.members(plain, "", "digest") if "digest" in plain else {}
    for name in ("model", "text"):
        if value := desk.line(held, "/digest", name, DIGEST):
            desk.out.digests[name] = value


def _step(desk: Desk, plain: object, place: str) -> Step | None:
    spot = desk.out.spot(place)
    if isinstance(plain, str) and _is_line(plain):
        return Step((), (plain,), spot)
    if isinstance(plain, dict):
        name = _named(plain)
        lines = plain.get("lines")
        if name and lines is None:
            return Step(name, None, spot)
        if name and isinstance(lines, list) and all(_is_line(line) for line in lines):
            return Step(name, tuple(lines), spot)
    said = "a step of the layout is a line, or an object that names what stands there"
    desk.note("D006", place, said, '{"block": "attacks"}')
    return None


def _is_line(plain: object) -> bool:
    return isinstance(plain, str) and not re.search("[\n\ud800-\udfff]", plain)


def _named(plain: dict[str, object]) -> tuple[str, ...]:
    """Return the name in a step, empty when it has none or a wrong one."""
    kinds = [name for name in plain if name != "lines"]
    if len(kinds) != 1 or kinds[0] not in KINDS_OF_THING:
        return ()
    kind, value = kinds[0], plain[kinds[0]]
    if kind == "header":
        return ("header",) if value is True else ()
    parts = value if isinstance(value, list) else [value]
    if len(parts) != KINDS_OF_THING[kind]:
        return ()
    *names, last = parts
    numbered = kind == "paragraph"
    if not all(isinstance(n, str) for n in names) or isinstance(last, str) is numbered:
        return ()
    return (kind, *names, str(last))
