"""Workload W in small: the kernel against plain evaluation with shapely, and what is generated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from bench.w_events import aliases, columns
from bench.w_names import PARTIES, TARGETS
from bench.w_ours import matches
from bench.w_peers import Coded, Tree
from bench.w_plain import concerned
from bench.w_rules import NORMS, TARGET_CLASSES, rules
from bench.w_zones import zones
from tregua.assessment.mask_kernel import masks
from tregua.assessment.mask_tables import compile_masks
from tregua.assessment.zone_classes import build_classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

EVENTS = 20_000


def events() -> dict[str, NDArray[Any]]:
    """Return some events with codes of the rule table in place of spellings."""
    (chunk,) = columns(EVENTS)
    owners = [PARTIES.index(party) for party in aliases().values()]
    words = [TARGET_CLASSES.index(kind) for kind, of in TARGETS.items() for _ in of]
    return {
        "lon": chunk["lon"],
        "lat": chunk["lat"],
        "time": chunk["t_event"],
        "actor": np.array(owners)[chunk["actor"]],
        "target": np.array([*owners, *words])[chunk["target"]],
        "kind": chunk["event_type"],
        "weapon": chunk["weapon"],
    }


@pytest.mark.slow
def test_the_kernel_agrees_with_plain_rules_and_shapely() -> None:
    """Of 20,000 events each gets the norms that twelve plain comparisons and shapely give."""
    part, shapes = events(), zones()
    compiled = compile_masks(rules(tuple(shapes)), build_classes(shapes, radii_m=(0.0,)))
    names = ("lon", "lat", "time", "actor", "target", "kind", "weapon")
    chosen = masks(compiled, *(part[name] for name in names))
    bits = chosen.may
    row, norm = concerned(Coded(part, Tree()))
    assert [row.tolist(), norm.tolist()] == [column.tolist() for column in matches(bits)]
    assert 0.25 < np.count_nonzero(bits) / EVENTS < 0.45
    assert chosen.must is chosen.may


def test_the_map_is_that_of_the_design() -> None:
    """There are 115 valid zones; those that are not districts have the corners of the prototype."""
    shapes = zones()
    assert 115 == len(shapes)
    assert all(shape.is_valid for shape in shapes.values())
    corners = dict.fromkeys(("road", "dmz", "siege", "nofly", "excluded"), 0)
    for name, shape in shapes.items():
        if name.split()[0] in corners:
            corners[name.split()[0]] += int(shapely.get_num_coordinates(shape))
    expected = {"road": 3_016, "dmz": 141, "siege": 330, "nofly": 198, "excluded": 2_307}
    assert expected == corners
    assert shapes.keys() == zones().keys()
    assert 12 == len(NORMS)


def test_matches_are_read_bit_by_bit() -> None:
    """Each bit of a mask is a row and a norm, in order."""
    row, norm = matches(np.array([0, 0b101, 0, 1 << 47, 0b10], np.int64))
    assert [1, 1, 3, 4] == row.tolist()
    assert [0, 2, 47, 1] == norm.tolist()
