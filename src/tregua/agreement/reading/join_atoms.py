"""Atoms that belong together: ``10..12 hours``, ``2016-02-27 Asia/Damascus``, ``coh-terms §A3``."""

from __future__ import annotations

import re
from dataclasses import replace

from tregua.agreement.reading.fault import Fault, ValueFault
from tregua.agreement.value import (
    Amount,
    AmountRange,
    Atom,
    ClauseRef,
    Instant,
    Number,
    Op,
    Word,
    ZoneName,
)
from tregua.terms.time import BadTime, read_time


def joined(atoms: list[Atom], zone: str | None) -> list[Atom]:
    """Join them; times get the zone that stands behind them, or the deal's.

    Raises:
        ValueFault: a day that is not in the calendar (D014), or no time at all.
    """
    out: list[Atom] = []
    for atom in atoms:
        before = out[-1] if out else None
        if isinstance(atom, ZoneName) and isinstance(before, Instant) and not before.zone:
            cut = (before.cut[0], atom.cut[1])
            out[-1] = replace(before, zone=atom.name, cut=cut)
        elif isinstance(atom, ClauseRef) and isinstance(before, Word):
            out[-1] = replace(atom, instrument=before.name, cut=(before.cut[0], atom.cut[1]))
        elif isinstance(atom, Amount) and (amounts := _range(out, atom)):
            out[-2:] = [amounts]
        else:
            out.append(atom)
    return [_resolved(a, zone) if isinstance(a, Instant) else a for a in out]


def _range(out: list[Atom], high: Amount) -> AmountRange | None:
    if len(out) < 2 or not (isinstance(out[-1], Op) and out[-1].sign == ".."):  # noqa: PLR2004
        return None
    low = out[-2]
    if isinstance(low, Number):
        low = Amount(low.value, high.unit, cut=low.cut)
    if not isinstance(low, Amount) or low.unit != high.unit:
        return None
    return AmountRange(low, high, cut=(low.cut[0], high.cut[1]))


def _resolved(instant: Instant, zone: str | None) -> Instant:
    """Fill ``when`` as soon as the instant has an offset or a zone, its own or the deal's."""
    has_offset = "T" in instant.text and re.search(r"(?:Z|[+-]\d\d:\d\d)$", instant.text)
    in_zone = instant.zone or zone
    is_floating = in_zone is None and not has_offset
    try:
        # Even where no zone is known, the day must be one of the calendar.
        when = read_time(instant.text, "UTC" if is_floating else in_zone)
    except BadTime as bad:
        code = "D014" if "calendar" in bad.why else "D005"
        fault = Fault(code, bad.why, instant.cut, help="write 2016-09-12 or 2016-09-12T19:00")
        raise ValueFault(fault) from None
    return instant if is_floating else replace(instant, when=when)
