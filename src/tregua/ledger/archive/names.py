"""Which file of an archive is which."""

from __future__ import annotations

from tregua.ledger.archive.pack import SUMS

PAGE = "index.html"
VERIFIER, CHECKER = "tregua_verify.py", "check_tree.py"
LOG = "ledger"  # the folder of the log
ANNEX, POLICY, CHECKPOINT = f"{LOG}/annex", f"{LOG}/policy", f"{LOG}/checkpoint"
ENTRIES = "entries.jsonl"  # each entry with the disclosures of one audience, a line each
HEAD = "head"  # size and root, as `tregua audit` prints them
TREES = "answers/trees.json"
AGREEMENT = "agreement"  # the folder of the deal's text and what it names
NEEDED = (SUMS, PAGE, VERIFIER, CHECKER, ANNEX, ENTRIES, HEAD)
