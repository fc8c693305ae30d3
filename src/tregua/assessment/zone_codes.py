"""The codes of notes about zones, with their pages."""

from __future__ import annotations

from tregua.terms.notes import Confidence, Note, Page, Severity, Spot

REPAIRED = Page(
    code="Z001",
    title="the outline of a zone was repaired",
    what="A ring crosses itself, or touches itself along a line, or a hole lies outside its area.",
    why="What is inside such an outline is not defined, and two programs may answer differently.",
    help="draw the outline anew so that no ring crosses itself",
)
VANISHED = Page(
    code="Z002",
    title="no point is certainly inside a zone",
    what="A zone is narrower than twice the radius within which a place is known.",
    why="An incident known so roughly is never certainly inside; it stays undetermined: where.",
    help="ask for places that are known more exactly, or name the zone in the report",
)
PAGES = (REPAIRED, VANISHED)


def repaired(zone: str) -> Note:
    """Return the note that a zone's outline was repaired."""
    return _about(zone, REPAIRED, Severity.WARNING, f"the outline of {zone} was repaired")


def vanished(zone: str, *, radius_m: float) -> Note:
    """Return the note that nothing known to a radius is certainly inside a zone."""
    said = f"no place that is known to {radius_m:,.0f} m is certainly inside {zone}"
    return _about(zone, VANISHED, Severity.INFO, said)


def _about(zone: str, page: Page, severity: Severity, said: str) -> Note:
    return Note(
        code=page.code,
        severity=severity,
        said=said,
        spot=Spot(zone),
        why=page.why,
        help=page.help,
        confidence=Confidence.HIGH,
        on=zone,
    )
