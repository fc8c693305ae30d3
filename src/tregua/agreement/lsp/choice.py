"""One thing that completion offers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What is offered; the editor shows another sign for each."""

    KIND = "kind"
    KEY = "key"
    WORD = "word"
    NAME = "name"
    CALL = "call"
    UNIT = "unit"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing that may stand at the cursor.

    Attributes:
        label: as it is shown and searched for.
        sort: what it is.
        detail: one line about it.
        text: what is written; the label when it is empty.
        snippet: the same with gaps to be filled in (``$1``), for editors that can do that.
    """

    label: str
    sort: Sort
    detail: str = ""
    text: str = ""
    snippet: str = ""
