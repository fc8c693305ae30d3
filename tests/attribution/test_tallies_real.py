"""The two tallies of one week, from the case file as it was published."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tregua.agreement.model import Agreement
from tregua.attribution.tallies import two_tallies
from tregua.attribution.weigh import attribute
from tregua.incidents.match import match
from tregua.reports.model import Naming, Origin
from tregua.reports.reader import Options
from tregua.reports.readers import READERS
from tregua.terms.time import start_of_day

ZONE = "Asia/Damascus"
STAFF = "Russian General Staff (Lt. Gen. Poznikhir / Rudskoi)"
NETWORK = "Syrian Network for Human Rights (SNHR)"


def naming(name: str, stands_for: tuple[str, ...] = (), office: str = "") -> Naming:
    known = datetime(2016, 9, 1, tzinfo=UTC)
    return Naming(Origin(name, "desk", "desk", known), name, stands_for=stands_for, office=office)


@pytest.mark.outside
def test_the_published_week_gives_the_bounds_of_302_and_219(
    shared_data: Path, deal: Agreement
) -> None:
    """Claims as claimed: at most 6 in both, at least 83 of 302 alone, and nothing is comparable."""
    (reader,) = (r for r in READERS if r.name == "timeline")
    path = shared_data / "syria-2016-case" / "timeline.csv"
    rows = reader.rows(path, Options(zone=ZONE))
    records = (
        *(record for row in rows for record in row.records),
        naming(STAFF, office="staff"),
        naming(NETWORK, office="network"),
        naming("armed groups", ("b",)),
        naming("armed opposition", ("b",)),
        naming("Government of Syria", ("a",)),
        naming("Russia", ("g",)),
    )
    tallies = two_tallies(
        records,
        attribute(match(records), records, deal),
        deal,
        camp_a=("staff",),
        camp_b=("network",),
        start=start_of_day(date(2016, 9, 12), ZONE),
        end=start_of_day(date(2016, 9, 20), ZONE),
    )
    assert not tallies.comparable
    assert tallies.bounds is not None
    totals = (tallies.bounds.both, tallies.bounds.contradict)
    alone = (tallies.bounds.only_a, tallies.bounds.only_b)
    assert [str(b) for b in (*totals, *alone)] == ["0-6", "0-213", "83-302", "0-219"]
    assert sum(c.number for c in tallies.cells) == tallies.incidents
