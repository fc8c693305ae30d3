"""One block of a drawn deal: lines that always stand there, and lines that may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable

LEFT_OUT = ""  # a value that is drawn for "this line is not written"


def block(head: str, *lines: str) -> str:
    """Write a block; empty lines are left out."""
    return "\n".join((head, *(f"    {line}" for line in lines if line))) + "\n"


def one_of(draw: st.DrawFn, key: str, *values: str) -> str:
    """Draw one line ``key: value``; the value ``LEFT_OUT`` draws no line."""
    value = draw(st.sampled_from(values))
    return f"{key}: {value}" if value else ""


def some_of(draw: st.DrawFn, key: str, ids: Iterable[str], *, least: int = 1) -> str:
    """Draw a line with some ids; fewer than ``least`` are never drawn, none draws no line."""
    names = tuple(ids)
    found = draw(
        st.lists(st.sampled_from(names), min_size=least, max_size=3, unique=True)
        if names
        else st.just([])
    )
    return f"{key}: {', '.join(found)}" if found else ""
