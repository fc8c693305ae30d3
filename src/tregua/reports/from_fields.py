"""A record from the fields of it that a reader holds; the inverse of ``to_fields.py``.

What is hidden is not there: a hidden act is an act not stated, a hidden place is known by its cell
or not at all, a hidden source is the entry itself under the name of whoever signed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tregua.reports.to_entry import canonical
from tregua.reports.to_fields import NAMES
from tregua.terms.cell import SIZES, Cell, place_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.signing.disclosures import Field

_OWN = {field: name for name, field in NAMES.items()}
_NEEDED = ("record", "at")  # without these nobody can say what it is about, or when
_NO_TIME = ("naming", "link")  # records that are about no moment


def body_from(fields: Iterable[Field], *, signer: str, entry_id: str, known: str) -> str | None:
    """Return the body of the record as far as it is held; ``None`` when too little is.

    Whoever signs may write what he likes: a field that holds no such thing is as if it were hidden,
    and whether the rest is a record is for `from_entry.record_of` to say.

    Args:
        fields: those that this reader holds.
        signer: who signed the entry.
        entry_id: its id, for the key of a record whose source is hidden.
        known: instant (UTC, ``...Z``) since which the entry stood, where the source is hidden.
    """
    held: dict[str, Any] = {f.name: f.value for f in fields}
    needed = ("record",) if str(held.get("record")) in _NO_TIME else _NEEDED
    if any(name not in held for name in needed):
        return None
    source = held.pop("source", None)
    origin = source if isinstance(source, dict) and source else {
        "source": signer, "key": entry_id[:12], "reporter": signer, "known": known,
    }  # fmt: skip
    if "note" in held:
        origin = {**origin, "summary": held.pop("note")}
    held["source"] = origin
    cells = {size: held.pop(f"where.{size}", None) for size in ("cell5", "cell50")}
    if "where.point" not in held:
        held |= _roughly(cells)
    tree = {_OWN.get(name, name): value for name, value in held.items()}
    _fill(tree)
    return canonical(tree)


def _roughly(cells: dict[str, Any]) -> dict[str, Any]:
    for size, value in cells.items():
        match value:
            case [int(row), int(column), int(radius) | float(radius)] if _is_on_earth(
                size, row, column
            ):
                place = place_in(Cell(size, row, column, float(radius)))
                point = {"lon": place.lon, "lat": place.lat, "radius_m": place.radius_m}
                return {"where.point": point}
    return {}


def _is_on_earth(size: str, row: int, column: int) -> bool:
    return 0 <= row * SIZES[size] <= 180 and 0 <= column * SIZES[size] <= 360  # noqa: PLR2004


def _fill(tree: dict[str, Any]) -> None:
    """Give the parts that a record cannot be without, where they are hidden, as not stated."""
    if tree["record"] == "observation":
        tree.setdefault("what", "")
    if tree["record"] == "watch":
        tree.setdefault("place", {})
