"""Where something happened, as precisely as it was said, and as it was heard.

A `Place` keeps the name in the reporter's own script, an optional point with a radius of
uncertainty in metres, and an optional named area. A province or a whole country has no point:
a stand-in point is never used for a distance.

Not here: zones of a deal and gazetteers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8  # mean radius (WGS 84), metres


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a report gives it.

    Attributes:
        name: as heard or written, in its own script; empty when not stated.
        lon: degrees east (WGS 84), -180..180; ``None`` when no point is given.
        lat: degrees north (WGS 84), -90..90; ``None`` when no point is given.
        radius_m: uncertainty of the point in metres; ``None`` when the point is only a stand-in
            for an area, so that no distance may be taken from it.
        area: name of the area that is meant when there is no usable point ("Aleppo Governorate").
    """

    name: str = ""
    lon: float | None = None
    lat: float | None = None
    radius_m: float | None = None
    area: str = ""

    @property
    def has_point(self) -> bool:
        """Say whether there is a point from which a distance may be taken."""
        return self.lon is not None and self.lat is not None and self.radius_m is not None

    @property
    def is_known(self) -> bool:
        """Say whether anything at all was said about the place."""
        return bool(self.name or self.area) or self.has_point

    def __str__(self) -> str:
        return self.name or self.area or "place not stated"


def distance_m(a: Place, b: Place) -> float | None:
    """Return the distance in metres (haversine), ``None`` if one has no usable point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    if a.radius_m is None or b.radius_m is None:  # a stand-in point: no distance is taken from it
        return None
    lat1, lat2 = radians(a.lat), radians(b.lat)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half)))
