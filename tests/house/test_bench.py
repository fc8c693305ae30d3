"""The benches run, and what they generate is the same every time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def python(*words: str, root: Path) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.slow
def test_the_quickest_bench_prints_a_table_with_a_peer(root: Path) -> None:
    """`python -m bench deal` measures and sets each figure beside a plain peer."""
    lines = python("-m", "bench", "deal", root=root).splitlines()
    assert "figure" in lines[0]
    assert "ratio" in lines[0]
    assert 4 == len(lines)
    assert all("split into lines and words" in line for line in lines[1:3])
    assert "ten times" in lines[3]


def test_the_same_seed_generates_the_same_file(root: Path, tmp_path: Path) -> None:
    """Generated rows are the same bytes in every process."""
    digests = set()
    for name in ("one.csv", "two.csv"):
        path = tmp_path / name
        call = "import sys, pathlib; from bench.generate import events"
        python("-c", f"{call}; events(pathlib.Path(sys.argv[1]), rows=200)", str(path), root=root)
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert 1 == len(digests)
