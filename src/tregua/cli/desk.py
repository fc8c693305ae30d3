"""The keys with which this centre signs what it takes in: beside the ledger, for its owner only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.desk import Desk

PARTY = "centre"
OPEN_TO = ("PUBLIC",)  # what is taken in from a file of reports, unless it is marked otherwise


def keys_of(ledger: str | Path) -> Path:
    """Return the folder of the keys of a ledger."""
    from tregua.ledger.open import beside

    return beside(ledger).with_suffix(".keys")


def desk_beside(
    ledger: str | Path, *, begun: bool, agr: str = "", rel: tuple[str, ...] = OPEN_TO
) -> Desk:
    """Read the keys beside a ledger; make them when the ledger was not ``begun`` yet.

    A centre alone gets its annex with them: its own root key, and ``agr`` (SHA-256, hex) if given.

    Raises:
        InputUnreadable: a key file cannot be read, or others may read it.
        StoreUnwritable: the keys cannot be made.
    """
    from tregua.errors import StoreUnwritable
    from tregua.ledger.annex import annex_beside
    from tregua.ledger.signing.book import NO_AGREEMENT
    from tregua.ledger.signing.desk import Desk
    from tregua.ledger.signing.device_key import new_key, read_key, write_key

    folder = keys_of(ledger)
    root, device = folder / "root.key", folder / "desk.key"
    if not begun and not root.exists() and not device.exists():
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            why = error.strerror or "it cannot be made"
            raise StoreUnwritable(folder, why, left="no key was written") from error
        write_key(new_key(f"{PARTY}/root"), root)
        write_key(new_key(f"{PARTY}/desk"), device)
    desk = Desk(read_key(root), read_key(device), rel)
    annex = annex_beside(ledger)
    if annex is None and not begun:
        annex = _write_annex(ledger, desk, agr)
    _known(desk, annex, ledger)
    texts = annex.agreements if annex is not None else ()
    return replace(desk, agr=texts[-1] if texts else NO_AGREEMENT)


def _known(desk: Desk, annex: Annex | None, ledger: str | Path) -> None:
    """Refuse to sign what the annex does not let stand.

    Raises:
        InputUnreadable: there is an annex, and the root key of this desk is not in it.
    """
    from tregua.errors import InputUnreadable
    from tregua.ledger.annex import annex_of, root_line

    if annex is not None and desk.as_root not in annex.roots:
        raise InputUnreadable(
            annex_of(ledger),
            "the root key of this centre does not stand in it",
            help=f"when both sides agree, add the line: {root_line(desk.as_root)}",
        )


def _write_annex(ledger: str | Path, desk: Desk, agr: str) -> Annex:
    from tregua.cli.write_whole import write_whole
    from tregua.ledger.annex import Annex, annex_of, annex_text

    annex = Annex((desk.as_root,), (agr,) if agr else ())
    write_whole(annex_text(annex).encode("ascii"), annex_of(ledger))
    return annex


def desk_of(ledger: str | Path) -> Desk:
    """Read the keys with which a ledger that is there is kept.

    Raises:
        SourceUnreachable: there is no ledger.
        InputUnreadable: the keys are not there, or others may read them.
    """
    from tregua.errors import SourceUnreachable
    from tregua.ledger.open import file_of

    file = file_of(ledger)
    if file is not None and not file.exists():
        raise SourceUnreachable(
            str(ledger), "there is no ledger here", help="`tregua intake` begins one"
        )
    return desk_beside(ledger, begun=True)


def annex_needed(ledger: str | Path) -> Annex:
    """Read the annex beside a ledger.

    Raises:
        InputUnreadable: there is none, so nobody can say whose signature counts.
    """
    from tregua.errors import InputUnreadable
    from tregua.ledger.annex import annex_beside, annex_of

    annex = annex_beside(ledger)
    if annex is None:
        why = "there is no annex: nothing says whose keys count"
        line = "write `root PARTY ALGORITHM KEY` for each party, as `tregua keys show` prints it"
        raise InputUnreadable(annex_of(ledger), why, help=line)
    return annex
