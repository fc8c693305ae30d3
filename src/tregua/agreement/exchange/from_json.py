"""A deal from its JSON exchange form: strict, every mistake a note with its JSON pointer.

1. The bytes must be JSON: no member twice, no number that is none.
2. Its shape is read (``json_reader.py``).
3. The deal is written as a deal file, by its layout if it has one.
4. That file is read like any other; what the reader says of a line is said of the member from which
   the line was made.
5. What was read must be what the JSON says, thing by thing: a text that would be read otherwise,
   or a layout that says something else, is a note and never a silent change.
6. Digests that the file tells must be those of the deal.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.agreement.codes import error
from tregua.agreement.exchange.extra_fields import append
from tregua.agreement.exchange.json_layout import lay_out
from tregua.agreement.exchange.json_reader import read_form
from tregua.agreement.exchange.to_json import block_of, header_of
from tregua.agreement.exchange.write_new import Written, deal_lines
from tregua.agreement.read import read_deal_text
from tregua.agreement.reading.digest import canonical
from tregua.terms.notes import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tregua.agreement.block import DealText
    from tregua.agreement.exchange.json_desk import Read
    from tregua.agreement.exchange.json_layout import LaidOut
    from tregua.agreement.read import Reading
    from tregua.terms.notes import Note


@dataclass(frozen=True, slots=True)
class FromJson:
    """What came of a deal in JSON: the text of its deal file, empty when there are notes."""

    text: str
    notes: tuple[Note, ...]


def from_json(content: str, *, file: str, beside: Path | None = None) -> FromJson:
    """Read a deal in the exchange form and write its deal file.

    ``file`` is the name shown in notes; ``beside`` the folder in which geometry files are looked
    for.
    """
    notes: list[Note] = []
    plain = _loaded(content, file, notes)
    if notes:
        return FromJson("", tuple(notes))
    form = read_form(plain, file=file)
    if not form.header:
        return FromJson("", tuple(form.notes))
    is_whole, lines = _lines(form)
    text = "\n".join(line.text for line in lines)
    reading = read_deal_text(text, file=file, beside=beside)
    notes = [*form.notes, *_moved(reading, lines, form, is_whole=is_whole)]
    if not notes:
        notes = [*_differences(form, reading), *_wrong_digests(form, reading)]
    if notes:
        return FromJson("", tuple(notes))
    text = append(text, form.extra)
    return FromJson(text.replace("\n", "\r\n") if form.is_crlf else text, ())


# --- 1: JSON


def _loaded(content: str, file: str, notes: list[Note]) -> object:
    twice: list[str] = []

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        counted = Counter(name for name, _ in pairs)
        twice.extend(name for name, count in counted.items() if count > 1)
        return dict(pairs)

    try:
        plain: object = json.loads(
            content.removeprefix("\ufeff"),
            object_pairs_hook=members,
            parse_int=Decimal,
            parse_float=Decimal,
            parse_constant=_refuse,
        )
    except json.JSONDecodeError as stop:
        row = content.split("\n")[stop.lineno - 1]
        spot = Spot(file, stop.lineno, stop.colno, 1, row if len(row) < _LONG else "")
        help_ = "write strict JSON: no comments, no comma before a closing bracket"
        notes.append(error("D005", f"this is not JSON: {stop.msg.lower()}", spot, help=help_))
        return None
    except (ValueError, ArithmeticError):
        said = "NaN and Infinity, and numbers without an end, are not JSON"
        notes.append(error("D005", said, Spot(file), help="write a number"))
        return None
    except RecursionError:
        said = "values are nested too deeply"
        notes.append(error("D005", said, Spot(file), help="no deal needs more than ten levels"))
        return None
    for name in dict.fromkeys(twice):
        said = f"the member {name} stands twice in one object"
        notes.append(error("D013", said, Spot(file), help="keep one of the two"))
    return plain


_LONG = 200  # characters of a line that are still worth showing


def _refuse(constant: str) -> object:
    raise ValueError(constant)


# --- 3: lines


def _lines(form: Read) -> tuple[bool, list[Written]]:
    """Return the lines of the file, and whether everything that the JSON says is among them."""
    is_whole = not form.notes
    deal = form.deal()
    if not form.has_layout:
        last = form.spot("")
        return is_whole, [*deal_lines(deal), Written("", last)]
    laid_out = lay_out(form.layout, deal)
    if is_whole:  # else what the layout misses may be what was left out
        form.notes.extend(_layout_notes(laid_out))
    return is_whole and not laid_out.left_out, laid_out.lines


def _layout_notes(laid_out: LaidOut) -> Iterator[Note]:
    for step in laid_out.otherwise:
        said = "the lines kept here say something else than the deal"
        help_ = 'take "lines" out of this step; comments in them are then lost'
        yield error("D006", said, step.spot, help=help_)
    for step in laid_out.unknown:
        said = "this step names nothing that is in the deal, or names it a second time"
        yield error("D007", said, step.spot, help="take the step out")
    for thing in laid_out.left_out:
        said = f"the layout leaves out this {thing.name[0]}"
        help_ = 'name it in a step of "layout", or leave "layout" out to have the file laid out'
        yield error("D003", said, thing.spot, help=help_)


# --- 4: notes of the reader


def _moved(reading: Reading, lines: list[Written], form: Read, *, is_whole: bool) -> Iterator[Note]:
    """Yield the reader's notes in the places from which their lines were made.

    Where something was left out, and has its note, others that may follow from that are no news.
    """
    for note in reading.notes:
        if is_whole or note.code not in ("D003", "D007", "D008", "D009", "D011"):
            at = note.spot.line
            # What the header lacks is noted at its first line, which is made from no member.
            yield replace(note, spot=form.spot("/header") if at == 1 else lines[at - 1].spot)


# --- 5: the same deal


def _differences(form: Read, reading: Reading) -> Iterator[Note]:
    """Yield a note for everything that the written file would say otherwise than the JSON."""
    meant, read = form.deal(), reading.text
    said = "this cannot stand in a deal file as it is written here, or its layout says otherwise"
    help_ = 'leave "layout" out; write names as names and texts as texts'
    was = Counter(_parts(read))
    for (key, spot), count in Counter(_placed_parts(meant)).items():
        if was[key] < count:
            yield error("D006", said, spot, help=help_)
            continue
        was[key] -= count
    if left := sum(was.values()):
        said = f"the layout holds {left} more than the deal: a heading, a paragraph or a block"
        yield error("D006", said, form.spot("/layout"), help='leave "layout" out')


def _parts(deal: DealText) -> Iterator[str]:
    return (key for key, _ in _placed_parts(deal))


def _placed_parts(deal: DealText) -> Iterator[tuple[str, Spot]]:
    """Yield everything that a deal says as canonical JSON, with its place."""
    for entry in deal.header:
        yield canonical(["header", header_of([entry])]), entry.spot
    for block in deal.blocks:
        yield canonical(["block", block_of(block)]), block.spot
    for part in deal.paragraphs:
        text = part.text.replace("\n", " ")
        key = ["paragraph", part.instrument, part.clause, part.mark, part.pointer, text]
        yield canonical(key), part.spot
    for clause in deal.clauses:
        key = ["clause", clause.instrument, clause.parent, clause.label, clause.title]
        yield canonical(key), clause.spot
    for head in deal.instruments:
        yield canonical(["instrument", head.id, head.title]), head.spot


# --- 6: digests


def _wrong_digests(form: Read, reading: Reading) -> Iterator[Note]:
    is_now = {"model": reading.agreement.model_digest, "text": reading.text.text_digest}
    for name, told in form.digests.items():
        if told != is_now[name]:
            said = f"the {name} digest is not that of this deal, which is {is_now[name]}"
            note = error(
                "D006",
                said,
                form.spot(f"/digest/{name}"),
                help="leave the digest out if you meant it",
            )
            yield replace(note, why=f"somebody changed the {name} after the digest was written")
