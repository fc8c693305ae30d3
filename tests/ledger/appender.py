"""A program of its own that appends batches and prints each acknowledged index: for killing it.

Usage: ``python appender.py LEDGER NAME BATCHES SIZE``
"""

import sys

from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_writing


def main() -> None:
    where, name, batches, size = sys.argv[1:]
    with open_for_writing(where) as store:
        for batch in range(int(batches)):
            said = [canonical({"batch": batch, "n": n}) for n in range(int(size))]
            receipt = append(store, [("report", name, body) for body in said])
            print(receipt.first, batch, receipt.root.hex(), flush=True)


if __name__ == "__main__":
    main()
