"""Files into one zip, the same bytes for the same files, on any machine and at any time.

``SHA256SUMS`` lists every other file as ``sha256sum -c`` reads it, in the order of names.
"""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SUMS = "SHA256SUMS"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can tell
_PLAIN = 0o100644 << 16  # a regular file that everybody may read
_LEVEL = 6


def with_sums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files by name, with the list of their digests."""
    lines = [f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return {SUMS: "".join(lines).encode()} | {name: files[name] for name in sorted(files)}


def pack(files: Mapping[str, bytes]) -> bytes:
    """Write a zip of the files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.external_attr, info.create_system = (
                zipfile.ZIP_DEFLATED,
                _PLAIN,
                3,  # Unix, whatever the machine is
            )
            archive.writestr(info, files[name], compresslevel=_LEVEL)
    return made.getvalue()
