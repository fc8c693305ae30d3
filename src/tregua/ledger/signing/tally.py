"""A tally: the last number of each key of a party, signed by one of them (03, section 11.1).

Devices sign offline, each in a chain of its own. A tally ties them together: whoever holds it sees
that an entry of a party was refused, lost or never handed over, also the last one of a chain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused
from tregua.ledger.signing.disclosures import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tregua.ledger.signing.sign import Place

FIELD = "last"
MOST = 10_000_000_000  # number of an entry
_LEAF = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Last:
    """The last entry of a key, as its party counts: its number, and its leaf hash (hex)."""

    kid: str
    seq: int
    leaf: str


def tally_field(places: Mapping[str, Place], rel: tuple[str, ...]) -> Field:
    """Return what a tally says: of each key where its chain stands; keys that signed nothing, 0.

    Args:
        places: name of a key -> where its next entry stands.
        rel: who may see it.
    """
    said = {kid: [place.seq - 1, place.prev] for kid, place in sorted(places.items())}
    return Field(FIELD, said, rel)


def tally_in(fields: Iterable[Field], party: str) -> tuple[Last, ...]:
    """Read a tally of ``party``, by the names of its keys; nothing when it is not disclosed.

    Raises:
        EntryRefused: it counts something else than keys of this party.
    """
    said: object = next((f.value for f in fields if f.name == FIELD), {})
    if not isinstance(said, dict):
        raise EntryRefused("its tally does not name keys")
    return tuple(_last(kid, said[kid], party) for kid in sorted(said))


def _last(kid: str, said: object, party: str) -> Last:
    if kid.partition("/")[0] != party:
        raise EntryRefused(f"its tally counts entries of {kid}, a key of somebody else")
    if not isinstance(said, list) or [type(part) for part in said] != [int, str]:
        raise EntryRefused(f"its tally does not say how far {kid} came")
    seq, leaf = said
    if not 0 <= seq < MOST or (seq > 0) != bool(_LEAF.fullmatch(leaf)):
        raise EntryRefused(f"its tally does not say how far {kid} came")
    return Last(kid, seq, leaf)
