"""The example deals of the design folder: read whole, without a mistake."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tregua.agreement.read import Reading, read_deal
from tregua.agreement.value import AmountRange, Items, Op

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("TREGUA_TEST_DATA", ROOT.parent / "shared" / "data"))
EXAMPLES = DATA.parent / "design" / "examples"

pytestmark = [
    pytest.mark.outside,
    pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the design folder is not beside the project"),
]


def _example(name: str) -> Reading:
    return read_deal(EXAMPLES / f"{name}.deal.md")


def test_september_2016_reads_whole() -> None:
    """The deal of September 2016 has 60 blocks, 25 paragraphs, and no reader note."""
    reading = _example("syria-2016-09")
    assert () == reading.notes
    assert (60, 25, 16, 2) == (
        len(reading.text.blocks),
        len(reading.text.paragraphs),
        len(reading.text.clauses),
        len(reading.text.instruments),
    )
    deal = reading.agreement
    assert ["government", "opposition"] == [p.id for p in deal.parties]
    assert (15, 2, 1, 1, 2, 3, 2) == (
        len(deal.norms),
        len(deal.phases),
        len(deal.clocks),
        len(deal.gates),
        len(deal.exceptions),
        len(deal.powers),
        len(deal.terms),
    )
    shapes = [n.shape for n in deal.norms]
    assert {"forbid": 7, "achieve": 6, "maintain": 1, "allow": 1} == {
        shape: shapes.count(shape) for shape in shapes
    }


def test_the_minsk_table_reads_as_written() -> None:
    """The memorandum of 2014 has 11 rows, 15 km for the rest, and a zone of at least 30 km."""
    reading = _example("minsk-memorandum-2014")
    assert () == reading.notes
    table = reading.text.block("memo-4")
    assert table is not None
    distances = [
        str(row.value.items[-1].only) for row in table.every("row") if isinstance(row.value, Items)
    ]
    km = (9, 8, 16, 33, 21, 36, 70, 40, 70, 120, 120)
    assert [f"{n} km" for n in km] == distances
    zone = reading.text.block("safety-zone")
    assert zone is not None
    width = zone.get("width")
    assert isinstance(width, Items)
    assert Op(">=") == width.items[0].atoms[0]
    assert not isinstance(width.items[0].only, AmountRange)


def test_reading_needs_no_heavy_library() -> None:
    """Reading a deal imports neither the geometry library nor anything of the network."""
    code = (
        "import sys; from pathlib import Path; from tregua.agreement.read import read_deal; "
        f"read_deal(Path({str(EXAMPLES / 'syria-2016-09.deal.md')!r})); "
        "print(*{'shapely', 'numpy', 'openpyxl', 'jinja2', 'socket'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ("", "", 0) == (done.stdout.strip(), done.stderr.strip(), done.returncode)
