"""A deal in its JSON exchange form (02, 2.7).

``header``, ``instruments`` and ``blocks`` are what the deal says; ``layout`` is how its file looks:
its lines in order, where a line is either written out (commentary, comments, empty lines, fences)
or names the thing that stands there. A thing whose lines are not those that would be written for it
(comments inside a block, a value on several lines) has them beside its name. So the way to JSON and
back gives the formatted file byte for byte.

Declared lost: the layout that the formatter changes, a byte order mark, and line ends that differ
within one file.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.clause import COMMON, ValueType
from tregua.agreement.clauses import KINDS
from tregua.agreement.exchange.extra_fields import put_back, split_off
from tregua.agreement.exchange.json_layout import layout_of, with_line_breaks
from tregua.agreement.exchange.value_to_json import key_in_json, value_to_json
from tregua.agreement.exchange.write import format_deal
from tregua.agreement.read import read_deal_text
from tregua.agreement.reading.header import HEADER, MAJOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.agreement.block import Block, DealText, Entry
    from tregua.agreement.clause import Key
    from tregua.agreement.read import Reading

ASSUMED = "assumed by drafter"
VERSION = "version"
_KEYS = {kind.kind: {k.name: k for k in (*kind.keys, *COMMON)} for kind in KINDS}
_HEADER = {k.name: k for k in HEADER.keys}


def to_json(reading: Reading, *, source: str) -> str:
    """Return a deal in the exchange form; ``source`` is the text that it was read from.

    The deal must have been read without notes: what cannot be read has no place in the form.
    """
    formatted = format_deal(source.removeprefix("\ufeff"))
    ends = "crlf" if "\n" in formatted and "\n" not in formatted.replace("\r\n", "") else "lf"
    base, extra = split_off(formatted.replace("\r\n", "\n") if ends == "crlf" else formatted)
    deal = with_line_breaks(read_deal_text(base, file="").text, base)
    whole = {
        **content_of(replace(reading.text, paragraphs=deal.paragraphs)),
        "digest": {
            "model": reading.agreement.model_digest,
            "text": reading.text.text_digest,
        },
        "layout": layout_of(base, deal),
        "line_ends": ends,
    }
    put_back(whole, extra)
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def content_of(deal: DealText) -> dict[str, object]:
    """Return what a deal says, as plain JSON values, with the place of every block."""
    return {
        "format": MAJOR,
        "header": header_of(deal.header),
        "instruments": instruments_of(deal),
        "blocks": [{**block_of(b), "at": _at(b)} for b in deal.blocks],
    }


def header_of(entries: Iterable[Entry]) -> dict[str, object]:
    """Return the header's keys, apart from the format, which stands above it."""
    return _keys((e for e in entries if e.key != "format"), _HEADER)


def block_of(block: Block) -> dict[str, object]:
    """Return a block without its place."""
    keys = _KEYS[block.kind]
    aside = (ASSUMED, VERSION)
    out: dict[str, object] = {
        "kind": block.kind,
        "id": block.id,
        "title": block.title,
        "instrument": block.instrument,
        "clause": block.clause,
        "keys": _keys((e for e in block.entries if e.key not in aside), keys),
    }
    if assumed := block.every(ASSUMED):
        out["assumed"] = [value_to_json(e.value, ValueType.KEY_TEXT) for e in assumed]
    if version := block.entry(VERSION):
        out["version"] = value_to_json(version.value, ValueType.NUMBER)
    return out


def _at(block: Block) -> dict[str, int]:
    return {"line": block.spot.line, "column": block.spot.column}


def _keys(entries: Iterable[Entry], known: dict[str, Key]) -> dict[str, object]:
    """Return keys and values in the order written; a key that may repeat has an array of values."""
    out: dict[str, object] = {}
    for entry in entries:
        key, name = known[entry.key], key_in_json(entry.key)
        plain = value_to_json(entry.value, key.type)
        if key.repeats:
            held = out.setdefault(name, [])
            assert isinstance(held, list)
            held.append(plain)
        else:
            out[name] = plain
    return out


def instruments_of(deal: DealText) -> list[dict[str, object]]:
    """Return instruments with their clauses and paragraphs, in the order in which they first stand.

    A file without instrument headings has one of id ``text``; clauses in commentary stand under an
    empty id. Neither has a title, because neither has a heading.
    """
    titles = {head.id: head.title for head in deal.instruments}
    places = [
        *((head.spot.line, head.id) for head in deal.instruments),
        *((clause.spot.line, clause.instrument) for clause in deal.clauses),
        *((paragraph.spot.line, paragraph.instrument) for paragraph in deal.paragraphs),
    ]
    names = dict.fromkeys(name for _, name in sorted(places))
    return [_instrument(deal, name, titles.get(name)) for name in names]


def _instrument(deal: DealText, name: str, title: str | None) -> dict[str, object]:
    out: dict[str, object] = {"id": name}
    if title is not None:
        out["title"] = title
    if outside := _paragraphs(deal, name, ""):
        out["paragraphs"] = outside
    out["clauses"] = [
        {
            "label": clause.label,
            "title": clause.title,
            "parent": clause.parent,
            "paragraphs": _paragraphs(deal, name, clause.label),
        }
        for clause in deal.clauses
        if clause.instrument == name
    ]
    return out


def _paragraphs(deal: DealText, instrument: str, clause: str) -> list[dict[str, str]]:
    return [
        {"mark": p.mark, "pointer": p.pointer, "text": p.text}
        for p in deal.paragraphs
        if (p.instrument, p.clause) == (instrument, clause)
    ]
