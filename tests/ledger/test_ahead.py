"""Signatures checked in other processes: the same answers, and none where a process is gone."""

from __future__ import annotations

import io
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.ledger.signing.conftest import AGR, D, Parties
from tests.ledger.test_signatures import DRAFT, Record
from tregua.errors import EntryRefused
from tregua.ledger import ahead
from tregua.ledger.ahead import read_ahead
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.b64 import encode
from tregua.ledger.signing.checker import Checker, answers
from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.read import is_signed_by
from tregua.ledger.signing.sign import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.signing.checker import Question


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let other processes help from the third entry on, two entries at a time."""
    monkeypatch.setattr(ahead, "FEW", 2)
    monkeypatch.setattr(ahead, "AT_ONCE", 2)


@pytest.fixture
def parties() -> Parties:
    """Return the parties with the phones of A and B known."""
    made = Parties()
    for kid in ("a/phone", "b/phone"):
        made.name(made.keys[kid])
    return made


def spoilt_record() -> Record:
    """A record with forged entries, a revoked key and a name that was given twice."""
    record = Record()
    for _ in range(4):
        record.put("a/phone", DRAFT)
        record.put("b/phone", DRAFT)
    stood = record.places["a/phone"]
    record.put("a/phone", DRAFT, by="b/phone")
    record.places["a/phone"] = stood
    monitor = record.people.keys["mon/phone"]
    again = KeyTerms("b/phone", monitor.alg, monitor.public, ("report",), D, D + 9)
    record.put("b/root", Draft("key", AGR, ("PUBLIC",), D, key=again))
    record.put("b/phone", DRAFT, by="mon/phone")
    record.put("a/root", Draft("revocation", AGR, ("PUBLIC",), D, key=KeyTerms("a/phone", since=D)))
    record.put("a/phone", DRAFT)
    return record


def test_the_audit_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """With other processes and without: each forged entry, each key that may not."""
    record = spoilt_record()
    alone = record.found()
    monkeypatch.setattr(ahead, "FEW", 2)
    monkeypatch.setattr(ahead, "AT_ONCE", 2)
    assert alone == record.found()
    errors = [("G021", "10"), ("G029", "11"), ("G021", "12"), ("G023", "14")]
    assert [*errors, *(("G036", str(n)) for n in (2, 4, 6, 8))] == alone


@pytest.mark.usefixtures("early")
def test_what_was_asked_ahead_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the first entries, read before another process was there, are checked here."""
    record = Record()
    for _ in range(5):
        record.put("a/phone", DRAFT)
    here = []

    def checked(data: bytes, alg: str, public: bytes) -> bool:
        here.append(data)
        return is_signed_by(data, alg, public)

    monkeypatch.setattr("tregua.ledger.signing.book.is_signed_by", checked)
    assert [] == record.found()
    assert [row.data for row in record.store.rows(0, 2)] == here


@pytest.mark.usefixtures("early")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tregua.ledger.signing.checker.__name__", "tregua.no_such_program"),
        ("sys.executable", "/no/such/interpreter"),
    ],
    ids=["it ends at once", "it cannot start"],
)
def test_a_process_that_is_gone_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Where a child ends before it answers, the book asks by itself, and finds the same."""
    monkeypatch.setattr(name, value)
    record = spoilt_record()
    assert ["G021", "G029", "G021", "G023"] == [code for code, _ in record.found()][:4]


@pytest.mark.usefixtures("early")
def test_what_is_no_entry_comes_in_its_place(parties: Parties) -> None:
    """Refused bytes and signed entries alternate as they lie there."""
    parties.put("a/phone", parties.report())
    data = [one for entry in parties.log for one in (entry, b"none")]
    read = list(read_ahead(data, parties.book.keys))
    assert [SignedEntry, EntryRefused] * len(parties.log) == [type(one) for one in read]


def questions(parties: Parties) -> Iterator[Question]:
    phone, other = parties.keys["a/phone"].public, parties.keys["b/phone"].public
    for entry in parties.log[2:]:
        yield entry, "EdDSA", phone
        yield entry, "EdDSA", other
        yield entry, "EdDSA", phone[:-1]


def test_answers_come_in_the_order_of_the_questions(parties: Parties) -> None:
    """Yes for the key that signed; no for another one, and for one that is none."""
    for n in range(3):
        parties.put("a/phone", parties.report(D + n))
    asked = list(questions(parties))
    with closing(Checker()) as checker:
        first, second = checker.ask(asked), checker.ask(asked[:1])
        assert [True, False, False] * 3 == first.result()
        assert [True] == second.result()


def test_what_a_child_says(parties: Parties) -> None:
    """One digit for each line, and a line of them at each empty line."""
    parties.put("a/phone", parties.report())
    lines = [b"%s %s %s\n" % (a.encode(), encode(k).encode(), e) for e, a, k in questions(parties)]
    said = answers(io.BytesIO(b"".join([*lines, b"\n", lines[0], b"\n", b"\n"])))
    assert [b"100\n", b"1\n", b"\n"] == list(said)
