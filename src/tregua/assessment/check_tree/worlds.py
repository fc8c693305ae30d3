"""Possible worlds: which offices are believed, written out or drawn from the root."""

from __future__ import annotations

from hashlib import shake_256
from itertools import pairwise, product
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias

from tregua.assessment.check_tree.refused import need

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Points: TypeAlias = "dict[str, float]"

_MOST, _DRAWN = 1 << 16, 256  # worlds written out, or drawn


def worlds_of(
    offices: Iterable[tuple[str, float]], head: bytes
) -> tuple[list[tuple[float, Points]], int]:
    """Return each world, as its probability and a point of each office; and how many are drawn.

    An office is believed where its point lies below its share. All worlds are written out where
    they are few.
    """
    cuts: dict[str, list[float]] = {}
    for office, share in offices:
        cuts[office] = sorted({*cuts.get(office, [0.0]), share})
    if prod(len(c) for c in cuts.values()) <= _MOST:
        return list(_written_out(cuts)), 0
    return list(_drawn(list(cuts), head)), _DRAWN


def _written_out(cuts: dict[str, list[float]]) -> Iterator[tuple[float, Points]]:
    """Yield every way in which offices may be believed: its probability, a point of each office."""
    for ways in product(*(pairwise([*c, 1.0]) for c in cuts.values())):
        points = {office: low for office, (low, _) in zip(cuts, ways, strict=True)}
        yield prod(high - low for low, high in ways), points


def _drawn(offices: list[str], head: bytes) -> Iterator[tuple[float, Points]]:
    """Yield the worlds drawn from the root: each office has a point in each (SHAKE-256)."""
    seed = len(head).to_bytes(2, "big") + head
    octets = {o: shake_256(seed + o.encode()).digest(8 * _DRAWN) for o in offices}
    for i in range(0, 8 * _DRAWN, 8):
        yield (
            1 / _DRAWN,
            {o: (int.from_bytes(octets[o][i : i + 8], "little") >> 11) / 2**53 for o in offices},
        )


def owed_of(told: list[Any], shares: dict[str, float]) -> dict[str, float]:
    """Return the chance of each hypothesis where an incident stays open: what it is still owed.

    Args:
        told: for each thing told the names, and the offices with their shares.
        shares: that of each hypothesis over all worlds.
    """
    nobody = [prod(1 - share for _, share in offices) for _, offices in told]
    for k, (names, _) in enumerate(told):
        alone = (1 - nobody[k]) * prod(nobody[:k] + nobody[k + 1 :]) / len(names)
        shares = {w: s - alone if w in names else s for w, s in shares.items()}
    owing = all(share + 1e-9 >= 0 for share in shares.values())
    need("worlds", owing, "offices have more votes than those whom they name")
    left = {who: max(0.0, share) for who, share in shares.items()}
    total = sum(left.values()) or 1.0
    return {who: share / total for who, share in left.items()}
