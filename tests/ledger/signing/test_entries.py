"""Signed entries: what is taken, what is refused and why, in one sentence each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.signing.conftest import AGR, ALL, REPORT, D
from tregua.errors import EntryRefused, InputUnreadable, StoreUnwritable, WrongUse
from tregua.ledger.signing.b64 import decode, encode
from tregua.ledger.signing.book import Book
from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.device_key import new_key, read_key, write_key
from tregua.ledger.signing.disclosures import Field, digest_of, fields_in
from tregua.ledger.signing.keys import Root
from tregua.ledger.signing.read import read_entry
from tregua.ledger.signing.sign import Draft
from tregua.ledger.signing.strict_json import write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledger.signing.conftest import Parties


def payload_of(entry: bytes) -> dict[str, object]:
    held = json.loads(decode(entry.decode().split(".")[1]))
    assert isinstance(held, dict)
    return held


def resigned(parties: Parties, kid: str, entry: bytes, **changes: object) -> bytes:
    """Return the entry with other open fields, signed again by that key."""
    header = entry.decode().split(".")[0]
    payload = {k: v for k, v in (payload_of(entry) | changes).items() if v is not None}
    signed = f"{header}.{encode(write(payload).encode())}"
    return f"{signed}.{encode(parties.keys[kid].sign(signed.encode()))}".encode()


# --- a report walks in ---------------------------------------------------------------------------


def test_the_open_part_tells_nothing_of_what_happened(parties: Parties) -> None:
    """Who, which number, under which text: no place, no time of the event, no word of it."""
    entry = parties.put("a/phone", parties.report()).entry
    assert {"iss", "kind", "seq", "iat", "agr", "rel", "_sd", "_sd_alg"} == set(payload_of(entry))
    assert not [
        w for w in (b"mortar", b"nurse", b"36.2") if w in decode(entry.decode().split(".")[1])
    ]


def test_what_was_disclosed_comes_back(parties: Parties) -> None:
    """All five fields open, each with its own marking."""
    made = parties.put("a/phone", parties.report())
    assert REPORT == fields_in(read_entry(made.entry), made.disclosures)


def test_a_field_can_stay_closed(parties: Parties) -> None:
    """The coarse cell without the point, the point later or never."""
    made = parties.put("a/phone", parties.report())
    some = [d for d in made.disclosures if "cell" in decode(d).decode()]
    assert ["where.cell50"] == [f.name for f in fields_in(read_entry(made.entry), some)]


def test_decoys_hide_how_much_was_said(parties: Parties) -> None:
    """There are two to four more digests than fields."""
    found = {
        len(read_entry(parties.put("a/phone", parties.report()).entry).digests) - len(REPORT)
        for _ in range(30)
    }
    assert {2, 3, 4} == found


def test_the_second_entry_of_a_key_names_the_first(parties: Parties) -> None:
    """Chains are per key: the other side's entries do not disturb them."""
    first = parties.put("a/phone", parties.report())
    parties.put("b/phone", parties.report())
    second = read_entry(parties.put("a/phone", parties.report()).entry)
    assert (2, first.next) == (second.seq, second.prev)


def test_quantum_safe_keys_do_the_same(new_parties: type[Parties]) -> None:
    """ML-DSA-44 signs and is checked like Ed25519."""
    parties = new_parties("ML-DSA-44")
    parties.name(parties.keys["a/phone"])
    assert "ML-DSA-44" == read_entry(parties.put("a/phone", parties.report()).entry).alg


# --- what is refused -----------------------------------------------------------------------------


def refusal(parties: Parties, entry: bytes) -> str:
    before = parties.book.size
    with pytest.raises(EntryRefused) as refused:
        parties.book.take(entry)
    assert before == parties.book.size
    return refused.value.why


def test_an_entry_twice_is_a_repetition(parties: Parties) -> None:
    made = parties.put("a/phone", parties.report())
    assert "it repeats entry 2, which stands already" == refusal(parties, made.entry)


def test_a_number_left_out_is_named(parties: Parties) -> None:
    parties.put("a/phone", parties.report())
    entry = parties.signed("a/phone", parties.report()).entry
    later = resigned(parties, "a/phone", entry, seq=3)
    said = "it is number 3 of the key a/phone; number 2 is expected"
    assert said == refusal(parties, later)


def test_another_past_is_refused(parties: Parties) -> None:
    parties.put("a/phone", parties.report())
    entry = parties.signed("a/phone", parties.report()).entry
    other = resigned(parties, "a/phone", entry, prev="00" * 32)
    assert "it does not follow the entry of a/phone" in refusal(parties, other)


def test_nobody_signs_for_another(parties: Parties) -> None:
    """B's key under A's name, and A's name over B's key."""
    entry = parties.signed("b/phone", parties.report()).entry
    assert "whoever it says that it is from" in refusal(
        parties, resigned(parties, "b/phone", entry, iss="a")
    )
    mine = parties.signed("a/phone", parties.report()).entry
    assert "the key a/phone did not sign it" == refusal(parties, resigned(parties, "b/phone", mine))


