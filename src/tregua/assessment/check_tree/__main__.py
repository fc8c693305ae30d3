"""The command: check every tree of a file."""

from __future__ import annotations

import json
import sys

from tregua.assessment.check_tree import check
from tregua.assessment.check_tree.entries import Entries


def main(tree_file: str, entries_file: str) -> int:
    """Check every tree of a file; 0 when all hold, 1 when one is refused.

    Runs when the checker is a program of its own; inside the room nothing reads a file.
    """
    with open(tree_file, encoding="utf-8") as text:  # noqa: PTH123 - no import for two files
        trees = json.load(text)
    trees = trees if isinstance(trees, list) else [trees]
    with open(entries_file, "rb") as lines:  # noqa: PTH123
        entries = Entries(lines)
    refused = 0
    for tree in trees:
        why = check(tree, entries)
        refused += bool(why)
        sys.stdout.write(f"{tree.get('id')}: {f'refused: {why}' if why else 'holds'}\n")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
