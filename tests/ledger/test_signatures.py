"""The audit names every entry that its signer may not have put there, and every false body."""

from __future__ import annotations

import pytest

from tests.ledger.signing.conftest import AGR, ALL, REPORT, D, Parties
from tregua.ledger.annex import Annex, annex_text, read_annex
from tregua.ledger.audit import audit
from tregua.ledger.codes import PAGES
from tregua.ledger.intake import append
from tregua.ledger.signatures import CODES
from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.keys import Root
from tregua.ledger.signing.sign import Draft, Place, Signed, sign
from tregua.ledger.stores.memory import MemoryStore

DRAFT = Draft("report", AGR, ALL, D + 60, fields=REPORT)


class Record:
    """A ledger in memory into which anything can be put, past every check of its signatures."""

    def __init__(self) -> None:
        self.people = Parties()
        keys = self.people.keys.values()
        self.annex = Annex(
            tuple(Root(k.party, k.alg, k.public) for k in keys if k.kid.endswith("/root")), (AGR,)
        )
        self.store = MemoryStore()
        self.places: dict[str, Place] = {}
        for side in ("a", "b"):
            phone = self.people.keys[f"{side}/phone"]
            terms = KeyTerms(phone.kid, phone.alg, phone.public, ("report", "nil"), D, D + 9_999)
            self.put(f"{side}/root", Draft("key", AGR, ("PUBLIC",), D, key=terms))

    def made(self, kid: str, draft: Draft, *, by: str = "") -> Signed:
        place = self.places.get(kid, Place())
        key = self.people.keys[kid]
        if by:
            key = type(key)(kid, key.alg, self.people.keys[by].seed)
        one = sign(draft, key, place, random=self.people.random)
        self.places[kid] = Place(place.seq + 1, one.next)
        return one

    def put(self, kid: str, draft: Draft, *, by: str = "") -> Signed:
        one = self.made(kid, draft, by=by)
        self.store.bodies.put([one])
        append(self.store, [one.entry])
        return one

    def found(self) -> list[tuple[str, str]]:
        result = audit(self.store, annex=self.annex)
        return [(n.code, n.on) for n in result.findings]


@pytest.fixture
def record() -> Record:
    return Record()


def test_a_sound_record_has_nothing_to_tell(record: Record) -> None:
    record.put("a/phone", DRAFT)
    record.put("b/phone", DRAFT)
    assert [] == record.found()


def test_a_forged_entry_is_named_and_hides_no_other(record: Record) -> None:
    """B signs in A's name, twice; what A then signs goes on where A was."""
    record.put("a/phone", DRAFT)
    stood = record.places["a/phone"]
    record.put("a/phone", DRAFT, by="b/phone")
    record.places["a/phone"] = stood
    record.put("a/phone", DRAFT)
    record.places["a/phone"] = stood
    record.put("a/phone", DRAFT, by="b/phone")
    assert [("G021", "3"), ("G021", "5")] == record.found()


def test_an_unknown_and_a_revoked_key(record: Record) -> None:
    record.put("mon/phone", DRAFT)
    lost = KeyTerms("a/phone", since=D)
    record.put("a/root", Draft("revocation", AGR, ("PUBLIC",), D + 1, key=lost))
    record.put("a/phone", DRAFT)
    assert [("G022", "2"), ("G023", "4")] == record.found()


def test_a_dropped_entry_is_told_once(record: Record) -> None:
    record.put("a/phone", DRAFT)
    record.made("a/phone", DRAFT)
    record.put("a/phone", DRAFT)
    record.put("a/phone", DRAFT)
    assert [("G024", "3")] == record.found()


def test_an_entry_played_again(record: Record) -> None:
    one = record.put("a/phone", DRAFT)
    append(record.store, [one.entry])
    assert [("G025", "3")] == record.found()


def test_another_text_a_missing_reference_and_the_terms_of_a_key(record: Record) -> None:
    record.put("a/phone", Draft("report", "11" * 32, ALL, D + 60))
    record.places["a/phone"] = Place()
    record.put("a/phone", Draft("report", AGR, ALL, D + 60, ref=("22" * 32,)))
    record.places["a/phone"] = Place()
    record.put("a/phone", Draft("release", AGR, ALL, D + 60))
    record.places["a/phone"] = Place()
    record.put("a/phone", Draft("report", AGR, ALL, D + 99_999))
    assert [("G026", "2"), ("G027", "3"), ("G028", "4"), ("G028", "5")] == record.found()


def test_a_party_cannot_name_the_key_of_another(record: Record) -> None:
    phone = record.people.keys["mon/phone"]
    terms = KeyTerms(phone.kid, phone.alg, phone.public, ("report",), D, D + 9)
    record.put("a/root", Draft("key", AGR, ("PUBLIC",), D, key=terms))
    assert [("G029", "2")] == record.found()


def test_a_body_that_is_not_its_entrys(record: Record) -> None:
    """A disclosure of another entry, and a body of an entry that is nowhere."""
    one, other = record.put("a/phone", DRAFT), record.put("b/phone", DRAFT)
    nowhere = record.made("a/phone", DRAFT)
    record.store.bodies.put([Signed(one.entry, other.disclosures), nowhere])
    assert [("G030", "2"), ("G033", nowhere.next)] == record.found()


def test_an_unsigned_entry_and_an_undeclared_window(record: Record) -> None:
    append(record.store, [("notice", "x", "{}")])
    record.put("a/phone", Draft("report", AGR, ALL, D + 60, window="w1"))
    assert [("G031", "2"), ("G032", "3")] == record.found()


def test_every_rule_has_a_page() -> None:
    pages = {page.code for page in PAGES}
    assert {*CODES.values(), "G030", "G032", "G033"} <= pages


def test_an_annex_is_read_back_as_it_was_written(record: Record, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "x.annex"
    whole = Annex(record.annex.roots, record.annex.agreements, ("mon",))
    path.write_text(f"# signed on paper\n{annex_text(whole)}", "ascii")
    assert whole == read_annex(path)
