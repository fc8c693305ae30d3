"""Whose view a page is, and how much is left out of it: said on every page, text and JSON."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tregua.sharing.counts import told
from tregua.terms.time import show_seconds

if TYPE_CHECKING:
    from tregua.centre import Known
    from tregua.sharing.doubted import Doubted

_NAMED = 5  # ids in a sentence; JSON has all of them
KEEPER = "whoever keeps this record"


def seen_by(known: Known) -> str:
    """Return in words whose view it is."""
    who = known.audience or f"{KEEPER}: all that is held here"
    if known.audience:
        return f"{who}; left out, whole or in part: {_left_out(known)} entries"
    if not known.left_out:
        return who
    return f"{who}; not held, whole or in part: {_left_out(known)} entries"


def erased_words(known: Known) -> tuple[str, ...]:
    """Return a sentence for each entry of which the body was destroyed."""
    return tuple(one.words for one in known.erased)


def doubted_words(known: Known) -> tuple[str, ...]:
    """Return a sentence for each revoked key of which records are known that nobody vouches for."""
    by_key = groupby(sorted(known.doubted, key=_key), key=_key)
    return tuple(_doubt(words, list(mine)) for words, mine in by_key)


def _key(one: Doubted) -> tuple[str, str]:
    return str(one.entry.standing), one.entry.key_words


def _doubt(words: tuple[str, str], mine: list[Doubted]) -> str:
    standing, key = words
    ids = [one.record for one in mine]
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    records = "1 record" if len(ids) == 1 else f"{len(ids)} records"
    return f"{standing}: {records} known here ({', '.join(ids[:_NAMED])}{more}); {key}"


def view_json(known: Known) -> dict[str, object]:
    """Return the same as plain values."""
    doubted = [
        {
            "record": one.record,
            "entry": one.entry.id,
            "key": one.entry.kid,
            "standing": str(one.entry.standing),
            "lost": show_seconds(one.entry.lost),
        }
        for one in known.doubted
    ]
    erased = [{"entry": e.of, "on": e.on, "by": e.by, "why": e.why} for e in known.erased]
    left_out = _left_out(known)
    return {
        "audience": known.audience,
        "left_out": left_out,
        "erased": erased,
        "doubted": doubted,
    }


def _left_out(known: Known) -> str:
    # Who keeps the record counts what it lacks; for others a small number would tell too much.
    return told(len(known.left_out), hidden=bool(known.audience))
