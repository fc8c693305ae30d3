"""Possible worlds: which row counts in which world, as bits.

A world fixes for each incident which of its alternatives happened, or that none did. Worlds stand
side by side in machine words: bit w of a row's words says "counts in world w". Alternatives of one
incident never share a bit.

1. When few incidents are uncertain, every world is written out, each with its probability.
2. Otherwise worlds are drawn. The draw of an incident is a function of the ledger's head and of the
   incident's id, and of nothing else: not of order, of other incidents, or of the machine. Anybody
   who has the same record draws the same worlds.
3. A row that counts for certain counts in every world, one that cannot count in none; therefore
   must <= p <= may, whatever the shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import shake_256
from math import fsum, prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tregua.assessment.columns import same_length
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.columns import Ints, Truth

Words = NDArray[np.uint64]
Shares = NDArray[np.float64]

WORD = 64
WIDTH = 256  # worlds drawn
FEW = 16  # uncertain incidents for which every world is written out
MOST = 1 << FEW  # worlds written out; incidents of many alternatives reach it sooner
_SURE = 1 << 53  # a share of one, in steps that a float holds exactly


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """Which row counts in which world.

    Attributes:
        words: one line per row; bit w of word v stands for world 64 v + w.
        weight: probability of each world; empty when worlds were drawn, all being equal.
        size: number of worlds; bits beyond it mean nothing.
    """

    words: Words
    weight: tuple[float, ...]
    size: int

    @property
    def exact(self) -> bool:
        """Return whether every world is here."""
        return bool(self.weight)

    def share(self, words: Words) -> Shares:
        """Return the probability of each line of words: the share of worlds with its bit set.

        Sums are rounded once, so they are the same on every machine; they are divided by that of
        all worlds, so that what holds in each has a share of exactly one.
        """
        bits = unpacked(words)[:, : self.size]
        if not self.weight:
            return np.asarray(bits.sum(axis=1) / self.size, np.float64)
        weight, whole = np.array(self.weight), fsum(self.weight)
        return np.array([fsum(weight[line]) / whole for line in bits], np.float64)


def unpacked(words: Words) -> NDArray[np.bool_]:
    """Return a truth per world instead of bits."""
    octets = words.astype("<u8").view(np.uint8)
    return np.unpackbits(octets, axis=1, bitorder="little").astype(np.bool_)


def packed(truths: NDArray[np.bool_]) -> Words:
    """Return bits instead of a truth per world; the number of worlds is a multiple of 64."""
    octets = np.packbits(truths, axis=1, bitorder="little")
    return np.ascontiguousarray(octets).view("<u8").astype(np.uint64)


def possible_worlds(
    incident: Ints,
    share: Shares,
    counts: Truth,
    *,
    names: Sequence[str],
    head: bytes,
    width: int = WIDTH,
) -> Worlds:
    """Return the worlds of a table: all of them when few incidents are uncertain, else drawn ones.

    Args:
        incident: code per row; the alternatives of one incident share it.
        share: probability of each row's alternative, 0..1.
        counts: whether each row counts in every world / in some.
        names: id of each incident, by code; the draw depends on it.
        head: digest of the ledger's head, the seed.
        width: worlds to draw, a multiple of 64.

    Raises:
        WrongUse: shares outside 0..1 or above one together, a width that fills no word.
    """
    same_length(incident, share, counts.must, counts.may)
    if width <= 0 or width % WORD:
        raise WrongUse(f"the number of worlds is a multiple of {WORD}")
    open_ = _alternatives(incident, share, counts, names)
    outcomes = prod(len(rows) + 1 for _, rows in open_)
    if len(open_) <= FEW and outcomes <= MOST:
        truths, weight = _written_out(open_, share, len(incident), outcomes)
    else:
        truths, weight = _drawn(open_, share, len(incident), head, width), ()
    truths[counts.must] = True
    return Worlds(packed(truths), weight, outcomes if weight else width)


def _alternatives(
    incident: Ints, share: Shares, counts: Truth, names: Sequence[str]
) -> list[tuple[str, list[int]]]:
    """Return the uncertain incidents by id, each with its rows in row order."""
    found: dict[str, list[int]] = {}
    for row in np.flatnonzero(counts.may & ~counts.must).tolist():
        found.setdefault(names[int(incident[row])], []).append(row)
    for rows in found.values():
        shares = [float(share[row]) for row in rows]
        if min(shares) < 0 or fsum(shares) > 1 + 1e-9:
            raise WrongUse("shares of one incident lie between zero and one, together as well")
    return sorted(found.items())


def _written_out(
    open_: list[tuple[str, list[int]]], share: Shares, rows: int, outcomes: int
) -> tuple[NDArray[np.bool_], tuple[float, ...]]:
    """Count through the outcomes of all incidents, the last one fastest; "none" comes last."""
    truths = np.zeros((rows, -(-outcomes // WORD) * WORD), np.bool_)
    world, weight, step = np.arange(outcomes), np.ones(outcomes), outcomes
    for _, alternatives in open_:
        step //= len(alternatives) + 1
        outcome = world // step % (len(alternatives) + 1)
        shares = [float(share[row]) for row in alternatives]
        weight *= np.array([*shares, max(0.0, 1 - fsum(shares))])[outcome]
        for k, row in enumerate(alternatives):
            truths[row, :outcomes] = outcome == k
    return truths, tuple(weight.tolist())


def _drawn(
    open_: list[tuple[str, list[int]]], share: Shares, rows: int, head: bytes, width: int
) -> NDArray[np.bool_]:
    """Lay the alternatives of an incident on a scale from zero to one; draw a point per world."""
    truths = np.zeros((rows, width), np.bool_)
    for name, alternatives in open_:
        point = _points(head, name, width)
        ends = [fsum(map(float, share[alternatives[:k]])) for k in range(len(alternatives) + 1)]
        steps = [min(_SURE, round(end * _SURE)) for end in ends]
        for row, low, high in zip(alternatives, steps[:-1], steps[1:], strict=True):
            truths[row] = (low <= point) & (point < high)
    return truths


def _points(head: bytes, name: str, width: int) -> NDArray[np.int64]:
    """Return whole numbers below 2**53, from SHAKE-256 of the head and the id (FIPS 202)."""
    seed = len(head).to_bytes(2, "big") + head + name.encode()
    drawn = np.frombuffer(shake_256(seed).digest(8 * width), "<u8")
    return (drawn >> np.uint64(11)).astype(np.int64)
