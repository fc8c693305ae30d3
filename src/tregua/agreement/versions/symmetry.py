"""Side A's duties beside side B's: what is mirrored, what differs, what has no mirror.

For every two parties:

1. A norm that binds both is shared and stands in one row; it differs when its rings apply to the
   sides at different distances.
2. Two norms are mirrors when one says so (``mirror of``), else when they are of one kind, share an
   act, and hold in the same phase and the same class of place; nearest pairs first.
3. Of two mirrors act, distance, deadline, condition, verifier, exceptions, consequences and
   tolerance are compared, each after the two sides (and their norms) have changed places.
4. A norm without a partner is one-sided.

The report says that two sides are treated differently, never that one is treated better.
A norm on a group counts for the party that the group is part of, or that answers for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from tregua.agreement.questions import acts, bearers, norms, parties
from tregua.agreement.reading.build import in_force
from tregua.agreement.versions.facing import Unequal, aspects, class_of, differences, distances_of
from tregua.agreement.versions.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.model import Ids
    from tregua.agreement.read import Reading


class Match(StrEnum):
    """How the duties of two sides answer each other in one row."""

    SHARED = "shared"
    MIRRORED = "mirrored"
    DIFFERING = "differing"
    ONE_SIDED = "one-sided"


@dataclass(frozen=True, slots=True)
class Row:
    """One norm of either side, or one that binds both.

    Attributes:
        match: how they answer each other.
        one, two: ids of the norms of the first and of the second side; empty when there is none.
        clause, other_clause: where they stand, as ``instrument §label``.
        unequal: what differs between two mirrors.
    """

    match: Match
    one: str
    two: str
    clause: str = ""
    other_clause: str = ""
    unequal: tuple[Unequal, ...] = ()

    @property
    def is_symmetric(self) -> bool:
        """Say whether both sides owe the same here."""
        return self.match in (Match.SHARED, Match.MIRRORED)


@dataclass(frozen=True, slots=True)
class Facing:
    """Two parties, sorted by id, and the rows of what each owes."""

    one: str
    two: str
    rows: tuple[Row, ...]

    @property
    def asymmetries(self) -> tuple[Row, ...]:
        """Return the rows in which the two do not owe the same."""
        return tuple(row for row in self.rows if not row.is_symmetric)


def symmetry(reading: Reading) -> tuple[Facing, ...]:
    """Return every two parties of a deal with their duties side by side, sorted by id."""
    deal = reading.text
    return tuple(_facing(deal, one, two) for one, two in combinations(parties(deal), 2))


def _facing(deal: DealText, one: str, two: str) -> Facing:
    sides = Sides(deal)
    held = [(n, sides.of(_bound(deal, n))) for n in _norms(deal)]
    shared = [n for n, who in held if {one, two} <= who]
    first = [n for n, who in held if one in who and two not in who]
    second = [n for n, who in held if two in who and one not in who]
    pairs = _pairs(deal, first, second, (one, two))
    paired = {norm.id for pair in pairs for norm in pair}
    rows = [
        *(_shared(deal, n, one, two) for n in shared),
        *_paired(deal, pairs, (one, two)),
        *(_alone(n, is_first=True) for n in first if n.id not in paired),
        *(_alone(n, is_first=False) for n in second if n.id not in paired),
    ]
    return Facing(one, two, tuple(sorted(rows, key=_order)))


def _norms(deal: DealText) -> tuple[Block, ...]:
    """Return what binds somebody, and the permissions that a side may hold."""
    binding = norms(deal)
    held = tuple(b for b in deal.of_kind("permission") if b.word("unhindered") != "yes")
    return tuple(in_force((*binding, *held)))


def _bound(deal: DealText, norm: Block) -> frozenset[str]:
    """Return who owes a norm, or who holds a plain permission."""
    if norm.kind == "permission" and norm.word("unhindered") != "yes":
        return frozenset(norm.words("on"))
    owing = bearers(deal, norm)
    return owing or (frozenset({"controller"}) if norm.kind == "permission" else owing)


def _order(row: Row) -> tuple[str, ...]:
    """Order rows by where they stand in the text, whichever side's norm it is."""
    return tuple(sorted((row.clause, row.other_clause))[::-1]) + tuple(sorted((row.one, row.two)))


