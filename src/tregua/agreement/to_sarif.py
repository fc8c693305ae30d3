"""Notes as SARIF 2.1.0 (OASIS standard), for code hosts and editors. Made from values, not strings.

Used of the standard: one run, one driver, the rules that occur, one result per note. An accepted
note is a result with a suppression in the source, so that no tool counts it and none loses it.
"""

from __future__ import annotations

import json
import string
from typing import TYPE_CHECKING

from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.terms.notes import Note, Page

# RFC 3986, 2.3 (unreserved) and "/": all else in a file name is written as %XX of its UTF-8 bytes.
_PLAIN = frozenset((string.ascii_letters + string.digits + "-._~/").encode())
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(notes: Iterable[Note], pages: Iterable[Page], *, version: str) -> str:
    """Write notes as a SARIF 2.1.0 log.

    Args:
        notes: in the order in which they are to stand.
        pages: of the codes; those that no note has are left out.
        version: of tregua.
    """
    every = tuple(notes)
    codes = {n.code for n in every}
    told = sorted((p for p in pages if p.code in codes), key=lambda p: p.code)
    index = {p.code: n for n, p in enumerate(told)}
    driver = {"name": "tregua", "version": version, "rules": [_rule(p) for p in told]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(n, index) for n in every],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(page: Page) -> dict[str, object]:
    return {
        "id": page.code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.what},
        "help": {"text": page.help},
    }


def _result(note: Note, index: dict[str, int]) -> dict[str, object]:
    message = f"{note.said}: {note.marker}" if note.marker else note.said
    result: dict[str, object] = {
        "ruleId": note.code,
        "level": _LEVELS[note.severity],
        "message": {"text": message},
        "locations": [_location(note)],
        "properties": {
            "confidence": str(note.confidence),
            "clause": note.clause,
            "why": note.why,
            "help": note.help,
        },
    }
    if note.code in index:
        result["ruleIndex"] = index[note.code]
    if note.accepted:
        result["suppressions"] = [{"kind": "inSource", "justification": note.accepted}]
    return result


def _location(note: Note) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": _as_uri(note.spot.file)}}
    if note.spot.line:
        column = max(1, note.spot.column)
        end = column + max(1, note.spot.length)
        place["region"] = {"startLine": note.spot.line, "startColumn": column, "endColumn": end}
    location: dict[str, object] = {"physicalLocation": place}
    if note.on:
        location["logicalLocations"] = [{"name": note.on}]
    return location


def _as_uri(file: str) -> str:
    return "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in file.encode())
