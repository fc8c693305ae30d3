"""Markings: the set of audiences that may see something. The algebra, and nothing about records.

An audience is a label that the agreement declares (``A``, ``B``, ``MON``, ``PUBLIC``). Something
marked ``PUBLIC`` may be seen by everybody. An empty marking reaches nobody. What is derived from
several things may be seen by those who may see all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Rel: TypeAlias = "tuple[str, ...]"  # sorted, each once
PUBLIC = "PUBLIC"


def reaches(rel: Rel, audience: str) -> bool:
    """Say whether something so marked may be seen by an audience; an empty marking: by nobody."""
    return bool(audience) and (audience in rel or PUBLIC in rel)


def meet(rels: Iterable[Rel]) -> Rel:
    """Return the marking of what is derived from things so marked; of nothing: nobody."""
    found: set[str] | None = None
    for rel in rels:
        one = set(rel)
        if found is None or PUBLIC in found:
            found = one
        elif PUBLIC not in one:
            found &= one
    return tuple(sorted(found or ()))


def is_within(rel: Rel, wider: Rel) -> bool:
    """Say whether everybody whom ``rel`` reaches is reached by ``wider``."""
    return PUBLIC in wider or set(rel) <= set(wider)
