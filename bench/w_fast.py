"""Masks to rows and norms, as a host that has numba writes it: a count first, then the bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.zone_compiled import machine_code

if TYPE_CHECKING:
    from numpy.typing import NDArray


@machine_code
def matches(bits: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """Return row and norm of every bit, by row and norm."""
    some, count, size = np.empty(len(bits), np.int64), 0, 0
    for k in range(len(bits)):
        some[count] = k
        count += int(bits[k] != 0)
    for k in some[:count]:
        left = bits[k]
        while left:
            left &= left - 1
            size += 1
    rows, norms, at = np.empty(size, np.int64), np.empty(size, np.int8), 0
    for k in some[:count]:
        left, norm = bits[k], 0
        while left:
            while not left & 1:
                left >>= 1
                norm += 1
            rows[at], norms[at] = k, norm
            at += 1
            left >>= 1
            norm += 1
    return rows, norms
