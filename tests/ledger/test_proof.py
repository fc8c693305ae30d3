"""Receipts of single entries: checkable without the record."""

from dataclasses import replace

import pytest

from tregua.errors import WrongUse
from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.proof import proves, receipt_for
from tregua.ledger.store import Head
from tregua.ledger.stores.memory import MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    append(store, [("report", "Side A", canonical({"n": n})) for n in range(11)])
    return store


def test_a_receipt_proves_its_entry_at_every_size(store: MemoryStore) -> None:
    """Each entry is proved to stand in each record that is long enough to hold it."""
    rows = list(store.rows())
    for size in range(1, 12):
        head = Head(size, store.root_at(size))
        for row in rows[:size]:
            assert proves(receipt_for(store, row.index, size=size), row.data, head)


def test_a_receipt_proves_nothing_else(store: MemoryStore) -> None:
    """Other bytes, another place or another head are not proved."""
    head = store.head()
    third, fourth = list(store.rows(3, 5))
    receipt = receipt_for(store, 3)
    assert not proves(receipt, third.data + b" ", head)
    assert not proves(receipt, fourth.data, head)
    assert not proves(replace(receipt, index=4), third.data, head)
    assert not proves(receipt, third.data, Head(10, store.root_at(10)))


def test_there_is_no_receipt_for_what_is_not_there(store: MemoryStore) -> None:
    """An entry beyond the record, or beyond the size asked for, has no receipt."""
    for index, size in ((11, None), (-1, None), (5, 5), (0, 12)):
        with pytest.raises(WrongUse, match="the record has 11"):
            receipt_for(store, index, size=size)
