"""Workload T: the constants come out, and the operators agree with SQL written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import four_norms, four_norms_sql
from bench.workload_t import EXPECTED, generate

if TYPE_CHECKING:
    from pathlib import Path


def test_ten_thousand_events(tmp_path: Path) -> None:
    """The generator gives the prescribed events, and both implementations the same results."""
    path = str(tmp_path / "t.parquet")
    generate(path, "10000")
    ours, theirs = four_norms.decide(path), four_norms_sql.decide(path)
    wanted = EXPECTED[10_000]
    assert (wanted.calm, wanted.access, wanted.attacks[1], wanted.count) == ours["found"]
    assert theirs["digest"] == ours["digest"]
