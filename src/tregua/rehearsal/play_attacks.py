"""Play every attack of the list, each on its own copy of one small record."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from tregua.errors import StoreUnwritable
from tregua.rehearsal.attack import Played
from tregua.rehearsal.attacks import ATTACKS
from tregua.rehearsal.cast import new_cast
from tregua.rehearsal.opening import begin
from tregua.rehearsal.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tregua.rehearsal.attack import Attack

RECORD = "record"  # folder of the record that nobody touches
_DEAL = "syria-2016-09.deal.md"  # the text that the entries name


def play_attacks(
    folder: Path, *, random: Callable[[int], bytes] = os.urandom
) -> Iterator[tuple[int, Played]]:
    """Play the attacks, one after another; yield the number of each and what came of it.

    Args:
        folder: where the record and a copy of it for each attack are made; made if it is missing.
        random: where keys and salts come from.

    Raises:
        StoreUnwritable: the folder is not empty, or cannot be written.
    """
    _make(folder)
    stage = begin_record(folder / RECORD, random=random)
    for number, attack in enumerate(ATTACKS, start=1):
        yield number, play(attack, stage, folder / f"{number:02d}-{attack.id}")


def begin_record(folder: Path, *, random: Callable[[int], bytes] = os.urandom) -> Stage:
    """Make the record that the attacks are played on; its entries name a bundled deal."""
    deal = (files("tregua") / "agreement" / "library" / _DEAL).read_bytes()
    return begin(folder, new_cast(sha256(deal).hexdigest(), random=random))


def play(attack: Attack, record: Stage, folder: Path) -> Played:
    """Play one attack on a copy of a record; the record itself is not touched.

    Raises:
        StoreUnwritable: no copy can be made.
    """
    try:
        shutil.copytree(record.folder, folder)
    except OSError as error:
        why = error.strerror or "it cannot be written"
        raise StoreUnwritable(folder, why, left="the attacks before it were played") from error
    stage = Stage(folder, record.cast, record.now)
    before = attack.look(stage)
    done = attack.act(stage)
    return Played(attack, done, before, attack.look(stage))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
    except OSError as error:
        why = error.strerror or "it cannot be made"
        raise StoreUnwritable(folder, why, left="nothing was written") from error
    if not is_empty:
        raise StoreUnwritable(folder, "there is something in it", left="nothing was written")
