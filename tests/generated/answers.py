"""How a drawn deal judges and answers: exceptions, a term, a verification, a consequence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.generated.blocks import LEFT_OUT, block, one_of, some_of
from tests.generated.who import MONITORS, NORTH, OUTCAST, PANEL, Who

if TYPE_CHECKING:
    from tests.generated.where import Where

MEASURED = "measured"


@st.composite
def exceptions(draw: st.DrawFn, who: Who, where: Where) -> dict[str, str]:
    """Draw up to two exceptions, by id."""
    names = st.sampled_from(("answer", "outside", "agreed"))
    found = draw(st.lists(names, min_size=draw(st.integers(0, 2)), max_size=2, unique=True))
    return {name: _exception(draw, name, who, where) for name in found}


def _exception(draw: st.DrawFn, name: str, who: Who, where: Where) -> str:
    prior = "prior(attack, on: actor, within: 60 minutes)"
    excluded = "target-in(excluded)" if OUTCAST in who.others else "place-in(valley)"
    when = {
        "answer": (prior, prior, f"{prior}, judged({MEASURED})", f"judged({MEASURED})"),
        "outside": (excluded, excluded, f"not({excluded})", "undefined"),
        "agreed": (
            f"any(authorised(by: {PANEL}), notified(to: {PANEL}, before: 2 hours))",
            f"declared(by: {PANEL})",
            f"all(not(in-force(truce)), target-in({NORTH}))",
            "undefined",
        ),
    }[name]
    result = ("outside",) if name == "outside" else ("justified", "justified", LEFT_OUT)
    return block(
        f'exception {name} "The exception {name}"',
        one_of(draw, "when", *when),
        one_of(draw, "result", *result),
        one_of(
            draw, "burden", LEFT_OUT, "acting-party", "accusing-party", "accusing-party", "centre"
        ),
        one_of(draw, "decided by", LEFT_OUT, LEFT_OUT, PANEL, "undefined"),
        one_of(draw, "only in", LEFT_OUT, LEFT_OUT, *where.grounds[:2], "undefined"),
    )


def term(draw: st.DrawFn) -> str:
    """Draw the term that an exception may leave to people."""
    return block(
        f'term {MEASURED} "Measured"',
        one_of(draw, "means", LEFT_OUT, "undefined"),
        one_of(draw, "decided by", PANEL, PANEL, "undefined"),
    )


def verification(draw: st.DrawFn, norms: tuple[str, ...]) -> str:
    """Draw a verification, with a standard of proof now and then."""
    violated, kept = draw(st.sampled_from((("", ""), ("", ""), ("0.5", "0.2"), ("0.6", "0.1"))))
    return block(
        'verification watching "Watching"',
        some_of(draw, "of", norms),
        one_of(draw, "by", MONITORS, PANEL, "undefined"),
        one_of(draw, "coverage", LEFT_OUT, "0.5", "1", "undefined"),
        f"violated at: {violated}" if violated else "",
        f"kept at: {kept}" if kept else "",
        one_of(draw, "settles after", LEFT_OUT, "12 hours", "undefined"),
    )


def consequence(draw: st.DrawFn, norm: str) -> str:
    """Draw a consequence of violating a norm."""
    counted = f"violation({norm}, count: 2, in: 2 days)"
    return block(
        'consequence referral "Referral"',
        one_of(draw, "when", f"violation({norm})", f"finding({norm})", counted),
        one_of(draw, "needs", LEFT_OUT, "assessment", "finding"),
        one_of(draw, "decided by", LEFT_OUT, PANEL, "undefined"),
        f"does: refer(to: {PANEL})",
        one_of(draw, "within", LEFT_OUT, "12 hours", "undefined"),
    )
