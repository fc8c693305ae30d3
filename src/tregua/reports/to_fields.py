"""A record as confidential fields: each part of it can be shown or hidden by itself.

| field | what |
|---|---|
| ``record`` | which kind of record it is |
| ``at`` | when it happened |
| ``where.cell50``, ``.cell5``, ``.point`` | the place, roughly, less roughly, as reported |
| ``fixes`` | the moment that a statement sets |
| ``what``, ``by``, ``count`` | the act, the accused, people killed and injured |
| ``source`` | who reported it, from where, under which key |
| ``note`` | the summary |
| any other | the part of the record of that name |
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tregua.ledger.signing.disclosures import Field
from tregua.reports.from_entry import record_of
from tregua.terms.cell import SIZES, cell_of
from tregua.terms.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = {"when": "at", "at": "fixes", "place": "where.point", "harm": "count", "origin": "source"}


def fields_of(
    body: str, rel: tuple[str, ...], *, narrower: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Field, ...]:
    """Return the fields of a record's body, sorted by name.

    Args:
        body: canonical JSON text of a record.
        rel: audiences of the record.
        narrower: field name -> its own audiences, within those of the record.

    Raises:
        EntryRefused: the body is no record of ours.
    """
    marked = narrower or {}
    place = getattr(record_of(body), "place", Place())
    tree: dict[str, Any] = json.loads(body)
    values = {NAMES.get(name, name): value for name, value in tree.items()}
    origin = values.get("source", {})
    if "summary" in origin:
        values["note"] = origin["summary"]
        values["source"] = {k: v for k, v in origin.items() if k != "summary"}
    for size in SIZES:
        cell = cell_of(place, size)
        if cell is not None:
            values[f"where.{size}"] = [cell.row, cell.column, cell.radius_m]
    return tuple(
        Field(name, value, tuple(sorted(marked.get(name, rel))))
        for name, value in sorted(values.items())
    )
