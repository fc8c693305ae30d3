"""A log held against checkpoints that others cosigned and kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.notes_made import LEAVES, LOG, NOW, ORIGIN, A, B, checkpoint, policy
from tregua.errors import LedgerDamaged, SignatureRefused
from tregua.ledger.mirror.hold_against import hold_against
from tregua.ledger.notes.checkpoint import LogHead
from tregua.ledger.notes.note import SignedNote
from tregua.ledger.tiles.read_tiles import FileSource


class Leaves(FileSource):
    """The one tile of a log of up to 255 entries."""

    name = "the log"

    def __init__(self, leaves: tuple[bytes, ...]) -> None:
        self._leaves = leaves

    def read(self, name: str, *, most: int) -> bytes | None:  # noqa: ARG002 - the protocol
        width = int(name.rpartition("/")[2])
        return b"".join(self._leaves[:width]) if name.startswith("tile/0/") else None


def said(leaves: tuple[bytes, ...], *notes: SignedNote) -> str:
    try:
        hold_against(Leaves(leaves), len(leaves), notes, policy())
    except LedgerDamaged as damaged:
        return damaged.why
    return ""


def test_a_log_that_went_on_is_in_order() -> None:
    assert "" == said(LEAVES[:30], checkpoint(10, A, B), checkpoint(20, A), checkpoint(30))


def test_the_first_other_root_is_named_with_whoever_cosigned_and_when() -> None:
    """Entry 12 is another: size 10 still agrees, 20 and 30 do not."""
    changed = (*LEAVES[:12], bytes(32), *LEAVES[13:30])
    told = said(changed, checkpoint(30, A, B), checkpoint(20, A, B), checkpoint(10, A, B))
    assert told.startswith("the root at size 20 is ")
    assert "side-a.example/mirror at 2016-09-15T09:00:00Z, side-b.example/mirror at" in told


def test_a_shorter_record_is_named_with_both_sizes() -> None:
    told = said(LEAVES[:10], checkpoint(10, A, B), checkpoint(20, B))
    assert "the record went back from 20 entries to 10; 20 were cosigned by side-b" in told


def test_what_each_of_them_kept_is_told_as_one() -> None:
    """Two mirrors kept one checkpoint, each with its own cosignature."""
    told = said(LEAVES[:10], checkpoint(20, A), checkpoint(20, B))
    assert "side-a.example/mirror at" in told
    assert "side-b.example/mirror at" in told


def test_a_checkpoint_that_nobody_cosigned_proves_nothing() -> None:
    assert "" == said(LEAVES[:10], checkpoint(20))


def test_a_forged_cosignature_is_no_complaint_about_the_log() -> None:
    text = LogHead(ORIGIN, 10, bytes(32)).text()
    line = A.cosign(LogHead(ORIGIN, 9, bytes(32)).text(), time=NOW)
    with pytest.raises(SignatureRefused):
        hold_against(Leaves(LEAVES[:10]), 10, [SignedNote(text, (LOG.sign(text), line))], policy())


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 39))
def test_any_change_below_a_cosigned_size_is_found(size: int, cosigned: int, at: int) -> None:
    """Found exactly when the changed entry is covered, or the record is shorter."""
    leaves = tuple(bytes(32) if n == at else leaf for n, leaf in enumerate(LEAVES))[:size]
    wrong = cosigned > size or at < cosigned
    assert wrong == bool(said(leaves, checkpoint(cosigned, A)))
