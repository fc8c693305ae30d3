"""What whoever runs the centre could do to its files, short of forging somebody's signature."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tregua.ledger.intake import append
from tregua.ledger.mirror.log_folder import CHECKPOINT, HISTORY, PENDING
from tregua.ledger.signing.b64 import decode, encode
from tregua.ledger.tiles.durable import DurableFolder
from tregua.ledger.tiles.write_tiles import extend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.rehearsal.stage import Stage


def rewrite(stage: Stage, entries: Iterable[bytes]) -> None:
    """Make journal, bundles and tiles anew from these entries, each hash recomputed.

    The checkpoints stay: their cosignatures cannot be made again.
    """
    kept = tuple(entries)
    for path in stage.centre.glob(f"{stage.ledger.name}*"):
        path.unlink()
    shutil.rmtree(stage.public / "tile")
    with stage.store() as store:
        append(store, kept, now=stage.clock)
    extend(DurableFolder(stage.public), kept, size=0)


def forget_after(stage: Stage, size: int) -> None:
    """Put the checkpoint of an older size back, as if no later one had been signed."""
    for path in (stage.public / HISTORY).iterdir():
        if int(path.name) > size:
            path.unlink()
    older = (stage.public / HISTORY / str(size)).read_bytes()
    for name in (CHECKPOINT, PENDING):
        (stage.public / name).write_bytes(older)


def redated(entry: bytes, seconds: int) -> bytes:
    """Change the time that an entry claims, in its bytes, so that it still reads as an entry."""
    header, payload, signature = entry.decode("ascii").split(".")
    text = decode(payload).decode("utf-8")
    before, _, rest = text.partition('"iat":')
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    changed = f'{before}"iat":{int(digits) + seconds}{rest[len(digits) :]}'
    return f"{header}.{encode(changed.encode())}.{signature}".encode("ascii")
