"""Somebody changes one byte of a published bundle of entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.looks import at_the_files

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_ENTRY = 5


def act(stage: Stage) -> Done:
    """Flip one bit in the middle of an entry, wherever it was published."""
    entry = stage.entries()[_ENTRY]
    for bundle in (stage.public / "tile" / "entries").rglob("*"):
        if bundle.is_file():
            data = bytearray(bundle.read_bytes())
            data[data.index(entry) + len(entry) // 2] ^= 1
            bundle.write_bytes(data)
    return Done(f"one byte of entry {_ENTRY} is changed in the files", (f"entry {_ENTRY}:",))


ATTACK = Attack("byte-changed", "one byte of an entry changed", act, at_the_files)
