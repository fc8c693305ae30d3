"""Columns as people, Python and editors count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.agreement.lsp.position import Place, Stretch, from_units, lines_of, stretch_of, to_units
from tregua.terms.notes import Spot

ENCODINGS = ("utf-8", "utf-16", "utf-32")


@pytest.mark.parametrize(("encoding", "expected"), [("utf-8", 8), ("utf-16", 5), ("utf-32", 4)])
def test_a_dove_is_two_units_of_utf_16(encoding: str, expected: int) -> None:
    """A letter of Arabic is two bytes and one unit, an emoji four bytes and two units."""
    assert expected == to_units("aه🕊 b", 4, encoding)
    assert 4 == from_units("aه🕊 b", expected, encoding)


def test_a_column_inside_of_a_character_is_the_place_before_it() -> None:
    """Half of a surrogate pair is no place where a cursor can stand."""
    assert 1 == from_units("a🕊b", 2)
    assert 2 == from_units("a🕊b", 3)


def test_a_column_behind_the_end_is_the_end() -> None:
    """Editors may send columns that the line no longer has."""
    assert 3 == from_units("a🕊b", 99)
    assert 4 == to_units("a🕊b", 99)
    assert 0 == from_units("abc", -1)


def test_only_lf_and_crlf_end_a_line() -> None:
    """A separator of paragraphs inside a text splits no line, as in the reader."""
    assert ("a\u2028b", "c", "") == lines_of("a\u2028b\r\nc\n")


def test_a_note_on_the_whole_file_stands_at_its_beginning() -> None:
    """Line 0 means the file; an editor shows that at the first character."""
    assert Stretch(Place(0, 0), Place(0, 1)) == stretch_of(Spot("x"))


@given(st.text(max_size=30), st.integers(0, 40), st.sampled_from(ENCODINGS))
def test_every_column_walks_there_and_back(row: str, column: int, encoding: str) -> None:
    """To the editor's units and back, a place in the line is the same place."""
    expected = min(column, len(row))
    assert expected == from_units(row, to_units(row, column, encoding), encoding)
