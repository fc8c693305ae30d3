"""Asking one cosigner to acknowledge a checkpoint (the witness call, seen from the log)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import (
    InputUnreadable,
    NoteRefused,
    SignatureRefused,
    SourceUnreachable,
    WrongUse,
)
from tregua.ledger.beat.asked import Asked, Outcome
from tregua.ledger.notes.checkpoint import read_head_text
from tregua.ledger.notes.note import MAX_NOTE, SignatureLine, SignedNote, read_lines
from tregua.ledger.notes.strict import read_number
from tregua.ledger.notes.verify import check_line
from tregua.ledger.witness.call import Reply, call
from tregua.ledger.witness.request import AddCheckpoint
from tregua.ledger.witness.witness import CONFLICT, OK, SIZE_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.ledger.notes.policy import Cosigner
    from tregua.ledger.tiles.tiled_tree import TiledTree

    Post = Callable[[str, bytes], Reply]

_TRIES = 3  # the size cosigned last may be told anew, when another beat came between


@dataclass(frozen=True, slots=True)
class Reached:
    """What came of asking, and the lines that were given."""

    asked: Asked
    lines: tuple[SignatureLine, ...] = ()


def post(url: str, body: bytes) -> Reply:
    """Send a request over HTTP."""
    return call(url, most=MAX_NOTE, body=body)


def ask(
    cosigner: Cosigner,
    note: SignedNote,
    tree: TiledTree,
    *,
    old: int,
    now: int,
    send: Post = post,
) -> Reached:
    """Ask a cosigner; never raises for what it answers.

    Args:
        cosigner: with a URL, the submission prefix of its witness call.
        note: the checkpoint.
        tree: of the log at that size.
        old: size that it cosigned last, as far as is known.
        now: POSIX seconds.
        send: how a request is sent.
    """

    def ended(outcome: Outcome, said: str) -> Reached:
        return Reached(Asked(now, tree.size, cosigner.name, outcome, said))

    if not cosigner.url:
        return ended(Outcome.AWAY, "the policy gives no address; its cosignature comes by hand")
    url = f"{cosigner.url.decode('utf-8', 'replace').rstrip('/')}/add-checkpoint"
    try:
        for _ in range(_TRIES):
            proof = tree.consistency_proof(old) if 0 < old <= tree.size else ()
            reply = send(url, AddCheckpoint(min(old, tree.size), proof, note).to_bytes())
            if reply.status != CONFLICT or reply.type != SIZE_TYPE:
                return _taken(cosigner, note, reply, now)
            old = read_number(reply.body.decode("latin-1").removesuffix("\n"), of="size told")
            if old > tree.size:
                said = f"it has cosigned {old} entries, and this log has only {tree.size}"
                return ended(Outcome.REFUSED, said)
    except (SourceUnreachable, InputUnreadable, WrongUse) as error:
        return ended(Outcome.AWAY, str(error))
    except (NoteRefused, SignatureRefused) as error:
        return ended(Outcome.REFUSED, f"its answer is no cosignature: {error}")
    return ended(Outcome.AWAY, "it told another size at each try")


def _taken(cosigner: Cosigner, note: SignedNote, reply: Reply, now: int) -> Reached:
    size = read_head_text(note.text).size

    def ended(outcome: Outcome, said: str, *lines: SignatureLine) -> Reached:
        return Reached(Asked(now, size, cosigner.name, outcome, said), lines)

    if reply.status != OK:
        said = reply.body.decode("utf-8", "replace").partition("\n")[0]
        away = Outcome.AWAY if reply.status >= 500 else Outcome.REFUSED  # noqa: PLR2004 - HTTP
        return ended(away, f"{reply.status} {said}")
    key = cosigner.key
    mine = [
        line
        for line in read_lines(reply.body.decode("utf-8", "replace"))
        if (line.name, line.key_id) == (key.name, key.id)  # others are not asked for here
    ]
    for line in mine:
        check_line(note.text, line, key, now=now, of_log=False)
    if not mine:
        return ended(Outcome.REFUSED, "it answered without a signature of its key in the policy")
    return ended(Outcome.COSIGNED, "acknowledged", *mine)
