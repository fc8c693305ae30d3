"""Whose view a page is, and how much is left out of it: said on every page, text and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.sharing.counts import told

if TYPE_CHECKING:
    from tregua.centre import Known

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


def view_json(known: Known) -> dict[str, object]:
    """Return the same as plain values."""
    erased = [{"entry": e.of, "on": e.on, "by": e.by, "why": e.why} for e in known.erased]
    return {"audience": known.audience, "left_out": _left_out(known), "erased": erased}


def _left_out(known: Known) -> str:
    # Who keeps the record counts what it lacks; for others a small number would tell too much.
    return told(len(known.left_out), hidden=bool(known.audience))
