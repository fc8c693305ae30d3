"""Entries: one spelling each, and everything else refused."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.errors import EntryRefused
from tregua.ledger.entry import KINDS, MAX_DEPTH, MAX_ENTRY, Entry, canonical, from_bytes, to_bytes

ENTRY = Entry("report", "Side A", '{"what":"قصف","where":"Aleppo"}', 1_473_699_600_000_000)
BYTES = (
    '{"body":{"what":"قصف","where":"Aleppo"},"issuer":"Side A","kind":"report",'
    '"received":1473699600000000}'
).encode()

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_bytes_are_sorted_json_without_spaces() -> None:
    """An entry is one JSON object with sorted keys, its body embedded as a value."""
    assert BYTES == to_bytes(ENTRY)


@given(
    kind=st.sampled_from(KINDS),
    issuer=st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(str.strip),
    value=json_values,
    received=st.integers(0, 2**53 - 1),
)
def test_reading_then_writing_changes_no_byte(
    kind: str, issuer: str, value: object, received: int
) -> None:
    """What was written is read back equal, and written again to the same bytes."""
    entry = Entry(kind, issuer, canonical(value), received)
    data = to_bytes(entry)
    assert entry == from_bytes(data)
    assert data == to_bytes(from_bytes(data))


@given(data=st.binary(max_size=60))
def test_any_bytes_are_read_exactly_or_refused(data: bytes) -> None:
    """No bytes make the reader fail otherwise than by refusing them."""
    try:
        entry = from_bytes(data)
    except EntryRefused:
        return
    assert data == to_bytes(entry)


@given(at=st.integers(0, len(BYTES) - 1), bit=st.integers(0, 7))
def test_a_changed_bit_is_another_entry_or_none(at: int, bit: int) -> None:
    """No two spellings are read as the same entry."""
    changed = bytearray(BYTES)
    changed[at] ^= 1 << bit
    with suppress(EntryRefused):
        assert from_bytes(bytes(changed)) != ENTRY


TAIL = '"issuer":"A","kind":"report","received":1}'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("{", "it is not JSON"),
        ("[]", "three parts"),
        ('{"issuer":"A","kind":"report","received":1}', "exactly the fields"),
        ('{"body":1,"extra":2,' + TAIL, "exactly the fields"),
        ('{"body":NaN,' + TAIL, "NaN is not a number of JSON"),
        ('{"body":-Infinity,' + TAIL, "-Infinity is not a number of JSON"),
        ('{"body":1e999,' + TAIL, "a value that JSON cannot carry"),
        ('{"body":1,"body":1,' + TAIL, "a key stands twice in one object"),
        ('{"body":{"a":1,"a":2},' + TAIL, "a key stands twice in one object"),
        ('{"body": 1,' + TAIL, "keys must be sorted, without spaces"),
        ('{"body":{"b":1,"a":2},' + TAIL, "keys must be sorted, without spaces"),
        ('{"body":1.50,' + TAIL, "keys must be sorted, without spaces"),
        ('{"body":"\\u0041",' + TAIL, "keys must be sorted, without spaces"),
        ('{"body":1,' + TAIL + "\n", "keys must be sorted, without spaces"),
        ('{"body":"\\ud800",' + TAIL, "half of a character"),
        ('{"body":1,"issuer":"A","kind":"rumour","received":1}', "its kind is not one of"),
        ('{"body":1,"issuer":"A","kind":["report"],"received":1}', "its kind is not one of"),
        ('{"body":1,"issuer":" ","kind":"report","received":1}', "does not say who submits it"),
        ('{"body":1,"issuer":7,"kind":"report","received":1}', "does not say who submits it"),
        ('{"body":1,"issuer":"A","kind":"report","received":true}', "whole number of microseconds"),
        ('{"body":1,"issuer":"A","kind":"report","received":1.0}', "whole number of microseconds"),
        ('{"body":1,"issuer":"A","kind":"report","received":-1}', "outside the years 1970 to 2255"),
        ('{"body":' + "[" * 60 + "]" * 60 + "," + TAIL, f"nested more than {MAX_DEPTH} deep"),
        ('{"body":' + "[" * 8000 + "]" * 8000 + "," + TAIL, f"nested more than {MAX_DEPTH} deep"),
        ('{"body":' + "1" * 5000 + "," + TAIL, "it is not JSON"),
    ],
)
def test_reader_refuses(text: str, why: str) -> None:
    """Bytes that the writer never writes are refused, with the reason."""
    with pytest.raises(EntryRefused) as refused:
        from_bytes(text.encode())
    assert why in str(refused.value)


def test_bytes_that_are_not_utf8_are_refused() -> None:
    """Bytes that are no text are refused."""
    with pytest.raises(EntryRefused, match="it is not UTF-8"):
        from_bytes(BYTES.replace("ق".encode(), b"\xff\xfe"))


@pytest.mark.parametrize("body", ["", "plain words", '{"a": 1}', '{"b":1,"a":2}', "[NaN]"])
def test_writer_refuses_a_body_that_is_not_canonical(body: str) -> None:
    """A body is never repaired on the way in."""
    with pytest.raises(EntryRefused, match="the record does not take this entry"):
        to_bytes(Entry("report", "A", body, 1))


def test_size_limit_is_on_the_whole_entry() -> None:
    """The largest entry has MAX_ENTRY bytes; one more is refused with both numbers."""
    room = MAX_ENTRY - len(to_bytes(Entry("report", "A", '""', 1)))
    assert len(to_bytes(Entry("report", "A", json.dumps("x" * room), 1))) == MAX_ENTRY
    with pytest.raises(EntryRefused, match="16,385 bytes, more than 16,384"):
        to_bytes(Entry("report", "A", json.dumps("x" * (room + 1)), 1))


def test_nesting_up_to_the_limit_is_taken() -> None:
    """The body may be nested so deep that the whole entry is MAX_DEPTH deep."""
    depth = MAX_DEPTH - 1
    entry = Entry("report", "A", "[" * depth + "]" * depth, 1)
    assert entry == from_bytes(to_bytes(entry))


def test_canonical_refuses_what_json_has_not() -> None:
    """A set, or a number that is none, is no value of an entry."""
    for value in ({1, 2}, float("nan"), float("inf")):
        with pytest.raises(EntryRefused, match="a value that JSON cannot carry"):
            canonical(value)
