"""Random small deals of two sides, and the same deals with the sides exchanged."""

from __future__ import annotations

from hypothesis import strategies as st

ACTS = ("withdraw", "release", "open-road", "withdraw(weapons: any)")
LINES = (
    "within: 48 hours",
    "within: 24 hours",
    "verified by: a",
    "verified by: b",
    "on violation: none",
    "check: person",
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw up to six duties of a, of b or of both, each with some lines."""
    duties = []
    for at in range(draw(st.integers(0, 6))):
        on = draw(st.sampled_from(("a", "b", "a, b")))
        lines = draw(
            st.lists(st.sampled_from(LINES), max_size=3, unique_by=lambda x: x.split(":")[0])
        )
        keys = "".join(f"    {line}\n" for line in lines)
        act = draw(st.sampled_from(ACTS))
        duties.append(f"duty norm-{at}\n    on: {on}\n    must: {act}\n{keys}")
    return "\n".join(duties)


def exchanged(text: str) -> str:
    """Exchange the sides in the lines that name them."""
    swap = {"on: a": "on: b", "on: b": "on: a", "verified by: a": "verified by: b",
            "verified by: b": "verified by: a"}  # fmt: skip
    lines = text.splitlines()
    return "\n".join("    " + swap.get(x.strip(), x.strip()) if x[:1] == " " else x for x in lines)
