"""The host shows one history to a and another to b, both signed with the log's key."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.looks import at_the_other_side
from tregua.rehearsal.opening import report
from tregua.rehearsal.stage import Stage

if TYPE_CHECKING:
    from tregua.ledger.notes.checkpoint import LogHead


def act(stage: Stage) -> Done:
    """Publish two histories: to each side the one that holds its own report only."""
    other = stage.folder / "shown-to-b"
    shutil.copytree(stage.centre, other)
    shown = [
        _shown(stage, "a"),
        _shown(Stage(stage.folder, stage.cast, stage.now, centre=other.name), "b"),
    ]
    roots = tuple(head.root.hex()[:12] for head in shown)
    what = (
        f"a is shown {shown[0].size} entries with its own report as the last, b the same with its"
    )
    return Done(what, (".tlog-conflict", f"{shown[0].size} entries", *roots))


def _shown(stage: Stage, side: str) -> LogHead:
    stage.put(report(stage, side))
    return stage.beat(asking=(side,)).held.head


ATTACK = Attack("log-forked", "two histories shown", act, at_the_other_side)
