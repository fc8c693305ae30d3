"""What people say in a drawn ledger: they set D, extend, suspend, end, deny, judge, find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.generated.moments import START, at_minute
from tests.generated.reports import origin
from tregua.reports.model import Says, Statement
from tregua.terms.time import When, whole_day

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement

D = at_minute(180)
ALL, ONE, PANEL, ANY = "all sides", "one side", "the panel", "anybody"
SAID = (
    *((Says.EXTENDS, "prolong", ALL), (Says.EXTENDS, "truce", ANY), (Says.SUSPENDS, "truce", ALL)),
    *((Says.RESUMES, "truce", ANY), (Says.ENDS, "truce", ONE), (Says.ENDS, "leave", ALL)),
    *((Says.DENIES, "bridge", ONE), (Says.DENIES, "school", ONE), (Says.ADMITS, "bridge", ONE)),
    *((Says.ACCEPTS, "", ONE), (Says.REJECTS, "", ONE), (Says.DECLARES, "lists", ONE)),
    *(
        (Says.JUDGES, "bridge", PANEL),
        (Says.JUDGES, "measured", PANEL),
        (Says.DECIDES, "bridge", ANY),
    ),
    *(
        (Says.DECIDES, "onward", ALL),
        (Says.DECIDES, "onward", PANEL),
        (Says.CERTIFIES, "lists", ANY),
    ),
    *((Says.CERTIFIES, "calm", ANY), (Says.FINDS, "bridge", PANEL), (Says.FINDS, "attacks", PANEL)),
    *((Says.REPLIES, "bridge", ONE), (Says.CLAIMS_STATE, "truce", ANY)),
    *((Says.DECLARES, "aid-convoy", ANY), (Says.DECLARES, "notice", PANEL)),
)


@st.composite
def beginnings(draw: st.DrawFn, agreement: Agreement) -> tuple[Statement, ...]:
    """Draw who fixes D, where the deal leaves it to people: everyone, one side only, or nobody."""
    if not any(power.sets for power in agreement.powers):
        return ()
    sides = tuple(w.id for w in agreement.parties)
    by = draw(st.sampled_from((*[(*sides, "panel")] * 5, sides[:1], ())))
    early = at_minute(-3000)
    said = Statement(origin("d", "clerk", early.start), early, Says.SETS, by, "fix-day", D)
    return (said,) if by else ()


@st.composite
def statements(draw: st.DrawFn, agreement: Agreement, key: str) -> Statement:
    """Draw one statement by a side, by all of them, by the panel or by the monitors."""
    says, about, likely = draw(st.sampled_from(SAID))
    sides = tuple(w.id for w in agreement.parties)
    by = draw(st.sampled_from(_speakers(likely, sides)))
    when = at_minute(60 * draw(st.integers(0, 94)))
    quantity, unit = None, ""
    if says in (Says.EXTENDS, Says.CERTIFIES):
        quantity, unit = draw(st.sampled_from(((24.0, "hours"), (2.0, "days"), (None, ""))))
    return Statement(
        origin(key, f"press of {by[0]}" if by[0] in sides else by[0], when.start),
        when,
        says,
        by,
        about,
        draw(_fixed(says)),
        quantity,
        unit,
        draw(_claims(says, sides)),
    )


def _speakers(likely: str, sides: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return who may speak; whoever the deal likely asks, four times of five."""
    one, other, panel = sides[:1], sides[1:2], ("panel",)
    anybody = (sides, one, other, panel, ("monitors",))
    asked = {ALL: (sides,), ONE: (one, other), PANEL: (panel,), ANY: anybody}[likely]
    return (*asked * (20 // len(asked)), *anybody)


@st.composite
def _fixed(draw: st.DrawFn, says: Says) -> When | None:
    """Draw the moment that a statement fixes, to the minute or to the day, or none."""
    if says not in (Says.EXTENDS, Says.ENDS, Says.CERTIFIES, Says.SUSPENDS):
        return None
    exact = at_minute(60 * draw(st.integers(24, 120)))
    day = whole_day(exact.start.date(), "Europe/Kyiv")
    return draw(st.sampled_from((None, None, exact, day)))


def _claims(says: Says, sides: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return what may stand in the claim of a statement."""
    if says is Says.JUDGES:
        return st.sampled_from(("measured", "not measured", "bridge", "not bridge"))
    if says is Says.FINDS:
        found = (f"{answer} by {side}" for answer in ("violated", "kept") for side in sides[:2])
        return st.sampled_from(("violated", "undetermined; too dark", "attacks violated", *found))
    if says is Says.REPLIES:
        return st.sampled_from(("answer", "The exception agreed", "it was not us"))
    return st.just("over" if says is Says.CLAIMS_STATE else "")


EARLY = START.replace(month=9)
