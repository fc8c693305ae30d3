"""Masks select what the rules say in plain words, in any split of the rows."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tregua.assessment.mask_kernel import mask, masks
from tregua.assessment.mask_one import OneRow
from tregua.assessment.mask_tables import Compiled, compile_masks
from tregua.assessment.masks import (
    Period,
    Row,
    RowException,
    RowNorm,
    RuleTable,
    Vocabulary,
    concerned,
)
from tregua.assessment.zone_classes import ZoneClasses, build_classes, place_sets
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from numpy.typing import NDArray

ZONES = {
    "valley": shapely.box(36, 35, 37, 36),
    "road": shapely.box(36.5, 34.5, 36.7, 36.5),
    "camp": shapely.Polygon([(36.4, 35.2), (36.9, 35.2), (36.6, 35.8)]),
}
KINDS = ("attack", "shelling", "mortar-fire", "ground-attack", "raid", "deploy", "?")
ACTORS = ("a", "b", "outcast", "unknown")
WEAPONS = ("mortar", "rifle", "unknown", "none")
GROUPS = (("anywhere", tuple(ZONES)), ("roads", ("road",)))
PERIODS = (Period("first", 100, 200), Period("second", 150, 300), Period("last", 300, 400))


@cache
def classes() -> ZoneClasses:
    return build_classes(ZONES, radii_m=(0.0, 500.0, 5_000.0), size=64)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


FIELDS: dict[str, Any] = {
    "kinds": some(KINDS[:-1]),
    "actors": some(ACTORS[:-1]),
    "targets": some(ACTORS),
    "weapons": some(WEAPONS[:2]),
    "zones": some((*ZONES, "anywhere", "roads")),
    "periods": some(("first", "second", "last")),
}


@st.composite
def tables(draw: st.DrawFn) -> RuleTable:
    """Return a table of a few norms and exceptions over the words above."""
    norms = draw(st.lists(st.builds(RowNorm, id=st.just(""), **FIELDS), min_size=1, max_size=5))
    named = tuple(replace(norm, id=f"n{k}") for k, norm in enumerate(norms))
    concerns = st.lists(st.sampled_from([n.id for n in named]), min_size=1, unique=True)
    exception = st.builds(RowException, id=st.just("e"), concerns=concerns.map(tuple), **FIELDS)
    return RuleTable(
        norms=named,
        exceptions=tuple(draw(st.lists(exception, max_size=3))),
        kinds=Vocabulary(KINDS, ("?",)),
        actors=Vocabulary(ACTORS, ("unknown",)),
        targets=Vocabulary(ACTORS),
        weapons=Vocabulary(WEAPONS, ("unknown",)),
        periods=PERIODS,
        zone_groups=GROUPS,
    )


def code(count: int) -> st.SearchStrategy[int]:
    return st.integers(-1, count - 1)


ROW = st.tuples(
    st.one_of(st.floats(35.9, 37.1), st.sampled_from((36.0, 36.5, 37.0, float("nan")))),
    st.one_of(st.floats(34.4, 36.6), st.sampled_from((35.0, 35.2, 36.0))),
    st.sampled_from((0, 99, 100, 150, 199, 200, 299, 300, 399, 400, 500)),
    code(len(ACTORS)),
    code(len(ACTORS)),
    code(len(KINDS)),
    code(len(WEAPONS)),
    st.sampled_from((0.0, 200.0, 500.0, 4_000.0, 30_000.0, float("nan"))),
)


def columns(rows: list[tuple[float, ...]]) -> list[NDArray[Any]]:
    types = (np.float64, np.float64, np.int64, np.int16, np.int16, np.int16, np.int8, np.float64)
    return [np.array(c, t) for c, t in zip(zip(*rows, strict=True), types, strict=True)]


def in_words(rows: list[tuple[float, ...]]) -> list[Row]:
    lon, lat, time, actor, target, kind, weapon, radius = columns(rows)
    placed = place_sets(classes(), lon, lat, radius)
    names = [tuple(classes().zones[m] for m in members) for members in placed.sets]
    return [
        Row(
            kind=word(KINDS, kind[k]),
            actor=word(ACTORS, actor[k]),
            target=word(ACTORS, target[k]),
            weapon=word(WEAPONS, weapon[k]),
            time=int(time[k]),
            zones=names[placed.certain[k]],
            zones_possible=names[placed.possible[k]],
        )
        for k in range(len(rows))
    ]


def word(values: tuple[str, ...], number: int) -> str | None:
    return None if number < 0 else values[number]


def certain_mask(*given_: Any, **named: Any) -> NDArray[np.int64]:
    return masks(*given_, **named).must


def asked(compiled: Compiled, rows: list[tuple[float, ...]], way: Any = mask) -> NDArray[np.int64]:
    *given_, radius = columns(rows)
    found: NDArray[np.int64] = way(compiled, *given_, radius_m=radius)
    return found


def norms(compiled: Compiled, bits: int) -> frozenset[str]:
    return frozenset(n for k, n in enumerate(compiled.norms) if bits >> k & 1)


@given(tables(), st.lists(ROW, min_size=1, max_size=20))
def test_masks_say_what_the_rules_say(table: RuleTable, rows: list[tuple[float, ...]]) -> None:
    """For generated rules and rows, the norms are those that the plain evaluation gives."""
    compiled = compile_masks(table, classes())
    expected = [concerned(table, row) for row in in_words(rows)]
    sure = [norms(compiled, b) for b in asked(compiled, rows, certain_mask).tolist()]
    maybe = [norms(compiled, b) for b in asked(compiled, rows).tolist()]
    assert expected == list(zip(sure, maybe, strict=True))


@given(tables(), st.lists(ROW, min_size=1, max_size=20))
def test_what_is_certain_is_possible(table: RuleTable, rows: list[tuple[float, ...]]) -> None:
    """No norm is certain that is not possible."""
    compiled = compile_masks(table, classes())
    assert not (asked(compiled, rows, certain_mask) & ~asked(compiled, rows)).any()


@given(tables(), ROW)
def test_no_candidate_is_lost_when_a_field_becomes_uncertain(
    table: RuleTable, row: tuple[float, ...]
) -> None:
    """Leaving out any value, or the place, loses no norm that was possible."""
    compiled = compile_masks(table, classes())
    (whole,) = asked(compiled, [row])
    for field in range(3, 7):
        (less,) = asked(compiled, [(*row[:field], -1, *row[field + 1 :])])
        assert not whole & ~less
    (nowhere,) = asked(compiled, [(float("nan"), *row[1:])])
    assert not whole & ~nowhere


@given(tables(), st.lists(ROW, min_size=1, max_size=20))
def test_one_row_as_many(table: RuleTable, rows: list[tuple[float, ...]]) -> None:
    """The plain form for one row gives the bits of the kernel."""
    compiled = compile_masks(table, classes())
    one = OneRow(compiled)
    listed = zip(*(column.tolist() for column in columns(rows)), strict=True)
    assert asked(compiled, rows).tolist() == [one.mask(*row) for row in listed]


def test_an_exception_that_only_possibly_holds_is_asked_where() -> None:
    """Outside of the exception's zone a norm is certain, though the target was left out."""
    compiled = compile_masks(september(), classes())
    attack = (150, 0, -1, KINDS.index("raid"), WEAPONS.index("rifle"), 0.0)
    outside, inside = asked(compiled, [(36.0, 34.4, *attack), (36.2, 35.9, *attack)], certain_mask)
    assert {"attacks"} == norms(compiled, int(outside))
    assert frozenset() == norms(compiled, int(inside))


