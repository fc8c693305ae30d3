"""Reports of acts as several offices may give them: exact, vague, partial, contradicting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.generated.moments import at_minute, times_of_acts
from tregua.reports.model import Harm, Naming, Observation, Origin
from tregua.terms.estimate import NOT_STATED, at_least, exactly
from tregua.terms.place import Place
from tregua.terms.time import whole_day

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement

KINDS = (
    *("attack", "mortar-fire", "mortar-fire", "shelling", "advance", "fly", "deny-access"),
    *("hand-over", "publish", "withdraw", "share", "allow", "aid-request", "notify", ""),
)
CLEAR = (
    "mortar-fire",
    "mortar-fire",
    "mortar-fire",
    "advance",
    "hand-over",
    "hand-over",
    "publish",
)
MATTERS = ("", "bridge", "bridge", "school")
OFFICES = ("monitor one", "monitor two", "somebody")
POINTS = ((39.87, 34.97), (39.99, 35.07), (39.90, 35.00), (41.00, 36.00))
KILLED = (NOT_STATED, NOT_STATED, exactly(0), at_least(1), exactly(3))


def origin(key: str, reporter: str, known: datetime) -> Origin:
    """Return the origin of a record of the drawn ledger."""
    return Origin(key, "own", reporter, known)


def namings(agreement: Agreement, early: datetime) -> tuple[Naming, ...]:
    """Return what names mean: the press of each side, two monitors, and a name that is not clear.

    "somebody" has no naming: nobody knows for whom that reporter speaks.
    """
    sides = tuple(w.id for w in agreement.parties)
    vague = (*sides[:2], *(w.id for w in agreement.of_kind("excluded")))
    found = [
        Naming(origin(f"n-{n}", "clerk", early), f"press of {side}", speaks_for=(side,))
        for n, side in enumerate(sides)
    ]
    found += [
        Naming(origin(f"m-{n}", "clerk", early), name, office=name)
        for n, name in enumerate(OFFICES[:2])
    ]
    return (*found, Naming(origin("v", "clerk", early), "rebels", stands_for=vague))


@st.composite
def places(draw: st.DrawFn, agreement: Agreement) -> Place:
    """Draw a place: a ground of the deal, a point, a point with a radius, an area, or elsewhere."""
    how = draw(st.sampled_from(("named", "named", "point", "radius", "area", "elsewhere")))
    name = draw(st.sampled_from([g.id for g in agreement.grounds]))
    if how == "named":
        return Place(name=name)
    if how == "area":
        return Place(area=draw(st.sampled_from((name, "the province"))))
    if how == "elsewhere":
        return Place(name=draw(st.sampled_from(("", "the bridge"))))
    lon, lat = draw(st.sampled_from(POINTS))
    radius = 0.0 if how == "point" else draw(st.sampled_from((500.0, 5000.0, 20000.0)))
    return Place("a point", lon, lat, radius)


@st.composite
def whom(draw: st.DrawFn, agreement: Agreement) -> tuple[str, ...]:
    """Draw who is named: nobody, one, one of two, a vague name, or somebody unknown to the deal."""
    sides = [w.id for w in agreement.parties]
    others = [w.id for w in agreement.who if w.kind in ("group", "excluded", "guarantor")]
    ones = st.sampled_from([*sides, *sides, *sides, *others, "rebels", "a convoy", "unknown"])
    size = draw(st.sampled_from((0, 1, 1, 1, 1, 2)))
    return tuple(draw(st.lists(ones, min_size=size, max_size=size, unique=True)))


@st.composite
def observations(draw: st.DrawFn, agreement: Agreement, key: str) -> Observation:
    """Draw one report of an act."""
    if draw(st.integers(0, 2)):
        return _clear(draw, agreement, key)
    when = draw(times_of_acts())
    known = when.start + timedelta(hours=draw(st.integers(0, 60)))
    press = [f"press of {w.id}" for w in agreement.parties]
    kind = draw(st.sampled_from(KINDS))
    asked = ("convoy-1", "convoy-2") if kind in ("aid-request", "allow") else ("",)
    return Observation(
        origin(key, draw(st.sampled_from((*press, *OFFICES))), known),
        when,
        kind,
        draw(places(agreement)),
        by=draw(whom(agreement)),
        against=draw(whom(agreement)),
        harm=Harm(killed=draw(st.sampled_from(KILLED))),
        matter=draw(st.sampled_from(MATTERS)),
        certain=draw(st.booleans()),
        pair_only=draw(st.integers(0, 9)) == 0,
        asked=draw(st.sampled_from(asked)),
    )


def _clear(draw: st.DrawFn, agreement: Agreement, key: str) -> Observation:
    """Draw a report that leaves nothing open but what the deal leaves open, or one thing."""
    sides = [w.id for w in agreement.parties][:2]
    when = at_minute(20 * draw(st.integers(10, draw(st.sampled_from((90, 140, 280))))))
    by, against = draw(st.permutations(sides))
    seen = Observation(
        origin(key, "monitor one", when.start + timedelta(hours=draw(st.integers(0, 30)))),
        when,
        draw(st.sampled_from(CLEAR)),
        Place(name=draw(st.sampled_from(("valley", "town")))),
        by=(by,),
        against=(against,),
        matter=draw(st.sampled_from(MATTERS)),
        certain=True,
    )
    open_ = draw(
        st.sampled_from(("", "", "", "", "by", "against", "when", "certain", "place", "what"))
    )
    other: dict[str, Any] = {
        "by": tuple(sides),
        "against": (),
        "when": whole_day(when.start.date(), "Europe/Kyiv"),
        "certain": False,
        "place": draw(places(agreement)),
        "what": "attack",
    }
    return replace(seen, **{open_: other[open_]}) if open_ else seen
