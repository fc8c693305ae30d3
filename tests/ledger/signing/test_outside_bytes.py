"""Bytes from outside: read or refused in one sentence, never a crash, never without end."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.signing.hostile import inputs, readers
from tregua.errors import EntryRefused, InputUnreadable
from tregua.ledger.signing.b64 import decode, encode
from tregua.ledger.signing.device_key import new_key, read_key
from tregua.ledger.signing.disclosures import Field
from tregua.ledger.signing.read import is_signed_by, read_entry
from tregua.ledger.signing.strict_json import parse, write
from tregua.ledger.signing.tally import tally_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledger.signing.conftest import Parties

CPU = 60  # seconds of processor time; the whole of it needs about two
MEMORY = 1 << 30  # bytes, the libraries included

LETTERS = st.characters(exclude_categories=["Cs"])
NUMBERS = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(LETTERS),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(LETTERS), inner),
    max_leaves=10,
)
FIELDS = ("iss", "kind", "seq", "prev", "iat", "agr", "window", "ref", "rel", "key", "_sd")


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def test_a_million_hostile_bytes_are_refused_within_bounds() -> None:
    """Every reader on every input, in a process that the system ends beyond its limits."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.ledger.signing.hostile"],
        capture_output=True,
        text=True,
        preexec_fn=limited,
        check=False,
    )
    assert (0, "") == (ran.returncode, ran.stderr)
    refused, read = map(int, ran.stdout.split())
    assert len(inputs()) * len(readers("")) == refused + read
    assert read < refused / 5  # a long text is JSON, a long row of letters is base64


@settings(max_examples=300)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_what_is_read_as_json_can_be_written(data: bytes) -> None:
    """No infinity, no half character gets in that could not go out again."""
    try:
        value = parse(data)
    except EntryRefused:
        return
    assert value == parse(write(value).encode())


@pytest.mark.parametrize("text", ["1e999", "-1e999", "[1e400]", '{"v":1e309}', "Infinity", "NaN"])
def test_a_number_without_end_is_refused(text: str) -> None:
    with pytest.raises(EntryRefused):
        parse(text.encode())


@given(VALUES)
def test_json_comes_back_as_it_was(value: object) -> None:
    """What we write is read back as the same value."""
    assert value == parse(write(value).encode())


@given(st.text(max_size=60) | st.text("ABCabc019_-=+/ \n", max_size=60))
def test_base64_has_one_spelling(text: str) -> None:
    """Refused, or exactly what encoding the bytes gives."""
    try:
        data = decode(text)
    except EntryRefused:
        return
    assert text == encode(data)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FIELDS), VALUES)
def test_any_value_in_any_field_is_read_or_refused(
    parties: Parties, name: str, value: object
) -> None:
    """Whoever signs may write what he likes into the open part; and what is read is typed."""
    head, payload, _ = parties.signed("a/phone", parties.report()).entry.decode().split(".")
    told = {**json.loads(decode(payload)), name: value}
    signed = f"{head}.{encode(write(told).encode())}"
    entry = f"{signed}.{encode(parties.keys['a/phone'].sign(signed.encode()))}".encode()
    try:
        claims = read_entry(entry)
    except EntryRefused:
        return
    assert isinstance(claims.seq, int)
    assert all(isinstance(text, str) for text in (*claims.rel, *claims.ref, *claims.digests))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_cut_joined_or_doubled_entry_is_refused(parties: Parties, data: st.DataObject) -> None:
    """Pieces of two genuine entries, put together anew, are none."""
    one = parties.signed("a/phone", parties.report()).entry
    other = parties.signed("b/phone", parties.report()).entry
    cut, go_on = (data.draw(st.integers(0, 1_200)) for _ in range(2))
    joined = one[:cut] + other[go_on:]
    if joined in (one, other):
        return
    with pytest.raises(EntryRefused):
        parties.book.check(joined)


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_check_of_a_signature(data: bytes) -> None:
    """It holds or not, or there is no signature in it."""
    with suppress(EntryRefused):
        assert not is_signed_by(data, "EdDSA", new_key("a/phone").public)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader_of_key_files(tmp_path: Path, data: bytes) -> None:
    """Refused, without a word of what stands in the file."""
    path = tmp_path / "some.key"
    path.write_bytes(b"tregua-key@v1\na/phone\nEdDSA\n" + data)
    path.chmod(0o600)
    with pytest.raises(InputUnreadable) as refused:
        read_key(path)
    assert refused.value.why in ("this is no key file of tregua", "the key file cannot be read")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(JSON | st.dictionaries(st.sampled_from(["a/phone", "b/phone"]), JSON, max_size=2))
def test_no_tally_crashes_its_reader(said: object) -> None:
    """It counts keys of its party, or it is refused."""
    try:
        found = tally_in([Field("last", said, ("A",))], "a")
    except EntryRefused:
        return
    assert all(last.kid.startswith("a/") and last.seq >= 0 for last in found)


def test_a_key_of_small_order_signs_nothing() -> None:
    """With the neutral point as public key a signature of zeros could hold for any text."""
    key = new_key("a/phone")
    text = b"e30.e30"
    signature = encode(bytes([1]) + bytes(63))
    entry = text + b"." + signature.encode()
    assert not is_signed_by(entry, "EdDSA", key.public)
