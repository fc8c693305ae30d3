"""A program of its own that appends signed notices with bodies: for killing it.

Usage: ``python body_appender.py LEDGER NAME``; it prints the size after each acknowledged batch.
"""

import sys
from collections.abc import Iterator

from tests.ledger.bodies_made import made
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_writing
from tregua.ledger.store import Store


def main() -> None:
    where, name = sys.argv[1:]
    with open_for_writing(where) as store:
        for number in range(10_000):
            print(append(store, batch(store, number, name)).size, flush=True)


def batch(store: Store, number: int, name: str) -> Iterator[bytes]:
    """Yield two entries, as every batch is made: bodies first, when its turn has come."""
    pair = [made(2 * number, party=name), made(2 * number + 1, party=name)]
    store.bodies.put(pair)
    yield from (one.entry for one in pair)


if __name__ == "__main__":
    main()
