"""What ``tregua demo attacks`` shows: what was done to the record, and by what it is caught."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tregua.rehearsal.attack import Played

FAILED = 4


def show_attacks(folder: Path | None, *, as_json: bool) -> None:
    """Play the attacks in a folder that is kept, or in one that is not; exit 4 when one slips by.

    Raises:
        StoreUnwritable: the folder cannot be written, or holds something already.
    """
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from tregua.rehearsal.play_attacks import play_attacks

    with TemporaryDirectory() as passing:
        played = play_attacks(folder or Path(passing))
        outcomes = _as_json(played) if as_json else _as_text(played, folder)
    if "not caught" in outcomes:
        raise typer.Exit(FAILED)


def _as_text(played: Iterable[tuple[int, Played]], folder: Path | None) -> list[str]:
    from tregua.cli.print import say

    say("tregua demo attacks: a record that two sides and a neutral keep, attacked in copies", "")
    outcomes = []
    for number, one in played:
        outcomes.append(str(one.outcome))
        say(f"{number:2}. {one.attack.title}: {one.done.what}.", f"    {_told(one)}", "")
    counts = [f"{outcomes.count(kind)} {kind}" for kind in dict.fromkeys(outcomes)]
    say(f"{len(outcomes)} attacks: {', '.join(counts)}.")
    if folder is not None:
        say(f"Next: look at the copies in {folder}; the record that nobody touched is `record`.")
    return outcomes


def _told(one: Played) -> str:
    if one.before:
        return f"{one.outcome}: the same look complained before anything was done: {one.before}"
    return f"{one.outcome}: {one.said or 'the look that should find it found nothing'}"


def _as_json(played: Iterable[tuple[int, Played]]) -> list[str]:
    from tregua.cli.print import say_json

    told = [
        {
            "number": number,
            "attack": one.attack.id,
            "title": one.attack.title,
            "done": one.done.what,
            "outcome": str(one.outcome),
            "said": one.said,
        }
        for number, one in played
    ]
    say_json({"attacks": told})
    return [str(one["outcome"]) for one in told]
