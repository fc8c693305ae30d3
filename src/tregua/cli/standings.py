"""How the entries of revoked keys stand: a few lines for each key, and every entry as JSON."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.ledger.standing import Affected


def standing_lines(found: Iterable[Affected]) -> Iterator[str]:
    """Say for each revoked key which of its entries stand how."""
    from tregua.ledger.standing import Standing

    for words, mine in groupby(sorted(found, key=_by_key), key=lambda one: one.key_words):
        yield f"{words}:"
        every = list(mine)
        for standing in Standing:
            those = [one for one in every if one.standing is standing]
            if those:
                yield f"  {standing}: {_named(one.index for one in those)}{_seen(those)}"


def standings_json(found: Iterable[Affected]) -> list[dict[str, object]]:
    """Return each entry of a revoked key as plain values; times are UTC."""
    from tregua.terms.time import show_seconds

    return [
        {
            "index": one.index,
            "entry": one.id,
            "key": one.kid,
            "standing": str(one.standing),
            "revoked_by": one.revoked,
            "lost": show_seconds(one.lost),
            "acknowledged": None if one.acknowledged is None else show_seconds(one.acknowledged),
        }
        for one in found
    ]


def _by_key(one: Affected) -> tuple[str, int]:
    return one.kid, one.index


def _named(indices: Iterable[int]) -> str:
    """Name entries by number, those that follow each other as a span: entries 4, 7 to 9."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    spans = [f"{r[0]}" if len(r) == 1 else f"{r[0]} to {r[-1]}" for r in runs]
    many = "entry" if spans == [f"{runs[0][0]}"] else "entries"
    return f"{many} {', '.join(spans)}"


def _seen(those: list[Affected]) -> str:
    from tregua.terms.time import show_seconds

    times = [one.acknowledged for one in those if one.acknowledged is not None]
    if len(times) < len(those):
        lacking = "none" if not times else f"only {len(times)}"
        return f"; {lacking} of them cosigned by another party, as far as is at hand"
    return f"; each cosigned by another party, the last at {show_seconds(max(times))}"
