"""One uncertain field of an incident made certain, consistent with what was said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.generated.moments import MINUTE
from tests.generated.reports import KINDS, POINTS
from tregua.agreement.acts import covers
from tregua.attribution.model import UNKNOWN, Hypothesis
from tregua.terms.place import Place, distance_m
from tregua.terms.time import Precision, When

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement
    from tregua.attribution.model import Attributed
    from tregua.incidents.model import Incident


VAGUE = ("", "attack", "shelling")  # kinds below which there are others, or that say nothing


def open_fields(item: Attributed) -> tuple[str, ...]:
    """Return what is not certain about an incident."""
    incident, place = item.incident, item.incident.place
    exact = incident.when.end - incident.when.start <= MINUTE
    is_open = {
        "whether": not item.happened_must,
        "actor": not any(h.must for h in item.actors),
        "target": not any(h.must for h in item.targets),
        "kind": len(incident.kinds) > 1 or any(k in VAGUE for k in incident.kinds),
        "when": not exact,
        "place": place.has_point and bool(place.radius_m),
    }
    return tuple(field for field, open_ in is_open.items() if open_)


@st.composite
def narrowed(draw: st.DrawFn, item: Attributed, agreement: Agreement) -> Attributed | None:
    """Draw the same incident with less left open; ``None``: it became certain that it never was."""
    field = draw(st.sampled_from(open_fields(item)))
    if field == "whether":
        happened = item.happened_must or draw(st.booleans())
        certain = replace(item.incident, certain=True)
        return replace(item, incident=certain, happened_must=True) if happened else None
    if field == "actor":
        voices = tuple(replace(v, share=0.0) for v in item.voices)  # where one must, nobody votes
        actors = draw(_one_of(item.actors, agreement))
        return replace(item, actors=actors, voices=voices, contested=False)
    if field == "target":
        return replace(item, targets=draw(_one_of(item.targets, agreement)))
    narrow = {"kind": _kind, "when": _minute, "place": _place}[field]
    return replace(item, incident=draw(narrow(item.incident)))


@st.composite
def _one_of(
    draw: st.DrawFn, hypotheses: tuple[Hypothesis, ...], agreement: Agreement
) -> tuple[Hypothesis, ...]:
    """Draw one who may be meant as the only one; "unknown" may be anybody not named beside it."""
    possible = {h.who for h in hypotheses if h.may}
    if UNKNOWN in possible or not possible:
        possible |= {w.id for w in agreement.who} - {h.who for h in hypotheses}
    who = draw(st.sampled_from(sorted(possible - {UNKNOWN} or {UNKNOWN})))
    return (Hypothesis(who, 1.0, who != UNKNOWN, True, (), ()),)


@st.composite
def _kind(draw: st.DrawFn, incident: Incident) -> Incident:
    """Draw one act that it may have been: one reported, or one below it in the tree of acts."""
    reported = draw(st.sampled_from(incident.kinds))
    below = [k for k in KINDS if k and (not reported or covers(reported, k, ()))]
    what = draw(st.sampled_from(sorted({*below, reported} - {""})))
    seen = tuple(replace(o, what=what) for o in incident.observations)
    return replace(incident, observations=seen, kinds=(what,))


@st.composite
def _minute(draw: st.DrawFn, incident: Incident) -> Incident:
    """Draw one minute of the time in which it was."""
    whole = int((incident.when.end - incident.when.start) / MINUTE)
    steps = st.integers(0, max(0, whole - 1)) | st.sampled_from((0, max(0, whole - 1)))
    start = incident.when.start + draw(steps) * MINUTE
    when = When(start, start + timedelta(minutes=1), Precision.MINUTE, incident.when.zone)
    return replace(incident, when=when) if whole > 1 else incident


@st.composite
def _place(draw: st.DrawFn, incident: Incident) -> Incident:
    """Draw a point within the radius of one that is not exact; other places stay as they are."""
    place = incident.place
    if not place.has_point or not place.radius_m:
        return incident
    points = [Place(place.name, lon, lat, 0.0) for lon, lat in POINTS]
    centre = replace(place, radius_m=0.0)
    near = [p for p in points if (distance_m(p, centre) or 0.0) < 0.9 * place.radius_m]
    return replace(incident, place=draw(st.sampled_from((centre, *near))))
