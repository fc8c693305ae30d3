"""The symmetry report as lines: side beside side, and what differs under its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.versions.symmetry import Match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.versions.symmetry import Facing, Row

NOBODY = "(no mirror)"


def to_rows(facing: Facing) -> tuple[tuple[str, ...], ...]:
    """Return the table of two sides: a head, then one row for each norm or pair of norms."""
    rows = tuple((r.one or NOBODY, r.two or NOBODY, str(r.match), where(r)) for r in facing.rows)
    return ((facing.one, facing.two, "", "stands in"), *rows)


def where(row: Row) -> str:
    """Return where the norms of a row stand in the text."""
    return " and ".join(dict.fromkeys(p for p in (row.clause, row.other_clause) if p))


def to_sentences(facing: Facing) -> tuple[str, ...]:
    """Return a sentence for everything in which the two sides do not owe the same."""
    return tuple(s for row in facing.asymmetries for s in _sentences(facing, row))


def _sentences(facing: Facing, row: Row) -> Iterator[str]:
    if row.match is Match.ONE_SIDED:
        has, lacks = (facing.one, facing.two) if row.one else (facing.two, facing.one)
        yield f"{row.one or row.two} is for {has}; nothing of its kind is for {lacks}"
    for u in row.unequal:
        names = row.one if row.one == row.two else f"{row.one} and {row.two}"
        one, two = (text or "not said" for text in (u.one, u.two))
        two = f"{two}, which is not the same from there" if one == two else two
        yield f"{names} differ in {u.about}: {facing.one}: {one}; {facing.two}: {two}"


def count(facing: Facing) -> str:
    """Return in one line how many rows two sides share, and in how many they differ."""
    unlike = len(facing.asymmetries)
    rows = "row" if len(facing.rows) == 1 else "rows"
    return f"{facing.one} beside {facing.two}: {len(facing.rows)} {rows}, {unlike} not the same"
