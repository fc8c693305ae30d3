"""Who takes in entries again and again reads each entry once, and is never ahead of the ledger."""

from __future__ import annotations

import pytest

from tests.ledger.test_signatures import DRAFT, Record
from tregua.errors import EntryRefused
from tregua.ledger import take_signed as module
from tregua.ledger.ahead import read_ahead
from tregua.ledger.take_signed import SignedIntake, take_signed


def test_each_entry_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batch after batch, also of entries that somebody else put there between."""
    record, read = Record(), []

    def counted(entries: object, keys: object) -> object:
        some = list(entries)  # type: ignore[call-overload]
        read.extend(some)
        return read_ahead(some, keys)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "read_ahead", counted)
    intake = SignedIntake(record.store, record.annex)
    places = [intake.take([record.made("a/phone", DRAFT)])[0].index for _ in range(3)]
    record.put("b/phone", DRAFT)
    places += [one.index for one in intake.take([record.made("a/phone", DRAFT)])]
    assert [2, 3, 4, 6] == places
    data = [row.data for row in record.store.rows()]
    assert [data[0], data[1], data[2]] == read[:3]
    assert sorted(data) == sorted(set(read))
    assert [] == record.found()


def test_after_a_refusal_it_knows_what_is_recorded() -> None:
    """A batch of which one entry is refused leaves nothing; the good one of it may come again."""
    record = Record()
    intake = SignedIntake(record.store, record.annex)
    good, forged = record.made("a/phone", DRAFT), record.made("b/phone", DRAFT, by="a/phone")
    with pytest.raises(EntryRefused, match="number 2 of the bundle: the key b/phone did not sign"):
        intake.take([good, forged])
    assert [2] == [one.index for one in intake.take([good])]
    (again,) = take_signed(record.store, [good], record.annex)
    assert (2, True) == (again.index, again.already)
