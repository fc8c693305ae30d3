"""What goes into an archive, part by part: log, deal, annex, answers, programs, page."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from importlib.resources import files as packaged
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tregua.centre import Picture
    from tregua.ledger.store import Head
    from tregua.sharing.visit import Visit

_BESIDE = re.compile(r'^\s*geometry:\s*"([\w-][\w.-]*)"', re.MULTILINE)
MAX_DEAL = 16 * 1024 * 1024  # bytes of the deal, and of each file that it names


def verifier() -> bytes:
    """Return the single-file verifier as it is handed out."""
    return packaged("tregua.ledger").joinpath("tregua_verify.py").read_bytes()


def programs() -> dict[str, bytes]:
    """Return the two programs that check an archive alone."""
    from tregua.cli.checker_file import checker
    from tregua.ledger.archive.names import CHECKER, VERIFIER

    return {VERIFIER: verifier(), CHECKER: checker()}


def log_files(lines: tuple[bytes, ...], log: Path | None, head: Head) -> dict[str, bytes]:
    """Return bundles and tiles of the entries, and what was signed over them where it lies.

    Raises:
        InputUnreadable: the folder holds no log.
        LedgerDamaged: what was signed there is not the beginning of this record.
    """
    from tregua.ledger.archive.log_files import tiles_of_entries
    from tregua.ledger.archive.names import LOG

    entries = [line.partition(b"~")[0] for line in lines]
    found = tiles_of_entries(entries) | ({} if log is None else _signed(log, entries, head))
    return {f"{LOG}/{name}": data for name, data in found.items()}


def _signed(log: Path, entries: list[bytes], head: Head) -> dict[str, bytes]:
    from tregua.errors import InputUnreadable, LedgerDamaged
    from tregua.ledger.mirror.log_folder import CHECKPOINT, HISTORY, PENDING, POLICY
    from tregua.ledger.notes.checkpoint import read_head_text
    from tregua.ledger.notes.note import MAX_NOTE, read_note
    from tregua.ledger.notes.read_policy import MAX_POLICY
    from tregua.ledger.tiles.read_tiles import FolderSource
    from tregua.ledger.tree import leaf_hash, root_of

    source = FolderSource(log)
    policy = source.read(POLICY, most=MAX_POLICY)
    older = (f"{HISTORY}/{path.name}" for path in sorted((log / HISTORY).glob("[0-9]*")))
    notes = {n: source.read(n, most=MAX_NOTE) for n in (CHECKPOINT, PENDING, *older)}
    held = {name: data for name, data in notes.items() if data is not None}
    if policy is None or not held:
        raise InputUnreadable(log, "no log was published there: no policy, or no checkpoint")
    leaves = [leaf_hash(entry) for entry in entries]
    for name, data in held.items():
        signed = read_head_text(read_note(data).text)
        if signed.size > head.size or root_of(leaves[: signed.size]) != signed.root:
            raise LedgerDamaged(f"{log}: {name}", "it was signed over another record than this")
    return {POLICY: policy, **held}


def agreement_files(deal: Path | None) -> dict[str, bytes]:
    """Return the deal's text, and the files beside it that it names."""
    from tregua.cli.listen import bytes_in
    from tregua.cli.where import find_deal
    from tregua.ledger.archive.names import AGREEMENT

    path = find_deal(deal)
    text = bytes_in(path, most=MAX_DEAL)
    named = sorted(set(_BESIDE.findall(text.decode("utf-8", "replace"))))
    beside = [path.parent / name for name in named if (path.parent / name).is_file()]
    return {f"{AGREEMENT}/{path.name}": text} | {
        f"{AGREEMENT}/{one.name}": bytes_in(one, most=MAX_DEAL) for one in beside
    }


def annex_bytes(annex: Path | None, ledger: str) -> bytes:
    """Return the annex that was given, else the one beside the ledger.

    Raises:
        InputUnreadable: there is none, or it cannot be read.
    """
    from tregua.cli.desk import annex_needed
    from tregua.ledger.annex import annex_text, read_annex

    found = annex_needed(ledger) if annex is None else read_annex(annex)
    return annex_text(found).encode("ascii")


def answers(picture: Picture, ledger: str, visit: Visit) -> bytes:
    """Return every answer with its explanation tree, as `tregua why --json` gives it."""
    from tregua.cli.export_tree import trees_of

    trees = trees_of(picture.assessments, picture, ledger, visit)
    return (json.dumps(trees, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def page(picture: Picture, files: Mapping[str, bytes], lines: tuple[bytes, ...]) -> bytes:
    """Return the page that says what is in the archive and how to check it."""
    from tregua.bulletin.export_page import Contents, export_page
    from tregua.ledger.archive.names import CHECKPOINT, HEAD, VERIFIER
    from tregua.ledger.notes.checkpoint import read_head_text
    from tregua.ledger.notes.note import read_note
    from tregua.terms.time import show_time

    notes = [data for name, data in files.items() if name.startswith(CHECKPOINT)]
    told = Contents(
        title=picture.deal.title,
        audience=picture.known.audience,
        at=show_time(picture.at, picture.agreement.zone),
        as_of=picture.known.as_of,
        size=len(lines),
        root=files[HEAD].decode().split()[1],
        disclosed=sum(line.count(b"~") > 1 for line in lines),
        answers=len(picture.assessments),
        checkpoints=tuple(sorted({read_head_text(read_note(d).text).size for d in notes})),
        verifier=sha256(files[VERIFIER]).hexdigest(),
        files=tuple((name, len(files[name])) for name in sorted(files)),
    )
    return export_page(told).encode()
