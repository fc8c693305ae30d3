"""What somebody signed or sealed, whatever it holds: others' reports are read all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.signing.test_outside_bytes import VALUES
from tregua.errors import EntryRefused
from tregua.ledger.signed import signed_entry
from tregua.ledger.signing.claims import MAX_BODY, MAX_ENTRY
from tregua.ledger.signing.device_key import new_key
from tregua.ledger.signing.disclosures import Field
from tregua.ledger.signing.presentation import read_presentation
from tregua.ledger.signing.sign import Draft, Place, sign
from tregua.sharing.reading import lines_for, read_entries
from tregua.sharing.seal import MAX_RECIPIENTS, seal, unseal

if TYPE_CHECKING:
    from tregua.ledger.signing.sign import Signed

REL = ("PUBLIC",)
GOOD: dict[str, object] = {
    "record": "observation",
    "at": {"start": "2016-09-13T05:00:00Z", "end": "2016-09-13T05:01:00Z"},
    "what": "mortar-fire",
}
NAMES = (
    *("record", "at", "what", "by", "count", "where.cell50", "where.cell5", "where.point"),
    *("source", "note", "fixes", "says", "number", "to", "fields", "reason"),
)
IDENTITY = pyrage.x25519.Identity.generate()
SEALED = seal(b"a body of some length", [str(IDENTITY.to_public())])


def signed(party: str, fields: dict[str, object], kind: str = "report") -> Signed:
    told = tuple(Field(name, value, REL) for name, value in sorted(fields.items()))
    return sign(Draft(kind, "00" * 32, REL, 5, told), new_key(f"{party}/phone"), Place())


@settings(max_examples=400)
@given(
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6),
    st.booleans(),
    st.sampled_from(["report", "link", "release"]),
)
def test_a_report_that_cannot_be_read_hides_no_other(
    odd: dict[str, object],
    half_good: bool,  # noqa: FBT001
    kind: str,
) -> None:
    """It is told or listed as left out, for whoever keeps the record and for an audience."""
    poison, good = signed("b", {**(GOOD if half_good else {}), **odd}, kind), signed("a", GOOD)
    entries = list(enumerate(signed_entry(made.entry) for made in (poison, good)))
    bodies = {made.next: made.disclosures for made in (poison, good)}
    for audience in ("", "PUBLIC"):
        read = read_entries(entries, bodies, audience=audience)
        told = {one.index for one in read.told}
        assert 1 in told
        assert kind == "release" or 0 in told or poison.next in read.left_out
        assert 2 == len(list(lines_for(entries, bodies, audience=audience)))


@pytest.mark.parametrize(
    "odd",
    [
        {"record": []},
        {"where.cell5": "here"},
        {"where.cell50": [10**17, 0, 1]},
        {"source": 7},
        {"at": None},
    ],
)
def test_odd_fields_do_not_stop_the_reading(odd: dict[str, object]) -> None:
    """Each of these once ended every command for everybody."""
    made = signed("b", {**GOOD, **odd})
    read = read_entries([(0, signed_entry(made.entry))], {made.next: made.disclosures})
    assert read.told or [made.next] == list(read.left_out)


@settings(max_examples=200)
@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255), st.integers(0, len(SEALED)))
def test_a_sealed_body_that_was_changed_or_cut_does_not_open(at: int, by: int, cut: int) -> None:
    changed = bytearray(SEALED)
    changed[at] ^= by
    for data in (bytes(changed), SEALED[:cut]):
        if data != SEALED:
            with pytest.raises(EntryRefused):
                unseal(data, [str(IDENTITY)])


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_opening(data: bytes) -> None:
    for head in (b"", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 "):
        with pytest.raises(EntryRefused):
            unseal(head + data, [str(IDENTITY)])


def test_a_presentation_beyond_its_size_is_refused_unread() -> None:
    with pytest.raises(EntryRefused, match="too large"):
        read_presentation(b"~" * (MAX_ENTRY + MAX_BODY + 1))


@pytest.mark.parametrize("number", [MAX_RECIPIENTS, 2 * MAX_RECIPIENTS])
def test_a_header_of_too_many_recipients_is_refused_unread(number: int) -> None:
    """The library needs hours for a million bytes of them: time grows with the square."""
    sealed = seal(b"body", [str(IDENTITY.to_public())] * number)
    if number <= MAX_RECIPIENTS:
        assert b"body" == unseal(sealed, [str(IDENTITY)])
        return
    with pytest.raises(EntryRefused, match="recipients"):
        unseal(sealed, [str(IDENTITY)])
