"""The events of workload W, from fixed seeds, as Parquet files of a million rows.

Draws, in this order per million: point, whether and where it is uniform, its shift, time, delay,
actor's party, its spelling, kind, kind in a quiet spell, target, weapon, source, deaths, text.
The 16,500 points stand in for real places: 27 towns by Zipf weights, and normal round them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from bench.w_names import KINDS, TARGETS, TOWNS, WEAPONS, base_names
from bench.w_rules import DAY_US, DAYS, FIRST_TEN, START_US

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb
    from numpy.random import Generator
    from numpy.typing import NDArray

CHUNK = 1_000_000
GROUP = 500_000
POINTS = 16_500
SHARES = np.array([0.30, 0.30, 0.08, 0.05, 0.07, 0.04, 0.03, 0.06, 0.05, 0.02])
WEIGHTS = np.array(
    [16, 20, 9, 6, 4, 2, 3, 2, 1.5, 3, 1.5, 1, 1, 8, 3, 4, 6, 4, 3, 2], dtype=np.float64
)
QUIET_KINDS = tuple(KINDS.index(k) for k in ("protest", "agreement", "aid delivery", "strategic"))
QUIET_DAYS = ((40, 51), (38, 59), (20, 69), (35, 48))  # per signatory, both ends included
TARGET_WORDS = tuple(word for words in TARGETS.values() for word in words)
VARIANTS = 6
_SUFFIXES = (" (Syria)", " unit", " bde", " - north")


def aliases(*, seed: int = 2) -> dict[str, str]:
    """Return spelling -> party; the first owner of a spelling keeps it."""
    chance = np.random.default_rng(seed)
    owner: dict[str, str] = {}
    for party in FIRST_TEN:
        for name in base_names(party):
            owner.setdefault(name, party)
            for _ in range(VARIANTS):
                owner.setdefault(_variant(name, chance), party)
    return owner


def _variant(name: str, chance: Generator) -> str:
    kind, at = int(chance.integers(4)), int(chance.integers(len(name)))
    if kind == 0:
        return name[:at] + name[at] + name[at:]
    if kind == 1:
        return name[:at] + name[at + 1 :] if len(name) > 3 else name
    return name.upper() if kind == 2 else name + _SUFFIXES[int(chance.integers(4))]


def columns(rows: int, *, seed: int = 7) -> Iterator[dict[str, NDArray[np.generic]]]:
    """Yield the columns of each million; texts as their numbers."""
    chance = np.random.default_rng(seed)
    points = _points(np.random.default_rng(seed + 10))
    owners = list(aliases().values())
    of_party = [np.array([k for k, o in enumerate(owners) if o == p]) for p in FIRST_TEN]
    for begin in range(0, rows, CHUNK):
        yield _chunk(begin, min(CHUNK, rows - begin), points, of_party, chance)


def _points(chance: Generator) -> NDArray[np.float64]:
    weights = 1 / np.arange(1, len(TOWNS) + 1)
    town = chance.choice(len(TOWNS), POINTS, p=weights / weights.sum())
    return np.array(list(TOWNS.values()))[town] + chance.normal(0, 0.15, (POINTS, 2))


def _chunk(
    begin: int,
    n: int,
    points: NDArray[np.float64],
    of_party: list[NDArray[np.int64]],
    chance: Generator,
) -> dict[str, NDArray[np.generic]]:
    where = points[chance.integers(0, len(points), n)]
    uniform = chance.random(n) < 0.15
    anywhere = chance.uniform((35.6, 32.3), (42.4, 37.3), (n, 2))
    place = np.where(
        uniform[:, None], anywhere, where + chance.normal(0, (0.03, 0.025), (n, 2))
    ).round(5)
    time = np.sort(chance.integers(0, DAYS * DAY_US, n)) + START_US
    reported = time + (chance.exponential(18 * 3600, n) * 1e6).astype(np.int64)
    party = chance.choice(10, n, p=SHARES)
    actor = _spelling(party, of_party, chance, zipf=True)
    return {
        "report_id": np.arange(begin, begin + n),
        "t_event": time,
        "t_reported": reported,
        "lon": place[:, 0],
        "lat": place[:, 1],
        "actor": actor,
        "event_type": _kind(party, (time - START_US) // DAY_US, chance),
        "target": _target(n, of_party, chance),
        "weapon": chance.integers(0, len(WEAPONS), n),
        "source": chance.integers(0, 12, n),
        "fatalities": np.minimum(chance.geometric(0.4, n) - 1, 300),
        "words": chance.integers(0, 2**31, n),
    }


def _spelling(
    party: NDArray[np.int64], of_party: list[NDArray[np.int64]], chance: Generator, *, zipf: bool
) -> NDArray[np.int64]:
    drawn = chance.random(len(party))
    found = np.empty(len(party), np.int64)
    for p, own in enumerate(of_party):
        weights = 1 / np.arange(1, len(own) + 1) if zipf else np.ones(len(own))
        rows = party == p
        found[rows] = own[np.searchsorted(np.cumsum(weights / weights.sum())[:-1], drawn[rows])]
    return found


def _kind(party: NDArray[np.int64], day: NDArray[np.int64], chance: Generator) -> NDArray[np.int64]:
    kind = chance.choice(len(KINDS), len(party), p=WEIGHTS / WEIGHTS.sum())
    calm = np.array(QUIET_KINDS)[chance.integers(0, len(QUIET_KINDS), len(party))]
    for p, (first, last) in enumerate(QUIET_DAYS):
        quiet = (party == p) & (day >= first) & (day <= last)
        kind = np.where(quiet, calm, kind)
    return kind


def _target(n: int, of_party: list[NDArray[np.int64]], chance: Generator) -> NDArray[np.int64]:
    """Return numbers of spellings; those after the last spelling are target words."""
    spelling = _spelling(chance.choice(10, n, p=SHARES), of_party, chance, zipf=False)
    word = chance.integers(0, len(TARGET_WORDS), n) + sum(len(own) for own in of_party)
    return np.where(chance.random(n) < 0.55, spelling, word)


def write(folder: Path, rows: int) -> str:
    """Write the files, unless they are there, and return the digest of their columns."""
    import duckdb

    stamp = folder / "digest.txt"
    if stamp.is_file():
        return stamp.read_text("utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    database = duckdb.connect()
    database.execute("SET enable_progress_bar = false")
    names = list(aliases())
    texts = {"actor": names, "target": [*names, *TARGET_WORDS], "event_type": list(KINDS)}
    texts |= {"weapon": list(WEAPONS), "source": [f"source {k}" for k in range(12)]}
    for column, words in texts.items():
        database.execute(f"CREATE TABLE {column}_words (code BIGINT, text VARCHAR)")
        database.executemany(f"INSERT INTO {column}_words VALUES (?, ?)", list(enumerate(words)))
    taken = hashlib.sha256()
    for number, chunk in enumerate(columns(rows)):
        for values in chunk.values():
            taken.update(np.ascontiguousarray(values, values.dtype.newbyteorder("<")).tobytes())
        _write_one(database, folder / f"events-{number:03}.parquet", chunk, tuple(texts))
    stamp.write_text(taken.hexdigest(), "utf-8")
    return taken.hexdigest()


def _write_one(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    chunk: dict[str, NDArray[np.generic]],
    texts: tuple[str, ...],
) -> None:
    spelled = ", ".join(f"{c}_words.text AS {c}" if c in texts else _typed(c) for c in chunk)
    joins = " ".join(f"JOIN {c}_words ON {c}_words.code = chunk.{c}" for c in texts)
    database.register("chunk", chunk)
    database.execute(
        f"COPY (SELECT {spelled} FROM chunk {joins} ORDER BY report_id) TO '{path}' "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP})",
    )


def _typed(column: str) -> str:
    if column.startswith("t_"):
        return f"make_timestamp({column}) AS {column}"
    if column == "words":
        return "substr(repeat(md5(words::VARCHAR) || ' ', 11), 1, 62 + words % 301) AS text"
    return column
