"""A change to a document: a stretch, and what shall stand there instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.agreement.lsp.position import Stretch


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the file and what shall stand there."""

    stretch: Stretch
    text: str
