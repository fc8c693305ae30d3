"""What each side says the state is, beside the recognised one. A claim is never the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Num, Para, Table, Text, words
from tregua.bulletin.section import at_zone

if TYPE_CHECKING:
    from tregua.bulletin.blocks import Block, Line
    from tregua.centre import Picture
    from tregua.status.model import Claim

NAME = "claims"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose the claims about the state, in the order of time."""
    head = Heading("What each says the state is", "claims")
    if not picture.status.claims:
        return (head, Para(words("Nobody is recorded as claiming a state.")))
    rows = tuple(_row(c, picture) for c in picture.status.claims)
    return (head, Table(("when", "who", "claims"), rows))


def _row(claim: Claim, picture: Picture) -> tuple[Line, ...]:
    return (
        words(at_zone(claim.at, picture.agreement)),
        words(claim.by),
        (Text(f"{claim.claim} "), _source(claim)),
    )


def _source(claim: Claim) -> Num | Text:
    # A declaration that the deal file itself carries has no report behind it.
    if not claim.records:
        return Text("(stands in the deal)")
    return Num(f"[{len(claim.records)}]", "record of the claim", claim.records)
