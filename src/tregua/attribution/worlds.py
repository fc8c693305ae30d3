"""Possible worlds of who did it: one draw for each office, not one for each incident.

An office that is wrong about one incident is often wrong about all that it tells. So a world fixes
for each **office** how far it is believed, by one point between zero and one, and that point stands
for every incident of which the office speaks: it is believed where the point lies below its share
of the votes (``scale.py``). Worlds stand side by side in machine words: bit w of an office's words
says "believed in world w".

1. When the offices can be believed in few ways, every way is **written out** as a world, each with
   its probability: an office with one share is believed or not, one with several shares is believed
   on those incidents where it has the greater ones.
2. Otherwise worlds are **drawn**. A drawn point is a function of the ledger's head and of the
   office's name, and of nothing else: not of order, of incidents, of other offices, or of the
   machine. Anybody who has the same record draws the same worlds.

Nothing but offices is ever drawn. What a world leaves open about an incident is reckoned with its
chances; a draw between two sides could not be neutral, since something must come first in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import shake_256
from itertools import pairwise
from math import fsum, prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.attribution.scale import Office

Words = NDArray[np.uint64]
Truths = NDArray[np.bool_]
Shares = NDArray[np.float64]

NONE: Words = np.zeros(1, np.uint64)  # in no world: one word, for as many as are wanted
ALL: Words = ~NONE  # in every world

WORD = 64
WIDTH = 256  # worlds drawn
MOST = 1 << 16  # worlds written out: sixteen offices, each believed or not
_BITS = 53  # of a point: a float holds so many exactly


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """Which office is believed in which world.

    Attributes:
        believed: words of an office at a share; bit w of word v stands for world 64 v + w.
        weight: probability of each world; empty when worlds were drawn, all being equal.
        size: number of worlds; bits beyond it mean nothing.
    """

    believed: dict[Office, Words]
    weight: tuple[float, ...]
    size: int

    @property
    def drawn(self) -> int:
        """Return how many worlds were drawn; 0 when every world is here."""
        return 0 if self.weight else self.size

    def truths(self, words: Words) -> Truths:
        """Return a truth per world instead of bits; one word may stand for all."""
        return unpacked(np.broadcast_to(words, -(-self.size // WORD)))[: self.size]

    def share(self, words: Words) -> float:
        """Return the share of worlds whose bit is set."""
        return self.mean(self.truths(words).astype(np.float64))

    def mean(self, chances: Shares) -> float:
        """Return the mean of a chance per world. Sums round once: they are the same everywhere."""
        if not self.weight:
            return fsum(chances.tolist()) / self.size
        weighed = np.array(self.weight) * chances
        return fsum(weighed.tolist()) / fsum(self.weight)


def worlds_of(offices: Iterable[Office], head: bytes, *, width: int = WIDTH) -> Worlds:
    """Return the worlds of some offices: all of them when they are few, else drawn ones.

    Args:
        offices: each with every share that it has on an incident in question.
        head: digest of the ledger's head, the seed.
        width: worlds to draw, a multiple of 64.

    Raises:
        WrongUse: a width that fills no word.
    """
    if width <= 0 or width % WORD:
        raise WrongUse(f"the number of worlds is a multiple of {WORD}")
    shares: dict[str, set[float]] = {}
    for office, share in offices:
        shares.setdefault(office, set()).add(share)
    ends = {office: sorted(shares[office]) for office in sorted(shares)}
    if prod(len(of) + 1 for of in ends.values()) <= MOST:
        return _written_out(ends)
    return _drawn(ends, head, width)


def _written_out(ends: dict[str, list[float]]) -> Worlds:
    """Count through the steps between the shares of each office, the last office fastest."""
    size = step = prod(len(of) + 1 for of in ends.values())
    world, weight, believed = np.arange(size), np.ones(size), {}
    for office, of in ends.items():
        step //= len(of) + 1
        place = world // step % (len(of) + 1)
        weight = weight * np.array([high - low for low, high in pairwise([0.0, *of, 1.0])])[place]
        for k, share in enumerate(of):
            believed[office, share] = packed(place <= k)
    return Worlds(believed, tuple(weight.tolist()), size)


def _drawn(ends: dict[str, list[float]], head: bytes, width: int) -> Worlds:
    believed = {}
    for office, of in ends.items():
        point = points(head, office, width)
        for share in of:
            believed[office, share] = packed(point < share)
    return Worlds(believed, (), width)


def points(head: bytes, office: str, width: int) -> Shares:
    """Return points from zero to below one, from SHAKE-256 of the head and the name (FIPS 202)."""
    seed = len(head).to_bytes(2, "big") + head + office.encode()
    drawn = np.frombuffer(shake_256(seed).digest(8 * width), "<u8")
    return np.ldexp((drawn >> np.uint64(WORD - _BITS)).astype(np.float64), -_BITS)


def unpacked(words: Words) -> Truths:
    """Return a truth per world instead of bits, along the last axis."""
    octets = words.astype("<u8").view(np.uint8)
    return np.unpackbits(octets, axis=-1, bitorder="little").astype(np.bool_)


def packed(truths: Truths) -> Words:
    """Return bits instead of a truth per world, along the last axis; unused bits are zero."""
    missing = -truths.shape[-1] % WORD
    whole = np.concatenate([truths, np.zeros((*truths.shape[:-1], missing), np.bool_)], axis=-1)
    octets = np.packbits(whole, axis=-1, bitorder="little")
    return np.ascontiguousarray(octets).view("<u8").astype(np.uint64)
