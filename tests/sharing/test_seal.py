"""Sealed bodies: opened by those they are sealed to, and by the vectors of age."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import TYPE_CHECKING

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.errors import EntryRefused, WrongUse
from tregua.ledger.signing.presentation import presentation, read_presentation
from tregua.sharing.seal import seal, unseal

if TYPE_CHECKING:
    from pathlib import Path

# Known deviations of the library from the vectors; an age header is no evidence here (03, 14.1).
DEVIATIONS = {"stanza_missing_body", "stanza_missing_final_line", "armor_whitespace_outside"}
MOST = 20_000_000  # bytes of a payload; a few vectors grow


def keys() -> tuple[str, str]:
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def test_only_those_it_is_sealed_to_open_it() -> None:
    (a, to_a), (b, to_b), (c, _) = keys(), keys(), keys()
    sealed = seal(b"body", [to_a, to_b])
    assert [b"body", b"body"] == [unseal(sealed, [i]) for i in (a, b)]
    with pytest.raises(EntryRefused, match="does not open with this key"):
        unseal(sealed, [c])


def test_two_layers_open_together_only() -> None:
    """What protects a source may be sealed twice: two holders must both open."""
    (a, to_a), (b, to_b) = keys(), keys()
    both = seal(seal(b"who she is", [to_a]), [to_b])
    assert b"who she is" == unseal(unseal(both, [b]), [a])
    with pytest.raises(EntryRefused):
        unseal(both, [a])


def test_a_changed_body_does_not_open() -> None:
    a, to_a = keys()
    sealed = bytearray(seal(b"body" * 100, [to_a]))
    sealed[-1] ^= 1
    with pytest.raises(EntryRefused):
        unseal(bytes(sealed), [a])


def test_nobody_and_nonsense_are_refused() -> None:
    with pytest.raises(WrongUse, match="nobody could open it"):
        seal(b"x", [])
    with pytest.raises(WrongUse, match="age1"):
        seal(b"x", ["AGE-SECRET-KEY-1"])
    with pytest.raises(WrongUse):
        unseal(b"x", ["age1"])


def test_a_presentation_is_read_back() -> None:
    assert (b"e", ("d1", "d2")) == read_presentation(presentation(b"e", ["d1", "d2"]))
    assert (b"e", ()) == read_presentation(b"e~")


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    """What is no presentation is refused; what is one is written back byte for byte."""
    try:
        entry, disclosures = read_presentation(data)
    except EntryRefused:
        return
    assert data == presentation(entry, disclosures)


def _case(path: Path) -> tuple[dict[str, str], bytes]:
    head, _, body = path.read_bytes().partition(b"\n\n")
    lines = [line.partition(": ") for line in head.decode().splitlines()]
    if {k: v for k, _, v in lines}.get("compressed") == "zlib":
        body = zlib.decompressobj().decompress(body, MOST)
    return {k: v for k, _, v in lines if k != "identity"} | {
        "identity": "\n".join(v for k, _, v in lines if k == "identity")
    }, body


@pytest.mark.outside
def test_the_vectors_of_age(shared_data: Path) -> None:
    """All agree but those that the library is known to read otherwise."""
    folder = shared_data / "tlog-vectors" / "age-x25519"
    if not folder.is_dir():
        pytest.skip("the vectors of age are absent from the test data")
    paths = sorted(folder.iterdir())
    differ = set()
    for path in paths:
        head, body = _case(path)
        try:
            plain = unseal(body, head["identity"].split("\n"))
        except EntryRefused:
            opened = False
        else:
            opened = sha256(plain).hexdigest() == head.get("payload")
        if opened != (head["expect"] == "success"):
            differ.add(path.name)
    print(f"{len(paths)} vectors of age, {len(paths) - len(differ)} agree")
    assert paths
    assert differ <= DEVIATIONS
