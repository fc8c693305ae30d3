"""The same deals over real event data: UCDP GED and Airwars in one ledger with bundled reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.assessment.plain import asked, lost
from tregua.agreement.read import read_deal_text
from tregua.assessment.candidates import chosen
from tregua.assessment.evidence import Evidence
from tregua.assessment.live_answers import LiveAnswers
from tregua.assessment.model import Answer
from tregua.assessment.operator import Form
from tregua.centre import Known, KnownAt, Picture, known_in, picture, picture_after, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.model import Observation, Statement
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options
from tregua.reports.to_entry import body_of_row
from tregua.terms.time import read_time

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement

pytestmark = [pytest.mark.outside, pytest.mark.slow]
DESK = new_desk(("PUBLIC",))
ROOMS = Path(str(files("tregua")))


@cache
def recorded(case: str, shared_data: Path) -> tuple[Agreement, Known]:
    deal = ROOMS / "agreement" / "library" / f"{case}.deal.md"
    agreement = read_deal_text(deal.read_text("utf-8"), file=deal.name).agreement
    options = Options(zone=agreement.zone, received=datetime(2026, 1, 1, tzinfo=UTC))
    store = MemoryStore()
    real = [
        shared_data / "ged_syria" / "ged_syria.csv.gz",
        shared_data / "airwars_syria" / "incidents.csv.gz",
    ]
    paths = (*sorted((ROOMS / "reports" / "library" / case).glob("*.csv")), *real)
    rows = (row for path in paths for row in read_file(path, options).rows)
    take_in(store, ((r, body_of_row(r, row)) for row in rows for r in row.records), DESK)
    return agreement, known_in(store, KnownAt(), zone=agreement.zone)


def shown(case: str, day: str, shared_data: Path, form: Form = Form.COLUMNAR) -> Picture:
    agreement, known = recorded(case, shared_data)
    return picture(agreement, known, at=read_time(day, agreement.zone).end, form=form)


CASES = pytest.mark.parametrize(
    ("case", "day"), [("syria-2016-09", "2016-09-20"), ("syria-2016-02", "2016-03-12")]
)


@CASES
def test_real_events_alone_make_nobody_a_violator(case: str, day: str, shared_data: Path) -> None:
    """A coded pair of actors says who fought, not who fired; silence of a data set is not peace."""
    picture_ = shown(case, day, shared_data)
    coded = {
        a.incident.id
        for a in picture_.attributed
        if all(o.pair_only for o in a.incident.observations)
    }
    assert coded
    assert [] == [
        a.id for a in picture_.assessments if a.answer is Answer.VIOLATED and a.instance in coded
    ]
    assert [] == [a.id for a in picture_.assessments if a.answer is Answer.KEPT]
    print(
        f"\n{case}: {len(picture_.known.records)} records, {len(picture_.attributed)} incidents, "
        f"{len(picture_.assessments)} assessments, {len(coded)} of coded pairs only"
    )


def test_the_strike_of_17_september_is_not_laid_to_the_coded_pair(shared_data: Path) -> None:
    """UCDP codes event 227936 under a pair that cannot have fired; no side of it is certain."""
    picture_ = shown("syria-2016-09", "2016-09-20", shared_data)
    found = next(a for a in picture_.attributed if "ged:227936" in a.incident.record_ids)
    ged = next(o for o in found.incident.observations if o.origin.id == "ged:227936")
    assert ged.pair_only
    assert not any(h.must for h in found.actors if h.who not in ("us", "unknown"))
    assert any(h.may for h in found.actors if h.who in ("unknown", "third-party", "us"))


def test_summary_rows_of_a_year_are_joined_with_nothing(shared_data: Path) -> None:
    """Six rows of 2016 stand for the whole year; each stays alone."""
    picture_ = shown("syria-2016-09", "2016-12-31", shared_data)
    rows = [
        a.incident
        for a in picture_.attributed
        if any("summary-row" in o.origin.flags for o in a.incident.observations)
    ]
    assert rows
    assert all(len(i.observations) == 1 for i in rows)


@CASES
@pytest.mark.parametrize("form", [Form.REFERENCE, Form.SQL])
def test_the_road_is_the_same_in_every_form(
    case: str, day: str, form: Form, shared_data: Path
) -> None:
    """Every assessment with its tree, and the whole status, are those of the columnar form."""
    assert shown(case, day, shared_data) == shown(case, day, shared_data, form)


@CASES
def test_masks_lose_no_real_incident(case: str, day: str, shared_data: Path) -> None:
    """Whatever an element test would look at, asked of every incident, is left by the masks."""
    picture_ = shown(case, day, shared_data)
    statements = tuple(r for r in picture_.known.records if isinstance(r, Statement))
    evidence = Evidence(
        picture_.agreement, picture_.attributed, (), statements, picture_.moments, at=picture_.at
    )
    assert [] == lost(evidence)
    left = [len(chosen(name, evidence)[1]) for name, *_ in asked(evidence)]
    print(
        f"\n{case}: {len(left)} questions of {len(evidence.items)} incidents each; "
        f"{sum(left) / len(left):.0f} on average are left for a test of their own"
    )


def test_live_is_batch_on_the_real_ledger(shared_data: Path) -> None:
    """A late report, a moved and a withdrawn one: every neighbourhood and answer as made alone."""
    agreement, known = recorded("syria-2016-09", shared_data)
    at, live = read_time("2016-09-20", agreement.zone).end, LiveAnswers()
    first, _ = picture_after(agreement, known, live, at=at)
    days = at - timedelta(days=10)
    recent = [
        r
        for r in known.records
        if isinstance(r, Observation) and days < r.when.start < at and r.place.has_point
    ]
    late = replace(recent[0], origin=replace(recent[0].origin, key="late"), matter="")
    moved = replace(
        recent[40], place=replace(recent[40].place, lon=(recent[40].place.lon or 0) + 1)
    )
    gone = recent[80].origin.id
    kept = tuple(r for r in known.records if r.origin.id not in (gone, moved.origin.id))
    picture_after(agreement, replace(known, records=(*known.records, late)), live, at=at)
    last = replace(known, records=(*kept, late, moved))
    shown, new = picture_after(agreement, last, live, at=at)
    alone = picture(agreement, last, at=at)
    assert repr(alone.assessments) == repr(shown.assessments)
    assert alone.attributed == shown.attributed
    assert alone.status == shown.status
    same = {id(a) for a in first.attributed}
    assert 0 < sum(id(a) not in same for a in shown.attributed) < len(recent)
    assert all(v.because for v in new)
