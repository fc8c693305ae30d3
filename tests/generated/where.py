"""Where the norms of a drawn deal hold: small zones with and without outline, a road, a ring."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from tests.generated.blocks import block, one_of

MAPS = Path(__file__).parent / "maps"


@dataclass(frozen=True)
class Where:
    """The blocks, and the ids of the grounds."""

    text: str
    grounds: tuple[str, ...]


@st.composite
def grounds(draw: st.DrawFn) -> Where:
    """Draw a valley, and some of: a town in it, a hill on its border, a marsh, a track, a strip."""
    texts = [_zone(draw, "valley")]
    names = ["valley"]
    for name, inside in (("town", "inside: valley"), ("hill", ""), ("marsh", "")):
        if draw(st.booleans()):
            names.append(name)
            texts.append(_zone(draw, name, inside))
    if draw(st.booleans()):
        names.append("track")
        geometry = one_of(draw, "geometry", '"track.geojson"', "undefined")
        texts.append(block('road track "The track"', geometry, "through: valley"))
    if draw(st.integers(0, 2)) == 0:
        names.append("strip")
        distance = one_of(draw, "distance", "3500 m", "15..20 km", "undefined")
        texts.append(block('ring strip "The strip"', "from: valley", "side: north", distance))
    return Where("\n".join(texts), tuple(names))


def _zone(draw: st.DrawFn, name: str, inside: str = "") -> str:
    drawn = 'undefined "to be agreed"'
    drawn = drawn if name == "marsh" else draw(st.sampled_from((f'"{name}.geojson"', drawn)))
    return block(f'zone {name} "The {name}"', "is: area", f"geometry: {drawn}", inside)