@cache
def september() -> RuleTable:
    return RuleTable(
        norms=(
            RowNorm("attacks", kinds=("attack",), actors=("a", "b"), periods=("first", "second")),
            RowNorm("camp", kinds=("shelling", "deploy"), zones=("camp",)),
            RowNorm("roads", actors=("a",), weapons=("mortar",), zones=("roads",)),
        ),
        exceptions=(
            RowException("outcast", concerns=("attacks",), targets=("outcast",), zones=("valley",)),
        ),
        kinds=Vocabulary(KINDS, ("?",)),
        actors=Vocabulary(ACTORS, ("unknown",)),
        targets=Vocabulary(ACTORS),
        weapons=Vocabulary(WEAPONS, ("unknown",)),
        periods=PERIODS,
        zone_groups=GROUPS,
    )


def many(count: int) -> list[tuple[float, ...]]:
    chance = np.random.default_rng(30)
    drawn = (
        chance.uniform(35.9, 37.1, count),
        chance.uniform(34.4, 36.6, count),
        chance.integers(0, 500, count),
        *(chance.integers(-1, len(v), count) for v in (ACTORS, ACTORS, KINDS, WEAPONS)),
        chance.choice((0.0, 300.0, 5_000.0, 50_000.0), count),
    )
    return list(zip(*(c.tolist() for c in drawn), strict=True))


