"""The extra ``fast``: machine code gives the bytes of the plain kernel, and is never needed."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.w_rules import rules
from bench.w_zones import zones as zones_of_w
from tests.zones.generated import blobs, squares
from tests.zones.test_mask_kernel import (
    ROW,
    classes,
    columns,
    full,
    many,
    september,
    tables,
)
from tests.zones.test_workload_w import events
from tests.zones.test_zone_index import edge_cases, span
from tregua.assessment.mask_kernel import masks
from tregua.assessment.mask_tables import Compiled, compile_masks
from tregua.assessment.zone_classes import build_classes
from tregua.assessment.zone_grid import build_index
from tregua.assessment.zone_index import Found, zone_sets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tregua.assessment.masks import RuleTable
    from tregua.assessment.operators.select import Chosen

needs_numba = pytest.mark.skipif(
    find_spec("numba") is None, reason="the extra fast (numba) is not installed"
)


def both(compiled: Compiled, given_: list[NDArray[Any]], **more: Any) -> tuple[Chosen, Chosen]:
    """Return the plain and the compiled answer."""
    return masks(compiled, *given_, **more), masks(compiled, *given_, **more, fast=True)


def same(plain: Chosen, fast: Chosen) -> bool:
    return (plain.must.tobytes(), plain.may.tobytes()) == (
        fast.must.tobytes(),
        fast.may.tobytes(),
    )


@needs_numba
@pytest.mark.slow
@given(tables(), st.lists(ROW, min_size=1, max_size=20))
def test_the_compiled_kernel_gives_the_same_bytes(
    table: RuleTable, rows: list[tuple[float, ...]]
) -> None:
    """For generated rules and rows, with values left out, on borders and without place."""
    *given_, radius = columns(rows)
    compiled = compile_masks(table, classes())
    assert same(*both(compiled, given_, radius_m=radius))
    assert same(*both(compiled, given_))


@needs_numba
@pytest.mark.slow
def test_the_compiled_kernel_gives_the_same_bytes_on_workload_w() -> None:
    """Twelve norms, 115 zones, 20,000 events; nothing is uncertain, so there is one array."""
    part, shapes = events(), zones_of_w()
    compiled = compile_masks(rules(tuple(shapes)), build_classes(shapes, radii_m=(0.0,)))
    names = ("lon", "lat", "time", "actor", "target", "kind", "weapon")
    plain, fast = both(compiled, [part[name] for name in names])
    assert same(plain, fast)
    assert plain.may.any()
    assert fast.must is fast.may


@needs_numba
@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 7, 2_048, 500_000])
def test_any_split_of_the_rows_gives_the_same_bytes(rows: int) -> None:
    """One row at a time, seven, a block of the kernel, or all at once: the same masks."""
    compiled, table = compile_masks(september(), classes()), many(5_000 if rows > 7 else 500)
    *given_, radius = columns(table)
    plain = masks(compiled, *given_, radius_m=radius)
    parts = [
        masks(
            compiled, *(c[k : k + rows] for c in given_), radius_m=radius[k : k + rows], fast=True
        )
        for k in range(0, len(table), rows)
    ]
    assert plain.may.tobytes() == b"".join(part.may.tobytes() for part in parts)
    assert plain.must.tobytes() == b"".join(part.must.tobytes() for part in parts)


@needs_numba
@pytest.mark.slow
def test_every_bit_is_used() -> None:
    """48 norms and 16 exceptions, the last of which is the sign of the word."""
    compiled = compile_masks(full(48, 16), classes())
    *given_, radius = columns(many(2_000))
    plain, fast = both(compiled, given_, radius_m=radius)
    assert same(plain, fast)
    assert (plain.may >> 47 & 1).any()


@needs_numba
@pytest.mark.slow
def test_a_code_that_stands_for_no_value_is_refused() -> None:
    """Compiled code does not read beyond the end of a table."""
    compiled = compile_masks(september(), classes())
    *given_, _ = columns(many(5))
    for column in range(3, 7):
        wrong = [*given_]
        wrong[column] = np.full(5, 100, np.int16)
        with pytest.raises(IndexError, match="code 100 stands for no value"):
            masks(compiled, *wrong, fast=True)


@needs_numba
@pytest.mark.slow
@pytest.mark.parametrize("zones", [squares(), blobs(30, seed=6)], ids=["squares", "blobs"])
def test_the_compiled_look_up_gives_the_same_bytes(zones: Any) -> None:
    """Points on corners, edges and lines of the grid, beside them, anywhere, and nowhere."""
    from tregua.assessment.zone_compiled import zone_sets as compiled_sets

    index = build_index(zones, size=50)
    lon, lat = (column[::5] for column in edge_cases(zones, index))
    chance = np.random.default_rng(7)
    lon = np.concatenate([lon, chance.uniform(*span(lon), 50_000), [np.nan, 1.0, np.inf, 1e300]])
    lat = np.concatenate([lat, chance.uniform(*span(lat), 50_000), [1.0, np.nan, 1.0, -1e300]])
    assert told(zone_sets(index, lon, lat)) == told(compiled_sets(index, lon, lat))
    coarse = build_index(zones, size=3)
    assert told(zone_sets(coarse, lon, lat)) == told(compiled_sets(coarse, lon, lat))


def told(found: Found) -> tuple[bytes, bytes, object]:
    return found.certain.tobytes(), found.possible.tobytes(), found.more


def test_without_numba_the_plain_kernel_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for speed where the extra is not installed gives the same answer."""
    monkeypatch.setattr("tregua.assessment.mask_kernel.find_spec", lambda _: None)
    compiled = compile_masks(september(), classes())
    *given_, radius = columns(many(200))
    assert same(*both(compiled, given_, radius_m=radius))


def test_nobody_loads_numba_who_did_not_ask() -> None:
    """The kernel, the look-up and the live path run without it."""
    call = (
        "import sys; from tregua.assessment import mask_kernel, mask_one, zone_classes; "
        "import tregua.centre; print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True)
    assert "False" == done.stdout.strip()
