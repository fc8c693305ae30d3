"""The peers of workload W: the same rows in other libraries, zones by trees of prepared shapes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.w_names import PARTIES
from bench.w_plain import concerned
from bench.w_read import CODES, COLUMNS, files_in, part_of, spellings, with_names
from bench.w_result import Result
from bench.w_rules import rules
from bench.w_zones import zones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


def named_zones() -> tuple[list[str], list[BaseGeometry]]:
    """Return kind and shape of the zones that some norm names."""
    shapes = zones()
    asked = {kind for kind, _ in rules(tuple(shapes)).zone_groups}
    kept = [(name.split()[0], shape) for name, shape in shapes.items()]
    return [k for k, _ in kept if k in asked], [s for k, s in kept if k in asked]


class Tree:
    """Zones in a tree, prepared: boxes first, then the shapes."""

    def __init__(self) -> None:
        import shapely

        self.kinds, self.shapes = named_zones()
        shapely.prepare(self.shapes)

    def inside(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64], rows: NDArray[np.bool_]
    ) -> dict[str, NDArray[np.bool_]]:
        """Say for each kind which rows lie in a zone of it."""
        import shapely

        found = {kind: np.zeros(len(rows), np.bool_) for kind in set(self.kinds)}
        at = np.flatnonzero(rows)
        points = shapely.points(lon[at], lat[at])
        tree = shapely.STRtree(points)
        zone, point = tree.query(self.shapes)
        for number, kind in enumerate(self.kinds):
            near = at[point[zone == number]]
            found[kind][near] |= shapely.intersects_xy(self.shapes[number], lon[near], lat[near])
        return found


class Coded:
    """One file in NumPy, names looked up by DuckDB."""

    def __init__(self, part: dict[str, NDArray[Any]], tree: Tree) -> None:
        self.part, self.tree, self.time = part, tree, part["time"]

    def is_in(self, column: str, values: Sequence[str]) -> NDArray[np.bool_]:
        table = np.zeros(256, np.bool_)
        table[[CODES[column].index(value) for value in values]] = True
        found: NDArray[np.bool_] = table[self.part[column]]
        return found

    def inside(self, rows: NDArray[np.bool_]) -> dict[str, NDArray[np.bool_]]:
        return self.tree.inside(self.part["lon"], self.part["lat"], rows)


def tree(folder: str, kept: str) -> dict[str, Any]:
    """Plain NumPy with a tree of points and prepared zones."""
    import shapely

    geometry = Tree()
    database = with_names()
    result = Result(Path(kept))
    for path in files_in(folder):
        part = part_of(database, path)
        row, norm = concerned(Coded(part, geometry))
        party = part["actor"][row].astype(np.int8)
        result.add(len(part["time"]), part["report"][row], norm, party, part["time"][row])
    return result.ended(by=shapely.__version__)


class _Polars:
    """One file in Polars."""

    def __init__(self, path: str, tree: Tree) -> None:
        import polars as pl

        names = {column: (w, list(CODES[column])) for column, w in _words().items()}
        frame = pl.read_parquet(path, columns=list(COLUMNS)).rename({"event_type": "kind"})
        self.frame = frame.with_columns(
            pl.col("t_event").dt.epoch("us"),
            pl.col("actor").replace_strict(names["actor"][0], default="UNKNOWN"),
            pl.col("target").replace_strict(names["target"][0], default="UNKNOWN"),
        )
        self.tree, self.time = tree, self.frame["t_event"].to_numpy()

    def is_in(self, column: str, values: Sequence[str]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.frame[column].is_in(list(values)).to_numpy().copy()
        return found

    def inside(self, rows: NDArray[np.bool_]) -> dict[str, NDArray[np.bool_]]:
        lon, lat = (self.frame[c].to_numpy() for c in ("lon", "lat"))
        return self.tree.inside(lon, lat, rows)


def _words() -> dict[str, dict[str, str]]:
    return {
        column: {text: CODES[column][code] for text, code in codes.items()}
        for column, codes in spellings().items()
    }


def with_polars(folder: str, kept: str) -> dict[str, Any]:
    """Polars for the columns, the same tree for the zones."""
    import polars as pl

    geometry = Tree()
    result = Result(Path(kept))
    for path in files_in(folder):
        peer = _Polars(path, geometry)
        row, norm = concerned(peer)
        who = peer.frame["actor"].to_numpy()[row]
        party = np.array([PARTIES.index(name) for name in who.tolist()], np.int8)
        report = peer.frame["report_id"].to_numpy()[row]
        result.add(len(peer.time), report, norm, party, peer.time[row])
    return result.ended(by=pl.__version__)


class _Pandas:
    """One file in pandas, zones joined by geopandas."""

    def __init__(self, path: str, shapes: Any) -> None:
        import pandas as pd

        frame = pd.read_parquet(path, columns=list(COLUMNS))
        words = _words()
        for column in ("actor", "target"):
            frame[column] = frame[column].map(words[column]).fillna("UNKNOWN")
        self.frame, self.shapes = frame.rename(columns={"event_type": "kind"}), shapes
        self.time = frame["t_event"].astype("datetime64[us]").astype("int64").to_numpy()

    def is_in(self, column: str, values: Sequence[str]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.frame[column].isin(values).to_numpy().copy()
        return found

    def inside(self, rows: NDArray[np.bool_]) -> dict[str, NDArray[np.bool_]]:
        import geopandas

        some = self.frame.loc[rows, ["lon", "lat"]]
        points = geopandas.GeoDataFrame(
            geometry=geopandas.points_from_xy(some["lon"], some["lat"]), index=some.index
        )
        joined = geopandas.sjoin(points, self.shapes, predicate="intersects")
        found = {}
        for kind in sorted(set(self.shapes["kind"])):
            found[kind] = np.zeros(len(rows), np.bool_)
            found[kind][joined.index[joined["kind"] == kind].to_numpy()] = True
        return found


def with_pandas(folder: str, kept: str) -> dict[str, Any]:
    """Pandas for the columns, geopandas' spatial join for the zones."""
    import geopandas
    import pandas as pd

    kinds, shapes = named_zones()
    frame = geopandas.GeoDataFrame({"kind": kinds}, geometry=shapes)
    result = Result(Path(kept))
    for path in files_in(folder):
        peer = _Pandas(path, frame)
        row, norm = concerned(peer)
        who = peer.frame["actor"].to_numpy()[row]
        party = np.array([PARTIES.index(name) for name in who.tolist()], np.int8)
        report = peer.frame["report_id"].to_numpy()[row]
        result.add(len(peer.time), report, norm, party, peer.time[row])
    return result.ended(by=f"{pd.__version__} / {geopandas.__version__}")