def _place(norm: Block) -> str:
    return f"{norm.instrument} §{norm.clause}" if norm.clause else norm.instrument


def _shared(deal: DealText, norm: Block, one: str, two: str) -> Row:
    """Return the row of a norm that binds both; rings that apply to one side may differ in it."""
    ours, theirs = (distances_of(deal, norm, side) for side in (one, two))
    unequal = (Unequal("distance", ours, theirs),) if ours != theirs else ()
    match = Match.DIFFERING if unequal else Match.SHARED
    return Row(match, norm.id, norm.id, _place(norm), _place(norm), unequal)


def _alone(norm: Block, *, is_first: bool) -> Row:
    ids, places = (norm.id, ""), (_place(norm), "")
    if not is_first:
        ids, places = ids[::-1], places[::-1]
    return Row(Match.ONE_SIDED, *ids, *places)


# --- mirrors ------------------------------------------------------------------------------------


def _pairs(
    deal: DealText, first: list[Block], second: list[Block], sides: tuple[str, str]
) -> tuple[tuple[Block, Block], ...]:
    """Return which norm answers which: what the text says first, then the nearest pairs."""
    found: list[tuple[Block, Block]] = []
    taken: set[str] = set()
    for _, one, two in sorted(_candidates(deal, first, second, sides), key=lambda c: c[0]):
        if not {one.id, two.id} & taken:
            found.append((one, two))
            taken |= {one.id, two.id}
    return tuple(found)


def _candidates(
    deal: DealText, first: list[Block], second: list[Block], sides: tuple[str, str]
) -> Iterator[tuple[tuple[int, int, Ids], Block, Block]]:
    """Yield pairs that may be mirrors with their rank: said by the text or not, how far apart."""
    said = {(b.id, b.word("mirror of")) for b in (*first, *second) if b.has("mirror of")}
    named = {name for pair in said for name in pair}
    here = [(n, _seen(deal, n, {})) for n in first]
    there = [(n, _seen(deal, n, dict((sides, sides[::-1])))) for n in second]
    for one, ours in here:
        for two, theirs in there:
            is_said = bool({(one.id, two.id), (two.id, one.id)} & said)
            # What the text mirrors with one norm is not offered to another.
            is_free = one.id not in named and two.id not in named
            if is_said or (is_free and ours.is_like(theirs)):
                ids = tuple(sorted((one.id, two.id)))
                yield (0 if is_said else 1, ours.far_from(theirs), ids), one, two


@dataclass(frozen=True, slots=True)
class _Seen:
    """A norm as one side sees it: its class, the kinds of its acts, and what it says of each."""

    of_class: Ids
    kinds: frozenset[str]
    aspects: tuple[tuple[str, str], ...]

    def is_like(self, other: _Seen) -> bool:
        return self.of_class == other.of_class and bool(self.kinds & other.kinds)

    def far_from(self, other: _Seen) -> int:
        return sum(a != b for a, b in zip(self.aspects, other.aspects, strict=True))


def _seen(deal: DealText, norm: Block, names: dict[str, str]) -> _Seen:
    kinds = frozenset(act.name for act in acts(norm))
    return _Seen(class_of(deal, norm), kinds, aspects(deal, norm, names))


def _paired(
    deal: DealText, pairs: tuple[tuple[Block, Block], ...], sides: tuple[str, str]
) -> Iterator[Row]:
    mirrors = tuple((a.id, b.id) for a, b in pairs)
    for one, two in pairs:
        unequal = differences(deal, one, two, sides=sides, mirrors=mirrors)
        match = Match.DIFFERING if unequal else Match.MIRRORED
        yield Row(match, one.id, two.id, _place(one), _place(two), unequal)