def test_a_changed_letter_breaks_the_signature(parties: Parties) -> None:
    entry = parties.signed("a/phone", parties.report()).entry
    head, _, signature = entry.decode().split(".")
    changed = encode(write(payload_of(entry) | {"iat": D + 1}).encode())
    assert "the key a/phone did not sign it" == refusal(
        parties, f"{head}.{changed}.{signature}".encode()
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"rel": []}, "a marking names no audience: nobody could see it"),
        ({"rel": ["B", "A"]}, "the audiences of a marking are not sorted, each once"),
        ({"agr": "11" * 32}, "it names a text of the agreement that is not in force here"),
        ({"ref": ["22" * 32]}, "it refers to 222222222222, which did not come before it"),
        ({"kind": "finding"}, "the key a/phone may not sign an entry of kind finding"),
        ({"kind": "rumour"}, "its kind is not one of agreement"),
        ({"iat": D + 90 * 86_400}, "it is dated outside the time of the key a/phone"),
        ({"iat": -1}, "iat is not a whole number from 0"),
        ({"iat": True}, "iat is not a whole number from 0"),
        ({"seq": 0}, "seq is not a whole number from 1"),
        ({"place": "Aleppo"}, "it has an open field 'place', which entries do not have"),
        ({"_sd": ["x", "x"]}, "its digests are not sorted, each once"),
        ({"_sd": ["AAAA"]}, "a digest of it does not have 32 bytes"),
        ({"_sd_alg": "sha-512"}, "its digests are not sha-256"),
        ({"agr": None}, "a field that every entry has is missing"),
        ({"key": {"kid": "a/x", "since": 0}}, "key stands in entries of kind key and revocation"),
        ({"window": ""}, "window is not a text"),
    ],
)
def test_refusals_say_why(parties: Parties, changes: dict[str, object], why: str) -> None:
    """Whoever signs it himself does not get past the form."""
    entry = parties.signed("a/phone", parties.report()).entry
    assert why in refusal(parties, resigned(parties, "a/phone", entry, **changes))


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none", "kid": "a/phone", "typ": "entry+sd-jwt"},
        {"alg": "EdDSA", "kid": "a/phone", "typ": "JWT"},
        {"alg": "EdDSA", "kid": "a/phone"},
        {"alg": "EdDSA", "kid": "a/phone", "typ": "entry+sd-jwt", "crit": []},
        {"alg": "EdDSA", "kid": "A/Phone", "typ": "entry+sd-jwt"},
        {"alg": "ML-DSA-44", "kid": "a/phone", "typ": "entry+sd-jwt"},
    ],
)
def test_headers_are_exact(parties: Parties, header: dict[str, object]) -> None:
    """No algorithm "none", no other type, no header field that another reader might obey."""
    entry = parties.signed("a/phone", parties.report()).entry
    signed = f"{encode(write(header).encode())}.{entry.decode().split('.')[1]}"
    again = f"{signed}.{encode(parties.keys['a/phone'].sign(signed.encode()))}".encode()
    assert refusal(parties, again)


def test_a_key_twice_in_the_payload_is_refused(parties: Parties) -> None:
    """Two readers could see two things."""
    entry = parties.signed("a/phone", parties.report()).entry
    text = write(payload_of(entry))
    double = encode((text[:-1] + ',"iss":"a"}').encode())
    signed = f"{entry.decode().split('.')[0]}.{double}"
    again = f"{signed}.{encode(parties.keys['a/phone'].sign(signed.encode()))}".encode()
    assert "a key stands twice in one object" == refusal(parties, again)


# --- disclosures ---------------------------------------------------------------------------------


def refused_disclosures(parties: Parties, *texts: str) -> str:
    claims = read_entry(parties.put("a/phone", parties.report()).entry)
    with pytest.raises(EntryRefused) as refused:
        fields_in(claims, texts)
    return refused.value.why


def test_an_invented_disclosure_is_refused_not_dropped(parties: Parties) -> None:
    made = parties.put("a/phone", parties.report())
    text = encode(write([encode(b"s" * 16), "what", {"rel": ["A"], "v": "air-strike"}]).encode())
    with pytest.raises(EntryRefused, match="'what' matches no digest of the entry"):
        fields_in(read_entry(made.entry), [*made.disclosures[:1], text])


def test_another_spelling_of_the_same_value_is_another_disclosure(parties: Parties) -> None:
    made = parties.put("a/phone", parties.report())
    spaced = encode(decode(made.disclosures[1]).replace(b'","', b'", "'))
    assert digest_of(spaced) != digest_of(made.disclosures[1])
    with pytest.raises(EntryRefused, match="matches no digest"):
        fields_in(read_entry(made.entry), [spaced])


