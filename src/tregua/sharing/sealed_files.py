"""Where sealed bodies and attachments lie: beside the ledger, each for its recipients only.

``bodies/ENTRY/AUDIENCE.age`` and ``media/SHA256-OF-THE-SEALED-FILE.age``. What an entry has in
``media`` stands in ``bodies/ENTRY/media``, so that it can be destroyed with it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.errors import StoreUnwritable

if TYPE_CHECKING:
    from pathlib import Path

MEDIA = "media"
_LIST = "media"


def folder_of(folder: Path, entry_id: str) -> Path:
    """Return where the sealed bodies of an entry lie."""
    return folder / "bodies" / entry_id


def body_file(folder: Path, entry_id: str, audience: str) -> Path:
    """Return the file of a body sealed to an audience."""
    return folder_of(folder, entry_id) / f"{audience}.age"


def media_of(folder: Path, entry_id: str) -> tuple[str, ...]:
    """Return the names of the attachments of an entry."""
    listed = folder_of(folder, entry_id) / _LIST
    return tuple(listed.read_text("ascii").split()) if listed.exists() else ()


def keep_body(folder: Path, entry_id: str, audience: str, sealed: bytes) -> Path:
    """Keep a sealed body; one that is there is replaced.

    Raises:
        StoreUnwritable: it cannot be written.
    """
    return _written(body_file(folder, entry_id, audience), sealed)


def keep_attachment(folder: Path, entry_id: str, sealed: bytes) -> Path:
    """Keep a sealed attachment under its own digest; note it at its entry first.

    Raises:
        StoreUnwritable: it cannot be written.
    """
    name = f"{sha256(sealed).hexdigest()}.age"
    names = dict.fromkeys((*media_of(folder, entry_id), name))
    _written(folder_of(folder, entry_id) / _LIST, "".join(f"{n}\n" for n in names).encode("ascii"))
    return _written(folder / MEDIA / name, sealed)


def _written(path: Path, data: bytes) -> Path:
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        why = error.strerror or "it cannot be written"
        raise StoreUnwritable(path, why, left="nothing of it was written") from error
    return path
