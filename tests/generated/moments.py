"""The time in which a drawn ledger plays, and times said with more and less precision."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tregua.terms.time import Precision, When, whole_day

START = datetime(2030, 10, 25, 21, tzinfo=UTC)  # the 26th begins at Kyiv and at Damascus
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def at_minute(minutes: int) -> When:
    """Return the minute that many minutes after the start."""
    start = START + minutes * MINUTE
    return When(start, start + MINUTE, Precision.MINUTE)


@st.composite
def times_of_acts(draw: st.DrawFn) -> When:
    """Draw a minute, an hour or a whole day; steps of 20 minutes, so that windows are met."""
    exact = at_minute(20 * draw(st.integers(-9, 290)))
    how = draw(st.sampled_from(("minute", "minute", "hour", "day")))
    if how == "hour":
        return When(exact.start, exact.start + HOUR, Precision.HOUR)
    return whole_day(exact.start.date(), "Europe/Kyiv") if how == "day" else exact
