"""The page of an archive: what is in it and how to check it, for any browser, without a script."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

_STYLE = """body{font:17px/1.5 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em}
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}code,pre{font:14px/1.5 monospace}
pre{background:#f3f3f0;padding:.8em;overflow:auto}table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.25em .7em .25em 0;border-bottom:1px solid #ddd;vertical-align:top}
.hash{overflow-wrap:anywhere;font:14px monospace}"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the page tells.

    Attributes:
        title: of the deal.
        audience: for whom it was made; empty for whoever keeps the record.
        at, as_of: what happened until, and what was known until, in words.
        size: entries of the ledger.
        root: root hash over them, hex.
        disclosed: entries of which something is disclosed.
        answers: explanation trees in it.
        checkpoints: sizes of the checkpoints in it, sorted.
        verifier: SHA-256 (hex) of the verifier in it.
        files: name and size in bytes of every other file, sorted.
    """

    title: str
    audience: str
    at: str
    as_of: str
    size: int
    root: str
    disclosed: int
    answers: int
    checkpoints: tuple[int, ...]
    verifier: str
    files: tuple[tuple[str, int], ...]


def export_page(told: Contents) -> str:
    """Write the page."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(told.title)}: the record</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(told.title)}: the record</h1>"
        f"{_what(told)}{_how(told)}{_go_on()}{_files(told)}</body></html>\n"
    )


def _what(told: Contents) -> str:
    whom = f"for {escape(told.audience)}" if told.audience else "for whoever keeps the record"
    counts = ", ".join(f"{size:,}" for size in told.checkpoints)
    signed = (
        f"Signed checkpoints of {counts} entries lie in <code>ledger/</code>."
        if counts
        else "No checkpoint was published yet: only the signers of the entries vouch for them."
    )
    return (
        f"<p>Made {whom}. What happened until {escape(told.at)}, as known from "
        f"{escape(told.as_of)}.</p><h2>What is in it</h2>"
        f"<p>{told.size:,} entries, each signed by whoever made it; of {told.disclosed:,} of them "
        "something is disclosed here, of the others only digests. "
        f"{told.answers:,} answers with the whole way that led to each. {signed}</p>"
        f'<p>Root over all entries: <span class="hash">{told.root}</span>. '
        "Compare it with what the other side holds.</p>"
    )


def _how(told: Contents) -> str:
    policy = "ledger/policy" if told.checkpoints else "-"
    trees = (
        "python tregua_verify.py tree answers/trees.json entries.jsonl\n"
        "python check_tree.py answers/trees.json entries.jsonl\n"
        if told.answers
        else ""
    )
    return (
        "<h2>How to check it without the program that made it</h2>"
        "<p>You need Python 3.11 and its package cryptography. In this folder:</p>"
        "<pre>sha256sum -c SHA256SUMS\n"
        f"python tregua_verify.py ledger {policy} ledger\n{trees}</pre>"
        "<p>Trust nothing that lies in this folder because it lies here. Three things come from "
        "the paper that both sides signed: the root keys and texts in <code>ledger/annex</code>, "
        "the rule in <code>ledger/policy</code>, and the digest of <code>tregua_verify.py</code>, "
        f'which must be <span class="hash">{told.verifier}</span>.</p>'
        "<p>It does not show that what was reported is true.</p>"
    )


def _go_on() -> str:
    return (
        "<h2>How to go on with it</h2><p>Another centre, or a party alone, opens the next ledger "
        "behind this one; its first entry names the root above:</p>"
        "<pre>tregua go-on THIS-ARCHIVE --ledger next.sqlite</pre>"
    )


def _files(told: Contents) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{size:,}</td></tr>"
        for name, size in told.files
    )
    return f"<h2>Files</h2><table><tr><th>name</th><th>bytes</th></tr>{rows}</table>"
