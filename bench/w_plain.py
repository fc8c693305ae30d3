"""Workload W's norms, evaluated plainly: what every peer does with its own columns and geometry.

Nothing of the engine is used here, so that an equal digest says something. Zones are asked only
about rows that need them, and only those that the norms name: a peer loses nothing needlessly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from bench.w_rules import DAY_US, DAYS, EXCEPTIONS, NORMS, PHASES, START_US

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tregua.assessment.masks import RowException, RowNorm

    Flags = NDArray[np.bool_]

FIELDS = {"kinds": "kind", "actors": "actor", "targets": "target", "weapons": "weapon"}


class Peer(Protocol):
    """One million events in the hands of a library."""

    @property
    def time(self) -> NDArray[np.int64]:
        """Return microseconds UTC."""
        ...

    def is_in(self, column: str, values: Sequence[str]) -> Flags:
        """Say which rows hold one of the values."""
        ...

    def inside(self, rows: Flags) -> dict[str, Flags]:
        """Say for each kind of zone which of these rows lie in one."""
        ...


def concerned(peer: Peer) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """Return row and norm of every match, by row and norm."""
    rules: tuple[RowNorm | RowException, ...] = (*NORMS, *EXCEPTIONS)
    kept = [_without_zones(peer, rule) for rule in rules]
    asked = np.zeros(len(peer.time), np.bool_)
    for rule, rows in zip(rules, kept, strict=True):
        asked |= rows & bool(rule.zones)
    inside = peer.inside(asked)
    for rule, rows in zip(rules, kept, strict=True):
        if rule.zones:
            np.logical_and(rows, np.any([inside[k] for k in rule.zones], axis=0), out=rows)
    for exception, spared in zip(EXCEPTIONS, kept[len(NORMS) :], strict=True):
        for norm in exception.concerns:
            kept[int(norm[1:]) - 1] &= ~spared
    hits = np.stack(kept[: len(NORMS)], axis=1)
    row, number = np.nonzero(hits)
    return row, number.astype(np.int8)


def _without_zones(peer: Peer, rule: RowNorm | RowException) -> Flags:
    rows = np.ones(len(peer.time), np.bool_)
    for field, column in FIELDS.items():
        values = getattr(rule, field)
        if values:
            rows &= peer.is_in(column, values)
    if rule.periods:
        ends = [START_US + day * DAY_US for day in (*PHASES, DAYS)]
        phases = [
            (peer.time >= ends[int(p)]) & (peer.time < ends[int(p) + 1]) for p in rule.periods
        ]
        rows &= np.logical_or.reduce(phases)
    return rows