def test_a_disclosure_of_another_entry_is_refused(parties: Parties) -> None:
    other = parties.put("b/phone", parties.report())
    assert "matches no digest" in refused_disclosures(parties, other.disclosures[0])


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (["c2hvcnQ", "what", {"v": 1, "rel": ["A"]}], "a salt of less than 16 bytes"),
        ([encode(b"s" * 16), "iss", {"v": 1, "rel": ["A"]}], "cannot be called 'iss'"),
        ([encode(b"s" * 16), "...", {"v": 1, "rel": ["A"]}], "cannot be called '...'"),
        ([encode(b"s" * 16), "what", 1], "is not a value with its marking"),
        ([encode(b"s" * 16), "what"], "not a list of salt, name and value"),
        ({"a": 1}, "not a list of salt, name and value"),
    ],
)
def test_disclosures_have_one_form(parties: Parties, held: object, why: str) -> None:
    assert why in refused_disclosures(parties, encode(write(held).encode()))


@pytest.mark.outside
def test_the_worked_example_of_the_rfc(shared_data: Path) -> None:
    """RFC 9901, 4.2.3: the digest is over the text of the disclosure."""
    path = shared_data / "tlog-vectors" / "rfc9901-disclosure.json"
    if not path.exists():
        pytest.skip("the worked example of RFC 9901 is absent from the test data")
    example = json.loads(path.read_text("utf-8"))
    assert example["digest"] == digest_of(example["disclosure"])


# --- keys ----------------------------------------------------------------------------------------


def revoke(parties: Parties, kid: str, lost: int) -> None:
    party = kid.partition("/")[0]
    parties.put(f"{party}/root", Draft("revocation", AGR, ALL, D, key=KeyTerms(kid, since=lost)))


def test_a_revoked_key_signs_nothing_more(parties: Parties) -> None:
    parties.put("a/phone", parties.report())
    late = parties.signed("a/phone", parties.report()).entry
    revoke(parties, "a/phone", D - 60)
    assert "the key a/phone was revoked by entry 3" == refusal(parties, late)


def test_only_its_own_root_names_keys(parties: Parties) -> None:
    """B's root cannot name a key of A, and a phone names nobody."""
    extra = new_key("a/tablet", random=parties.random)
    terms = KeyTerms(extra.kid, extra.alg, extra.public, ("report",), D, D + 9)
    draft = Draft("key", AGR, ALL, D, key=terms)
    assert "by its own root key" in refusal(parties, parties.signed("b/root", draft).entry)
    assert "may not sign an entry of kind key" in refusal(
        parties, parties.signed("a/phone", draft).entry
    )


def test_a_root_signs_no_report(parties: Parties) -> None:
    entry = parties.signed("a/root", parties.report()).entry
    assert "may not sign an entry of kind report" in refusal(parties, entry)


def test_a_key_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    key, path = new_key("a/phone"), tmp_path / "a.key"
    write_key(key, path)
    assert key == read_key(path)
    assert 0o600 == path.stat().st_mode & 0o777
    with pytest.raises(StoreUnwritable):
        write_key(key, path)
    path.chmod(0o640)
    with pytest.raises(InputUnreadable, match="others than its owner may read"):
        read_key(path)
    assert encode(key.seed) not in repr(key)


def test_key_names_are_party_and_device() -> None:
    for wrong in ("a", "A/phone", "a/", "../x", "a/b/c"):
        with pytest.raises(WrongUse):
            new_key(wrong)


# --- properties ----------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(0, 7))
def test_no_bit_can_be_changed(parties: Parties, at: int, bit: int) -> None:
    """Flip any bit of an entry: it is refused."""
    entry = bytearray(parties.signed("a/phone", parties.report()).entry)
    entry[at % len(entry)] ^= 1 << bit
    with pytest.raises(EntryRefused):
        parties.book.check(bytes(entry))


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    """Whatever comes in is an entry or refused, in one sentence."""
    with pytest.raises(EntryRefused) as refused:
        read_entry(data)
    assert refused.value.why


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_JSON)
def test_no_json_crashes_the_disclosures(parties: Parties, value: object) -> None:
    """Any JSON as a disclosure is refused."""
    claims = read_entry(parties.signed("a/phone", parties.report()).entry)
    with pytest.raises(EntryRefused):
        fields_in(claims, [encode(json.dumps(value).encode("utf-8", "surrogatepass"))])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["a/phone", "b/phone"]), max_size=8))
def test_two_books_of_one_log_agree(parties: Parties, order: list[str]) -> None:
    """Whoever reads the log again from its beginning comes to the same keys and places."""
    for kid in order:
        parties.put(kid, parties.report())
    roots = tuple(Root(s, "EdDSA", parties.keys[f"{s}/root"].public) for s in ("a", "b", "mon"))
    again = Book(roots, {AGR})
    for entry in parties.log:
        again.take(entry)
    assert parties.book.keys == again.keys
    assert [parties.book.place(k) for k in parties.keys] == [again.place(k) for k in parties.keys]


def test_a_field_has_an_audience_within_the_record(parties: Parties) -> None:
    for rel, why in (((), "nobody may see its field what"), (("PUBLIC",), "marked wider")):
        with pytest.raises(EntryRefused, match=why):
            parties.signed("a/phone", parties.report(fields=(Field("what", 1, rel),)))
