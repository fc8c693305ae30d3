"""The drawings: shape first, words beside them, nothing where there is nothing."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.bulletin.conftest import Node, read_page
from tregua.bulletin import basemap
from tregua.bulletin.basemap import Box, outlines, towns
from tregua.bulletin.map_svg import WIDTH, Mark, map_svg
from tregua.bulletin.strip_svg import StripDay, strip_svg

SYRIA = Box(35.5, 32.3, 42.4, 37.4)
MARKS = (
    Mark(37.16, 36.20, 300.0, "violated", "Aleppo", "I-1"),
    Mark(36.28, 33.51, 25_000.0, "undetermined", "Damascus & <around>", "I-2", count=3),
    Mark(40.15, 35.33, 300.0, "outside", "Deir ez-Zor", "I-3"),
)


def marks_of(svg: str) -> list[Node]:
    classes = ("mark violated", "mark undetermined", "mark outside")
    return [n for n in read_page(svg).all() if n.attrs.get("class") in classes]


def test_without_marks_there_is_no_map() -> None:
    """An empty map would say that nothing happened."""
    assert "" == map_svg(())


def test_each_place_has_one_mark_that_leads_to_its_row() -> None:
    """Three places, three links, three shapes; the grave one is drawn last, on top."""
    tree = read_page(map_svg(MARKS))
    assert ["#I-3", "#I-2", "#I-1"] == [a.attrs["href"] for a in tree.all("a")]
    assert ["circle", "polygon", "polygon"] == [n.tag for n in marks_of(map_svg(MARKS))]


def test_states_differ_in_shape_not_only_in_colour() -> None:
    """Outside a norm is a circle, the two others are diamonds, filled or hollow by their class."""
    shapes = {n.attrs["class"]: n.tag for n in marks_of(map_svg(MARKS))}
    assert {
        "mark violated": "polygon",
        "mark undetermined": "polygon",
        "mark outside": "circle",
    } == shapes


def test_wide_uncertainty_is_drawn_and_several_incidents_are_counted() -> None:
    """A place that may be 25 km off has a disc; three incidents at one place say 3."""
    tree = read_page(map_svg(MARKS))
    assert 1 == len([n for n in tree.all("circle") if n.attrs["class"] == "disc"])
    assert ["3"] == [n.text for n in tree.all("text") if n.attrs.get("class") == "count"]


def test_words_of_a_place_are_text() -> None:
    """A label with signs of mark-up stays a label."""
    titles = [n.text for n in read_page(map_svg(MARKS)).all("title")]
    assert "Damascus & <around>" in titles


def test_map_tells_itself_in_words() -> None:
    """The label counts incidents and places by state."""
    (svg,) = read_page(map_svg(MARKS)).all("svg")
    assert (
        "Map of 5 incidents at 3 places: 1 with an assessed violation, 3 undetermined, "
        "1 not under a norm of the deal." == svg.attrs["aria-label"]
    )


@pytest.mark.parametrize(
    ("marks", "most_km"), [(MARKS, 600), (MARKS[:1], 100), ((MARKS[0], MARKS[0]), 100)]
)
def test_scale_bar_is_true(marks: tuple[Mark, ...], most_km: int) -> None:
    """The bar is as long as its kilometres in the middle of the map, within two in a hundred."""
    svg = map_svg(marks)
    bar = re.search(r'<path d="M14 [\d.]+ h([\d.]+)"/><text[^>]*>(\d+) km', svg)
    assert bar is not None
    length, km = float(bar[1]), int(bar[2])
    height = float(svg.partition(f"0 0 {WIDTH} ")[2].partition('"')[0])
    lats = [m.lat for m in marks]
    lons = [m.lon for m in marks]
    wide = max(max(lons) - min(lons), (max(lats) - min(lats)) * 1.3, 1.0)
    degrees_high = max(lats) - min(lats) + 2 * 0.8 * 0.14 * wide
    km_per_px = degrees_high * 111.2 / height
    assert km == pytest.approx(length * km_per_px, rel=0.02)
    assert km <= most_km
    assert length <= WIDTH / 4


def test_all_that_is_drawn_lies_on_the_sheet() -> None:
    """Every mark lies inside the frame."""
    svg = map_svg(MARKS)
    height = float(svg.partition(f"0 0 {WIDTH} ")[2].partition('"')[0])
    for node in marks_of(svg):
        spots = node.attrs.get("points") or f"{node.attrs['cx']},{node.attrs['cy']}"
        for spot in spots.split():
            x, y = (float(part) for part in spot.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= height


def test_same_marks_same_drawing() -> None:
    """The order in which marks of one state come does not change which are drawn."""
    assert map_svg(MARKS) == map_svg(MARKS)
    assert len(marks_of(map_svg(MARKS))) == len(marks_of(map_svg(MARKS[::-1])))


def test_base_map_of_syria_holds_its_outline() -> None:
    """Some ring of the base map lies around Damascus, and every ring is closed."""
    rings = outlines(SYRIA)
    if not basemap._all_rings():
        pytest.skip("the base map is not built here (make basemap)")
    assert 5 <= len(rings)
    assert [] == [ring[0] for ring in rings if ring[0] != ring[-1]]
    assert any(_around(36.28, 33.51, ring) for ring in rings)
    assert () == outlines(Box(-150.0, 40.0, -149.0, 41.0))


def _around(lon: float, lat: float, ring: tuple[tuple[float, float], ...]) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


@pytest.fixture
def no_base_map(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Iterator[None]:
    basemap._all_rings.cache_clear()
    monkeypatch.setattr(basemap, "files", lambda _: tmp_path)
    yield
    basemap._all_rings.cache_clear()


@pytest.mark.usefixtures("no_base_map")
def test_without_a_base_map_the_marks_are_still_drawn() -> None:
    """A package built without outlines shows marks, towns and scale."""
    assert () == outlines(SYRIA)
    assert 3 == len(marks_of(map_svg(MARKS)))


def test_towns_are_the_largest_of_the_box() -> None:
    """At most as many as asked for, inside the box, the same every time."""
    found = towns(SYRIA, 5)
    assert 5 == len(found)
    assert "Aleppo" in {name for name, _, _ in found}
    assert all(SYRIA.holds(lon, lat) for _, lon, lat in found)
    assert found == towns(SYRIA, 5)
    assert () == towns(Box(-150.0, 40.0, -149.0, 41.0), 5)


DAYS = (
    StripDay("12 Sep", "good", 1, 1, 0, 0, "nothing was reported"),
    StripDay("13 Sep", "bad", 1, 1, 2, 5, "two & a half < three"),
    StripDay("14 Sep", "open", 1, 2, 1, 1, "nobody watched"),
)


def test_without_days_there_is_no_strip() -> None:
    """A clock that never ran has no strip."""
    assert "" == strip_svg((), title="Calm", unit="days")


def test_each_day_has_its_word_its_hands_and_its_reason() -> None:
    """Label, word, both hands, reports beside incidents, and why, for each day."""
    tree = read_page(strip_svg(DAYS, title="Calm", unit="days"))
    words = [n.text for n in tree.all("text") if n.attrs.get("class", "").startswith("word")]
    hands = [n.text for n in tree.all("text") if n.attrs.get("class") == "hand"]
    assert ["good", "bad", "open"] == words
    assert ["1", "1", "1", "1", "1", "2"] == hands
    assert ["0 / 0", "5 / 2", "1 / 1"] == [
        n.text for n in tree.all("text") if n.attrs.get("class") == "bar"
    ]
    assert "13 Sep: two & a half < three" in [n.text for n in tree.all("title")]


def test_bad_days_are_crossed() -> None:
    """Only the bad day has a cross: pattern tells it, colour helps."""
    tree = read_page(strip_svg(DAYS, title="Calm", unit="days"))
    assert 1 == len([n for n in tree.all("path") if n.attrs["class"] == "cross"])


def test_strip_tells_itself_in_words() -> None:
    """The label names each day and both hands at the end."""
    (svg,) = read_page(strip_svg(DAYS, title="Calm <1>", unit="days")).all("svg")
    assert (
        "Calm <1>: 12 Sep good, 13 Sep bad, 14 Sep open. "
        "At the end 1 days certain, up to 2 possible." == svg.attrs["aria-label"]
    )


@pytest.mark.parametrize("number", [1, 7, 40])
def test_strip_is_as_wide_as_its_days(number: int) -> None:
    """Columns stand beside each other inside the frame, also for a long clock."""
    tree = read_page(strip_svg(DAYS[:1] * number, title="Calm", unit="days"))
    (svg,) = tree.all("svg")
    width = float(svg.attrs["viewbox"].split()[2])
    cells = [n for n in tree.all("rect") if n.attrs["class"].startswith("cell")]
    edges = [float(c.attrs["x"]) + float(c.attrs["width"]) for c in cells]
    assert number == len(cells)
    assert sorted(edges) == edges
    assert edges[-1] <= width
