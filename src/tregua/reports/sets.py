"""The table of public data sets that can be fetched: ``sets.toml``, read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from tregua.errors import WrongUse


@dataclass(frozen=True, slots=True)
class DataSet:
    """One data set of one publisher.

    Attributes:
        size: bytes, ``None`` when not known.
        sha256: hex, empty when not known.
        verified: whether size and digest were checked by us; told ones are only compared and shown.
        by_hand: whether the publisher asks for an account or terms, so that it is not fetched.
    """

    name: str
    title: str
    publisher: str
    version: str
    address: str
    licence: str
    citation: str
    size: int | None = None
    sha256: str = ""
    verified: bool = False
    by_hand: bool = False

    @property
    def file(self) -> str:
        """Return the name of the file in the data folder."""
        return self.address.rstrip("/").rpartition("/")[2] if not self.by_hand else self.name


@cache
def data_sets() -> tuple[DataSet, ...]:
    """Return every set of the table, sorted by name."""
    text = files("tregua.reports").joinpath("sets.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)
    return tuple(DataSet(name, **entries[name]) for name in sorted(entries))


def data_set(name: str) -> DataSet:
    """Return the set of that name.

    Raises:
        WrongUse: when there is none.
    """
    names = [entry.name for entry in data_sets()]
    if name not in names:
        close = get_close_matches(name, names, n=1)
        meant = f"did you mean {close[0]}?" if close else f"the sets are: {', '.join(names)}"
        raise WrongUse(f"there is no data set called {name!r}", help=meant)
    return data_sets()[names.index(name)]
