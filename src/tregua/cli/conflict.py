"""Two histories of one log, for ``tregua audit``: build the proof, or look into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.ledger.notes.conflict import Conflict


def hold_against(
    notes: tuple[Path, Path], tiles: str, policy: Path, into: Path, *, as_json: bool
) -> None:
    """Hold two checkpoints against each other; write the proof when there is one."""
    from tregua.cli.listen import bytes_in, policy_in
    from tregua.cli.write_whole import write_whole
    from tregua.ledger.mirror.sources import source_at
    from tregua.ledger.notes.checkpoint import read_head_text
    from tregua.ledger.notes.conflict import conflict_of
    from tregua.ledger.notes.note import MAX_NOTE, read_note
    from tregua.ledger.notes.policy import one_log
    from tregua.ledger.tiles.tiled_tree import TiledTree

    one, other = (read_note(bytes_in(path, most=MAX_NOTE)) for path in notes)
    sizes = {read_head_text(note.text).size for note in (one, other)}
    wanted = bool(tiles) and len(sizes) > 1
    leaves = list(TiledTree(source_at(tiles), max(sizes)).leaves()) if wanted else []
    conflict = conflict_of(one, other, one_log(policy_in(policy)).key, leaves)
    if _tell(conflict, as_json=as_json, then=f"The proof lies in {into}; hand it to everybody."):
        write_whole(conflict.to_bytes(), into)
        _end()


def look_into(file: Path, *, as_json: bool) -> None:
    """Say what a conflict file proves."""
    from tregua.cli.listen import bytes_in
    from tregua.ledger.notes.conflict import MAX_CONFLICT, read_conflict

    conflict = read_conflict(bytes_in(file, most=MAX_CONFLICT))
    if _tell(
        conflict, as_json=as_json, then=f"Compare the log's key with the annex: {conflict.log}"
    ):
        _end()


def _tell(conflict: Conflict, *, as_json: bool, then: str) -> bool:
    from tregua.cli.print import say, say_json
    from tregua.ledger.notes.conflict import what_conflicts

    said = what_conflicts(conflict)
    if as_json:
        say_json({"conflict": bool(said), "said": said, "log": str(conflict.log)})
    elif said:
        say(f"Two histories are proved: {said}.", then)
    else:
        say("The two checkpoints can both be true; there is no conflict.")
    return bool(said)


def _end() -> None:
    import typer

    raise typer.Exit(4)
