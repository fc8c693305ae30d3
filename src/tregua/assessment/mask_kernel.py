"""Which norms each row may concern: the engine's first step, over columns.

A pure function of what was compiled and of the columns: no file, clock, global state. Rows are
independent, so any split of them gives the same bytes. Cheap masks come first; geometry is asked
only about rows that still have a rule which names a zone.

Columns are codes of the vocabularies (``-1`` for a value left out), degrees, and microseconds UTC.
Certain and possible words are one array until something uncertain parts them.

`mask_compiled` gives the same bytes sooner, in machine code, to whoever asks for it (``fast``) and
has the extra of that name.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from tregua.assessment.mask_tables import words_of
from tregua.assessment.operators.select import NORM_BITS, NORMS, Chosen
from tregua.assessment.zone_index import zone_sets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tregua.assessment.mask_tables import ClassTables, Compiled, Pair
    from tregua.assessment.zone_edges import Floats
    from tregua.assessment.zone_index import Longs

    Ints = NDArray[np.integer]

EXCEPTION_BITS = ~NORM_BITS


def mask(
    compiled: Compiled,
    lon: Floats,
    lat: Floats,
    t: Longs,
    actor: Ints,
    target: Ints,
    kind: Ints,
    weapon: Ints,
    *,
    radius_m: Floats | None = None,
    fast: bool = False,
) -> Longs:
    """Return per row the bits of the norms that it possibly concerns. No candidate is lost.

    Args:
        compiled: rules and zones.
        lon: degrees east; not a number where there is no place.
        lat: degrees north, likewise.
        t: microseconds UTC.
        actor: code of who did it.
        target: code of against what.
        kind: code of the act.
        weapon: code of its class.
        radius_m: how far off the place may be, metres; without it every point is exact.
        fast: in machine code where the extra ``fast`` is installed; it is made at the first call.
    """
    columns = (lon, lat, t, actor, target, kind, weapon)
    return masks(compiled, *columns, radius_m=radius_m, fast=fast).may


def masks(
    compiled: Compiled,
    lon: Floats,
    lat: Floats,
    t: Longs,
    actor: Ints,
    target: Ints,
    kind: Ints,
    weapon: Ints,
    *,
    radius_m: Floats | None = None,
    fast: bool = False,
) -> Chosen:
    """Return per row the norms that it certainly and possibly concerns.

    Both are one array when nothing about any row is uncertain.

    Args:
        compiled: rules and zones.
        lon: degrees east; not a number where there is no place.
        lat: degrees north, likewise.
        t: microseconds UTC.
        actor: code of who did it.
        target: code of against what.
        kind: code of the act.
        weapon: code of its class.
        radius_m: how far off the place may be, metres; without it every point is exact.
        fast: in machine code where the extra ``fast`` is installed; it is made at the first call.
    """
    if fast and find_spec("numba") is not None:
        return _compiled(compiled, (lon, lat, t, actor, target, kind, weapon), radius_m)
    return _plain(compiled, lon, lat, t, actor, target, kind, weapon, radius_m)


def _compiled(
    compiled: Compiled, columns: tuple[NDArray[Any], ...], radius_m: Floats | None
) -> Chosen:
    """Return the words in machine code; the few rows that it leaves are answered plainly."""
    from tregua.assessment.mask_compiled import marked

    found = marked(compiled, columns, radius_m)
    odd = np.flatnonzero(found.odd)
    if not len(odd):
        return Chosen(found.must, found.may)
    lon, lat, t, actor, target, kind, weapon = (column[odd] for column in columns)
    radii = None if radius_m is None else radius_m[odd]
    rest = _plain(compiled, lon, lat, t, actor, target, kind, weapon, radii)
    must, may = found.must.copy(), found.may
    must[odd], may[odd] = rest.must, rest.may
    return Chosen(must, may)


def _plain(
    compiled: Compiled,
    lon: Floats,
    lat: Floats,
    t: Longs,
    actor: Ints,
    target: Ints,
    kind: Ints,
    weapon: Ints,
    radius_m: Floats | None,
) -> Chosen:
    words = _looked_up(compiled.kind, kind)
    words = words.narrowed(_looked_up(compiled.actor, actor))
    words = words.narrowed(_looked_up(compiled.target, target))
    alive = np.flatnonzero(words.may & NORM_BITS)
    if len(alive) < len(lon):  # a host that has passed over the others needs no copies
        words, weapon, t = words.take(alive), weapon[alive], t[alive]
    words = words.narrowed(_looked_up(compiled.weapon, weapon))
    now = np.searchsorted(compiled.bounds, t, side="right")
    words = words.narrowed(_one(compiled.period.take(now)))
    # An exception that possibly holds stands in the certain word alone, and may hang on the place.
    near = np.flatnonzero(words.any_of & compiled.zoned)
    rows = alive[near]
    radii = None if radius_m is None else radius_m[rows]
    zones = _zone_words(compiled, lon[rows], lat[rows], radii)
    return _decided(words.narrowed_at(near, zones), compiled.concerns, alive, len(lon))


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """Certain and possible words of some rows; one array while they are the same."""

    must: Longs
    may: Longs

    @property
    def any_of(self) -> Longs:
        """Return the bits that either word holds."""
        return self.may if self.must is self.may else self.must | self.may

    def narrowed(self, other: _Words) -> _Words:
        """Return both ANDed."""
        may = self.may & other.may
        if self.must is self.may and other.must is other.may:
            return _Words(may, may)
        return _Words(self.must & other.must, may)

    def take(self, rows: NDArray[np.intp]) -> _Words:
        """Return the words of some rows."""
        may = self.may[rows]
        return _Words(may if self.must is self.may else self.must[rows], may)

    def narrowed_at(self, rows: NDArray[np.intp], other: _Words) -> _Words:
        """Return the words with those of some rows ANDed."""
        some = self.take(rows).narrowed(other)
        may = self.may.copy()
        may[rows] = some.may
        if some.must is some.may and self.must is self.may:
            return _Words(may, may)
        must = self.must.copy()
        must[rows] = some.must
        return _Words(must, may)


def _one(word: Longs) -> _Words:
    return _Words(word, word)


def _looked_up(pair: Pair, codes: Ints) -> _Words:
    may = pair.may.take(codes)
    left_out = codes.dtype.kind != "u" and codes.min(initial=0) < 0
    if pair.is_certain and not left_out:
        return _one(may)
    return _Words(pair.must.take(codes), may)


def _zone_words(compiled: Compiled, lon: Floats, lat: Floats, radius_m: Floats | None) -> _Words:
    if radius_m is None:
        exact = compiled.classes[:1]
        return _class_words(compiled, exact[0], lon, lat) if exact else _undecided(compiled, lon)
    bounds = np.array([c.radius_m for c in compiled.classes])
    which = np.searchsorted(bounds, radius_m)  # "not a number" comes last
    # Beyond the last class nothing is certain and everything possible, as with no place at all.
    found = _undecided(compiled, lon)
    for k, one in enumerate(compiled.classes):
        here = np.flatnonzero(which == k)
        if len(here):
            words = _class_words(compiled, one, lon[here], lat[here])
            found.must[here], found.may[here] = words.must, words.may
    return found


def _class_words(compiled: Compiled, one: ClassTables, lon: Floats, lat: Floats) -> _Words:
    found = zone_sets(one.index, lon, lat)
    more = words_of(found.more, one, compiled.zone, ~compiled.zoned)
    must, may = (
        np.concatenate([known, new])
        for known, new in ((one.words.must, more.must), (one.words.may, more.may))
    )
    if found.certain is found.possible:
        return (
            _one(may.take(found.certain))
            if one.words.is_certain
            else _Words(must.take(found.certain), may.take(found.certain))
        )
    # On an edge the two sets differ: norms go by the one that is asked, exceptions by the other.
    return _Words(
        _joined(must.take(found.certain), must.take(found.possible)),
        _joined(may.take(found.possible), may.take(found.certain)),
    )


def _joined(norms: Longs, exceptions: Longs) -> Longs:
    return (norms & NORM_BITS) | (exceptions & EXCEPTION_BITS)


def _undecided(compiled: Compiled, lon: Floats) -> _Words:
    open_bits = ~compiled.zoned
    return _Words(
        np.full(len(lon), open_bits | EXCEPTION_BITS, np.int64),
        np.full(len(lon), open_bits | NORM_BITS, np.int64),
    )


def _decided(words: _Words, concerns: Longs, alive: NDArray[np.intp], rows: int) -> Chosen:
    may = _at(alive, _without_excepted(words.may, concerns), rows)
    if words.must is words.may:
        return Chosen(may, may)
    return Chosen(_at(alive, _without_excepted(words.must, concerns), rows), may)


def _at(alive: NDArray[np.intp], words: Longs, rows: int) -> Longs:
    """Return the words of all rows: those of the rows alive, and none for the others."""
    if len(alive) == rows:
        return words
    found = np.zeros(rows, np.int64)
    found[alive] = words
    return found


def _without_excepted(word: Longs, concerns: Longs) -> Longs:
    """Return the norms that are left when the exceptions whose bits are left have taken theirs."""
    some = np.flatnonzero(word & EXCEPTION_BITS)
    part = word[some]
    norms = word & NORM_BITS
    for j, taken in enumerate(concerns.tolist()):
        holds = (part >> (NORMS + j)) & 1
        norms[some] = np.where(holds, norms[some] & ~np.int64(taken), norms[some])
    return norms
