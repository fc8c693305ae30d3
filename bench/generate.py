"""A file of events in the layout of GED, from a fixed seed: places and days drawn, nothing real.

It stands in for real data where there are none. Names are the bundled deal's own ids and plain
ones, so that attribution has work to do.
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20160912
ROWS = 14_000
COLUMNS = (
    "id", "year", "active_year", "type_of_violence", "conflict_new_id", "conflict_name",
    "dyad_new_id", "dyad_name", "side_a_new_id", "side_a", "side_b_new_id", "gwnob", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "adm_1", "adm_2", "latitude",
    "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "low", "best", "high",
)  # fmt: skip
SIDES = ("Government of Syria", "Syrian insurgents", "IS", "Civilians")
OFFICES = ("Office North", "Office South", "Office East", "Office West")
FIRST, DAYS = date(2012, 1, 1), 6 * 365


def events(path: Path, *, rows: int = ROWS, seed: int = SEED) -> Path:
    """Write the file and return its path; the same seed gives the same bytes."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(_event(number, chance) for number in range(1, rows + 1))
    return path


def _event(number: int, chance: random.Random) -> dict[str, str]:
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    one, other = chance.sample(SIDES, 2)
    killed = min(200, int(chance.paretovariate(1.2)))
    return {
        "id": str(number),
        "year": str(day.year),
        "type_of_violence": "3" if other == "Civilians" else "1",
        "side_a": one,
        "side_b": other,
        "number_of_sources": "1",
        "source_office": chance.choice(OFFICES),
        "source_date": (day + timedelta(days=1)).isoformat(),
        "where_prec": str(chance.choice((1, 1, 1, 2, 3))),
        "where_coordinates": f"Place {chance.randrange(900)}",
        "latitude": f"{chance.uniform(32.5, 37.0):.4f}",
        "longitude": f"{chance.uniform(36.0, 42.0):.4f}",
        "country": "Syria",
        "event_clarity": "1",
        "date_prec": str(chance.choice((1, 1, 1, 1, 2))),
        "date_start": day.isoformat(),
        "date_end": day.isoformat(),
        "deaths_unknown": str(killed),
        "low": str(killed),
        "best": str(killed),
        "high": str(killed + chance.randrange(3)),
    }
