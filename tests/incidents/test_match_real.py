"""Two data sets of one year of one war, matched in one run."""

from pathlib import Path
from time import perf_counter

import pytest

from tregua.incidents.match import match
from tregua.reports.model import Observation
from tregua.reports.reader import Options
from tregua.reports.readers import READERS

YEAR = 2016
SECONDS = 15


def observations_of(reader: str, path: Path) -> list[Observation]:
    (chosen,) = (r for r in READERS if r.name == reader)
    rows = chosen.rows(path, Options(zone="Asia/Damascus"))
    records = (record for row in rows for record in row.records)
    return [r for r in records if isinstance(r, Observation) and r.when.start.year == YEAR]


@pytest.mark.outside
@pytest.mark.slow
def test_ged_and_airwars_of_one_year_are_matched_without_loss(shared_data: Path) -> None:
    """Every record of both stands in exactly one incident, and no data set twice in one."""
    ged = observations_of("ged", shared_data / "ged_syria" / "ged_syria.csv.gz")
    airwars = observations_of("airwars", shared_data / "airwars_syria" / "incidents.csv.gz")
    began = perf_counter()
    incidents = match((*ged, *airwars))
    took = perf_counter() - began
    joined = [i for i in incidents if i.links]
    print(f"{len(ged)} + {len(airwars)} records: {len(incidents)} incidents, {len(joined)} joined")
    held = [o.origin.id for i in incidents for o in i.observations]
    assert sorted(held) == sorted(o.origin.id for o in (*ged, *airwars))
    assert len({i.id for i in incidents}) == len(incidents)
    for incident in joined:
        sources = [o.origin.source for o in incident.observations]
        assert len(set(sources)) == len(sources)
        assert not any(r.speaks_against for link in incident.links for r in link.reasons)
    assert took < SECONDS
