"""Geometry files that stand beside a deal: GeoJSON in, one canonical geometry per file out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tregua.agreement.clause import PLACES
from tregua.agreement.codes import error
from tregua.agreement.reading.digest import canonical

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.agreement.block import Block, DealText, Entry
    from tregua.terms.notes import Note

SUFFIXES = (".geojson", ".json")
LARGEST = 5_000_000  # bytes
GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
              "GeometryCollection")  # fmt: skip


def shapes_beside(
    text: DealText, beside: Path | None, notes: list[Note]
) -> tuple[tuple[str, str], ...]:
    """Return file name and canonical GeoJSON geometry, for every place whose file can be read.

    Without a folder nothing is looked for. A text that does not end like a file name is a reference
    to a gazetteer and stays a reference.
    """
    shapes: dict[str, str] = {}
    for block in text.blocks if beside is not None else ():
        entry = block.entry("geometry") if block.kind in PLACES else None
        name = next(iter(block.texts("geometry")), "")
        if entry is None or beside is None or not name.lower().endswith(SUFFIXES):
            continue
        found = _geometry(beside / name)
        if isinstance(found, _Missing):
            notes.append(_note(block, entry, name, found))
        else:
            shapes[name] = canonical(found)
    return tuple(shapes.items())


class _Missing(str):
    """Why a geometry could not be read, in words."""

    __slots__ = ()


def _geometry(path: Path) -> object:
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except (OSError, ValueError):
        return _Missing("is not beside the deal")
    try:
        read = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return _Missing("is not GeoJSON")
    geometries = _geometries(read)
    if not geometries:
        return _Missing("holds no geometry")
    if len(geometries) == 1:
        return geometries[0]
    return {"type": "GeometryCollection", "geometries": geometries}


def _refuse(constant: str) -> object:
    raise ValueError(constant)  # NaN and Infinity are no coordinates


def _geometries(read: object) -> list[dict[str, object]]:
    """Return the geometries of a geometry, a feature or a collection of features (RFC 7946)."""
    if not isinstance(read, dict):
        return []
    if read.get("type") == "Feature":
        return _geometries(read.get("geometry"))
    if read.get("type") == "FeatureCollection":
        features = read.get("features")
        parts = features if isinstance(features, list) else []
        return [g for part in parts for g in _geometries(part)]
    if read.get("type") not in GEOMETRIES:
        return []
    inner = "geometries" if read["type"] == "GeometryCollection" else "coordinates"
    return [{"type": read["type"], inner: read[inner]}] if inner in read else []


def _note(block: Block, entry: Entry, name: str, why: _Missing) -> Note:
    return error(
        "D007",
        f"the geometry file {name} {why}",
        entry.spot,
        help="put the file beside the deal, or write  geometry: undefined  until there is one",
        clause=block.clause,
        on=block.id,
    )
