"""The map: outlines, towns, and one mark per place with an incident. Inline SVG, no script.

States are told apart by shape first: filled diamond = assessed as a violation, hollow dotted
diamond = undetermined, hollow circle = not under a norm of the deal. A soft disc shows how far the
stated place may be off; a place without a usable point is not drawn but counted in the caption.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import cos, radians

from tregua.bulletin.basemap import Box, Ring, outlines, towns

WIDTH = 720  # px
KM_PER_DEGREE = 111.2  # of latitude, for the scale bar and the discs only
MOST_TOWNS = 14
LABEL = (95, 16)  # px that a town's name takes
SMALL = 6  # px: a smaller disc hides behind its mark


@dataclass(frozen=True, slots=True)
class Mark:
    """One place on the map.

    Attributes:
        lon, lat: degrees (WGS 84).
        radius_m: uncertainty, metres.
        state: violated, undetermined, outside.
        label: words for the title of the mark.
        target: anchor of the row that tells more.
        count: incidents at this place.
    """

    lon: float
    lat: float
    radius_m: float
    state: str
    label: str
    target: str
    count: int = 1


def map_svg(marks: tuple[Mark, ...]) -> str:
    """Draw the map; an empty string when there is nothing to draw."""
    if not marks:
        return ""
    frame = _Frame(_box_of(marks))
    size = f'viewBox="0 0 {WIDTH} {frame.height:.0f}"'
    parts = [
        f'<svg class="map" {size} role="img" aria-label="{escape(_in_words(marks))}">',
        f'<rect class="water" width="{WIDTH}" height="{frame.height:.0f}"/>',
        *(_outline(ring, frame) for ring in outlines(frame.box)),
        *_town_marks(frame),
        *(_disc(m, frame) for m in marks),
        *(_mark(m, frame) for m in sorted(marks, key=lambda m: _ORDER[m.state])),
        _scale_bar(frame),
        "</svg>",
    ]
    return "".join(parts)


_ORDER = {"outside": 0, "undetermined": 1, "violated": 2}


class _Frame:
    """Degrees to pixels: plate carree, narrowed by the cosine of the middle latitude."""

    def __init__(self, box: Box) -> None:
        self.box = box
        middle = cos(radians((box.south + box.north) / 2))
        self.per_lon = WIDTH / (box.east - box.west)
        self.per_lat = self.per_lon / middle
        self.height = (box.north - box.south) * self.per_lat

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.box.west) * self.per_lon, (self.box.north - lat) * self.per_lat

    def metres(self, length: float) -> float:
        return length / 1000 / KM_PER_DEGREE * self.per_lat


def _box_of(marks: tuple[Mark, ...]) -> Box:
    lons, lats = [m.lon for m in marks], [m.lat for m in marks]
    wide = max(max(lons) - min(lons), (max(lats) - min(lats)) * 1.3, 1.0)
    pad = wide * 0.14
    return Box(min(lons) - pad, min(lats) - pad * 0.8, max(lons) + pad, max(lats) + pad * 0.8)


def _outline(ring: Ring, frame: _Frame) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (frame.xy(*p) for p in ring))
    return f'<polygon class="land" points="{points}"/>'


def _town_marks(frame: _Frame) -> list[str]:
    out: list[str] = []
    taken: list[tuple[float, float]] = []
    for name, lon, lat in towns(frame.box, MOST_TOWNS * 2):
        x, y = frame.xy(lon, lat)
        crowded = any(abs(x - a) < LABEL[0] and abs(y - b) < LABEL[1] for a, b in taken)
        if crowded or x > WIDTH - 80 or len(taken) == MOST_TOWNS:
            continue
        taken.append((x, y))
        out.append(
            f'<rect class="town" x="{x - 1.5:.1f}" y="{y - 1.5:.1f}" width="3" height="3"/>'
            f'<text class="town" x="{x + 7:.1f}" y="{y + 4:.1f}">{escape(name)}</text>'
        )
    return out


def _disc(mark: Mark, frame: _Frame) -> str:
    radius = frame.metres(mark.radius_m)
    if radius < SMALL:
        return ""
    x, y = frame.xy(mark.lon, mark.lat)
    return f'<circle class="disc" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'


def _mark(mark: Mark, frame: _Frame) -> str:
    x, y = frame.xy(mark.lon, mark.lat)
    shape = symbol(mark.state, x, y, 6.5 if mark.count == 1 else 8.5)
    count = f'<text class="count" x="{x + 10:.1f}" y="{y - 5:.1f}">{mark.count}</text>'
    return (
        f'<a href="#{escape(mark.target)}"><title>{escape(mark.label)}</title>{shape}'
        f"{count if mark.count > 1 else ''}</a>"
    )


def symbol(state: str, x: float, y: float, r: float) -> str:
    """Draw the mark of a state around (x, y) in pixels: shape tells it, colour only helps."""
    diamond = f"{x:.1f},{y - r:.1f} {x + r:.1f},{y:.1f} {x:.1f},{y + r:.1f} {x - r:.1f},{y:.1f}"
    if state in ("violated", "undetermined"):
        return f'<polygon class="mark {state}" points="{diamond}"/>'
    name = "kept" if state == "kept" else "outside"
    return f'<circle class="mark {name}" cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.8:.1f}"/>'


def _scale_bar(frame: _Frame) -> str:
    wanted = WIDTH / 5 / frame.metres(1000)
    km = next(k for k in (500, 200, 100, 50, 20, 10, 5, 2, 1) if k <= wanted or k == 1)
    length, y = frame.metres(km * 1000), frame.height - 14
    return (
        f'<g class="scale"><path d="M14 {y:.1f} h{length:.1f}"/>'
        f'<text x="14" y="{y - 5:.1f}">{km} km</text></g>'
    )


def _in_words(marks: tuple[Mark, ...]) -> str:
    def count(state: str) -> int:
        return sum(m.count for m in marks if m.state == state)

    return (
        f"Map of {sum(m.count for m in marks)} incidents at {len(marks)} places: "
        f"{count('violated')} with an assessed violation, {count('undetermined')} undetermined, "
        f"{count('outside')} not under a norm of the deal."
    )
