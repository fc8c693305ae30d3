"""Imports look back, never forward: the contracts hold, and each of them would notice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tuple(
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
)
# For each contract one move that it forbids: the file, and the line put at its end.
MOVES = {
    "The road: a room knows only the rooms before it": (
        "incidents/match.py",
        "import tregua.status.advance",
    ),
    "Databases only in ledger": (
        "assessment/assess.py",
        "import sqlite3",
    ),
    "The network only in the downloader, and where cosigners are asked and answer": (
        "ledger/notes/note.py",
        "import socket",
    ),
    "Readers do not know each other": (
        "reports/readers/ged.py",
        "import tregua.reports.readers.claims",
    ),
    "Clause kinds do not know each other": (
        "agreement/clauses/duty.py",
        "import tregua.agreement.clauses.phase",
    ),
    "Lint rules do not know each other": (
        "agreement/lint/l101_members.py",
        "import tregua.agreement.lint.l601_no_consequence",
    ),
    "Questions to prove do not know each other": (
        "agreement/prove/l901_circle.py",
        "import tregua.agreement.prove.l903_unreached",
    ),
    "Operators do not know each other": (
        "assessment/operators/since.py",
        "import tregua.assessment.operators.covered",
    ),
    "Sections do not know each other": (
        "bulletin/sections/days.py",
        "import tregua.bulletin.sections.gates",
    ),
    "Attacks do not know each other": (
        "rehearsal/attacks/flood.py",
        "import tregua.rehearsal.attacks.stalling",
    ),
    "A page never opens the ledger": (
        "bulletin/compose.py",
        "import tregua.ledger.open",
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source and of the contracts, so that the tree itself is never touched."""
    folder = tmp_path_factory.mktemp("contracts")
    leave_out = shutil.ignore_patterns("__pycache__", "basemap", "library")
    shutil.copytree(ROOT / "src", folder / "src", ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def check(folder: Path) -> tuple[int, str]:
    """Run the contracts on a copy, in its own interpreter; return exit code and what it printed."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    command += ["--cache-dir", str(folder / "cache")]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_all_contracts_are_kept_on_the_tree_as_it_is(copy: Path) -> None:
    """Every contract of pyproject.toml is kept."""
    code, printed = check(copy)
    assert code == 0, printed
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in printed


@pytest.mark.slow
@pytest.mark.parametrize("name", CONTRACTS)
def test_a_forbidden_move_is_caught(name: str, copy: Path) -> None:
    """A line that a contract forbids breaks that contract, and the module is named."""
    file, line = MOVES[name]
    path = copy / "src" / "tregua" / file
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{line}\n", "utf-8")
    try:
        code, printed = check(copy)
    finally:
        path.write_text(before, "utf-8")
    assert code == 1, printed
    assert f"{name} BROKEN" in printed
    assert "tregua." + file.removesuffix(".py").replace("/", ".") in printed


@pytest.mark.slow
def test_a_room_that_nobody_placed_on_the_road_is_caught(copy: Path) -> None:
    """A new folder that stands on no layer breaks the contract of the road."""
    room = copy / "src" / "tregua" / "parlour"
    room.mkdir()
    (room / "__init__.py").write_text('"""A room that nobody declared."""\n', "utf-8")
    try:
        code, printed = check(copy)
    finally:
        shutil.rmtree(room)
    assert code == 1, printed
    assert "parlour" in printed
