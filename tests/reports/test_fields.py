"""Records taken apart into fields and put together again, whole or with parts of them hidden."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tregua
from tregua.reports.from_entry import record_of
from tregua.reports.from_fields import body_from
from tregua.reports.model import Harm, Observation, Origin, Record
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options
from tregua.reports.to_entry import body_of
from tregua.reports.to_fields import fields_of
from tregua.terms.cell import SIZES, cell_of, place_in
from tregua.terms.estimate import exactly
from tregua.terms.place import Place, distance_m
from tregua.terms.time import read_time

LIBRARY = Path(tregua.__file__).parent / "reports" / "library"
ORIGIN = Origin("r7", "field", "a nurse", datetime(2030, 9, 13, 6, tzinfo=UTC), summary="A shell.")
SHOT = Observation(
    ORIGIN, read_time("2030-09-13T05:00", "UTC"), "mortar-fire",
    Place("The clinic", 37.16, 36.2, 50.0), by=("b",), harm=Harm(killed=exactly(2)),
)  # fmt: skip


def back(record: Record, *hidden: str) -> Record | None:
    fields = [f for f in fields_of(body_of(record), ("A", "B")) if f.name not in hidden]
    body = body_from(fields, signer="a", entry_id="ab" * 32, known="2030-09-13T07:00:00Z")
    return None if body is None else record_of(body)


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*/*.csv")), ids=lambda p: p.stem)
def test_every_bundled_record_comes_back_as_it_was(path: Path) -> None:
    """All kinds of record, field by field and together again."""
    records = read_file(path, Options()).records
    assert records
    assert [] == [r for r in records if back(r) != r]


def test_a_hidden_act_is_an_act_not_stated() -> None:
    found = back(SHOT, "what", "by", "count", "note")
    assert isinstance(found, Observation)
    assert ("", (), Harm(), "") == (found.what, found.by, found.harm, found.origin.summary)


def test_a_hidden_source_leaves_the_signer() -> None:
    found = back(SHOT, "source", "note")
    assert found is not None
    assert ("a", "a:abababababab") == (found.origin.reporter, found.origin.id)


def test_without_time_or_kind_there_is_no_record() -> None:
    assert [None, None] == [back(SHOT, "at"), back(SHOT, "record")]


def test_a_place_is_told_in_steps() -> None:
    """The point, then its cell of five kilometres, then that of fifty, then nothing."""
    steps = [("where.point",), ("where.point", "where.cell5"), tuple(f"where.{s}" for s in SIZES)]
    found = [back(SHOT, *hidden) for hidden in ((), *steps)]
    places = [f.place for f in found if isinstance(f, Observation)]
    radii = [p.radius_m for p in places]
    assert (50.0, "The clinic") == (radii[0], places[0].name)
    assert radii[1] is not None
    assert radii[2] is not None
    assert 3_000 < radii[1] < 4_100
    assert 30_000 < radii[2] < 41_000
    assert 50.0 == radii[3], "the cells alone were hidden, the point was not"
    assert Place() == getattr(back(SHOT, *steps[2], "where.point"), "place", None)


@given(
    st.floats(-89.9, 89.9),
    st.floats(-179.9, 179.9),
    st.floats(0, 9_000),
    st.sampled_from(sorted(SIZES)),
)
def test_the_disc_of_a_cell_holds_the_place(
    lat: float, lon: float, radius: float, size: str
) -> None:
    """Whoever knows the cell only is never told that the place lies where it does not."""
    place = Place("", lon, lat, radius)
    cell = cell_of(place, size)
    assert cell is not None
    rough = place_in(cell)
    away = distance_m(place, rough)
    assert away is not None
    assert rough.radius_m is not None
    assert place.radius_m is not None
    assert away + place.radius_m <= rough.radius_m * (1 + 1e-6)


def test_a_place_without_a_point_has_no_cell() -> None:
    assert cell_of(Place("Aleppo", 37.0, 36.0, None), "cell5") is None
