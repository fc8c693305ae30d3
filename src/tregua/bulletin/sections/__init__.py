"""The sections of a bulletin, in the order of printing. One file and one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.sections import (
    aid,
    claims,
    days,
    findings,
    gates,
    incidents,
    norms,
    state,
    summary,
    tallies,
    watched,
)

if TYPE_CHECKING:
    from tregua.bulletin.section import Compose

SECTIONS: tuple[tuple[str, Compose], ...] = (
    (summary.NAME, summary.compose),
    (state.NAME, state.compose),
    (days.NAME, days.compose),
    (gates.NAME, gates.compose),
    (findings.NAME, findings.compose),
    (norms.NAME, norms.compose),
    (aid.NAME, aid.compose),
    (tallies.NAME, tallies.compose),
    (incidents.NAME, incidents.compose),
    (claims.NAME, claims.compose),
    (watched.NAME, watched.compose),
)