@pytest.mark.parametrize("rows", [1, 7, 500_000])
@pytest.mark.parametrize("way", [mask, certain_mask])
def test_any_split_of_the_rows_gives_the_same_bytes(rows: int, way: Any) -> None:
    """One row at a time, seven, or all at once: the same masks."""
    compiled, table = compile_masks(september(), classes()), many(1_500)
    whole = asked(compiled, table, way)
    assert 0 < np.count_nonzero(whole) < len(whole)
    parts = [asked(compiled, table[k : k + rows], way) for k in range(0, len(table), rows)]
    assert whole.tobytes() == np.concatenate(parts).tobytes()


def test_no_row_gives_no_mask() -> None:
    """An empty table is answered with an empty column."""
    *given_, radius = [np.array([], t) for t in (float, float, int, int, int, int, int, float)]
    compiled = compile_masks(september(), classes())
    assert 0 == len(mask(compiled, *given_, radius_m=radius))


def test_what_was_compiled_can_be_sent() -> None:
    """After a way through pickle it gives the same bytes and carries the same digest."""
    compiled, table = compile_masks(september(), classes()), many(500)
    sent = pickle.loads(pickle.dumps(compiled))
    assert compiled.digest == sent.digest == compile_masks(september(), classes()).digest
    assert asked(compiled, table).tobytes() == asked(sent, table).tobytes()
    other = replace(september(), periods=PERIODS[::-1])
    assert compiled.digest != compile_masks(other, classes()).digest


def test_without_radius_every_place_is_exact() -> None:
    """Leaving the radius out is the same as a radius of zero."""
    compiled = compile_masks(september(), classes())
    table = [(*row[:7], 0.0) for row in many(500)]
    *given_, _ = columns(table)
    assert np.array_equal(asked(compiled, table), mask(compiled, *given_))


def full(norms_: int, exceptions: int) -> RuleTable:
    return replace(
        september(),
        norms=tuple(RowNorm(f"n{k}", zones=("camp",)) for k in range(norms_)),
        exceptions=tuple(
            RowException(f"e{k}", concerns=(f"n{k}",), actors=("a",), zones=("camp",))
            for k in range(exceptions)
        ),
    )


def test_every_bit_is_used() -> None:
    """With 48 norms and 16 exceptions, the last exception takes away the norm that it concerns."""
    compiled = compile_masks(full(48, 16), classes())
    inside = (36.6, 35.5, 150, 0, 0, 0, 0, 0.0)
    assert [f"n{k}" for k in range(16, 48)] == sorted(
        norms(compiled, int(asked(compiled, [inside])[0])), key=lambda n: int(n[1:])
    )
    other = (36.6, 35.5, 150, 1, 0, 0, 0, 0.0)
    assert 48 == len(norms(compiled, int(asked(compiled, [other])[0])))


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (full(49, 0), "48 norms"),
        (full(48, 17), "16 exceptions"),
        (replace(september(), norms=(RowNorm("x", kinds=("dance",)),), exceptions=()), "dance"),
        (replace(september(), norms=(RowNorm("x", actors=("c",)),), exceptions=()), "x names c"),
        (replace(september(), norms=(RowNorm("x", zones=("moon",)),), exceptions=()), "moon"),
        (replace(september(), norms=(RowNorm("x", periods=("never",)),), exceptions=()), "never"),
        (replace(september(), norms=(RowNorm("x"), RowNorm("x")), exceptions=()), "one id"),
        (replace(september(), exceptions=(RowException("e", concerns=("y",)),)), "e names y"),
    ],
)
def test_what_cannot_be_placed_is_refused(table: RuleTable, says: str) -> None:
    """A norm too many, and a name that stands nowhere, are refused and never dropped."""
    with pytest.raises(WrongUse, match=says):
        compile_masks(table, classes())
