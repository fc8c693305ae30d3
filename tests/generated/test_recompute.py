"""P10 on drawn deals and ledgers: another process comes to the same picture, bit for bit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given

from tests.generated.deals import NAME
from tests.generated.ledgers import World, worlds
from tests.generated.road import examples
from tests.generated.where import MAPS
from tregua.bulletin.to_json import picture_json
from tregua.centre import KnownAt, known_in, picture, take_in
from tregua.ledger.open import open_for_writing
from tregua.ledger.signing.desk import new_desk
from tregua.reports.to_entry import body_of

if TYPE_CHECKING:
    from tregua.centre import Picture

DESK = new_desk(("PUBLIC",))
FEW = 6  # each starts a program


@examples(FEW)
@given(worlds())
def test_another_process_recomputes_every_value(world: World) -> None:
    """P10: from deal, ledger and the two times, `tregua recompute` finds no value that differs.

    The other process hashes texts with another seed, so that no order of a set can help.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(MAPS, folder, dirs_exist_ok=True)
        (folder / NAME).write_text(world.deal.text, "utf-8")
        shown = _taken_in(world, folder / "ledger.sqlite")
        (folder / "published.json").write_text(json.dumps(picture_json(shown)), "utf-8")
        words = ("recompute", "published.json", "--deal", NAME, "--ledger", "ledger.sqlite")
        ran = subprocess.run(
            [sys.executable, "-m", "tregua", *words],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": "271828"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert "the same, value by value" in ran.stdout, ran.stdout + ran.stderr
    assert 0 == ran.returncode


def _taken_in(world: World, ledger: Path) -> Picture:
    """Take the records into a file and return the picture that is published."""
    deal = world.deal.agreement
    with open_for_writing(ledger) as store:
        take_in(store, [(r, body_of(r)) for r in world.records], DESK, agreement=deal)
        known = known_in(store, KnownAt(), zone=deal.zone)
    return picture(deal, known, at=world.at)
