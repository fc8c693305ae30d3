"""When instruments are signed and approved, things done and notices given, by whose word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.readings import readings
from tregua.reports.model import Says
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from tests.assessment.conftest import Scene
    from tregua.agreement.model import Phase

BLOCKS = """
instrument terms "The terms"
    is: terms
    date: {date}
    signed by: {signed}
    held: whole

actor council "Council of a side"
    is: state

power leave-notice "Notice of leaving"
    holder: north, south
    mode: {mode}
    does: publish

verification check-arms "Counting arms"
    of: arms
    by: council

duty arms "Arms are handed in"
    on: a
    must: hand-over
    during: truce
    within: 24 hours
    verified by: check-arms

phase p "Phase p"
    starts: {starts}
    lasts: 2 days
"""


def after(
    new_scene: type[Scene],
    starts: str,
    *,
    date: str = "undefined",
    signed: str = "a, b",
    mode: str = "joint",
) -> Scene:
    """Return a scene whose phase ``p`` starts at that moment."""
    return new_scene(BLOCKS.format(starts=starts, date=date, signed=signed, mode=mode)).begin()


def state(scene: Scene) -> tuple[str, str]:
    """Return the state of phase ``p`` on 20 September, and when it began at the earliest."""
    span = scene.moments("2030-09-14").phase("p")
    assert span is not None
    return span.state, "" if span.start is None else show_time(span.start, "Asia/Damascus")[:16]


def test_approval_by_one_who_is_named(new_scene: type[Scene]) -> None:
    """Who stands behind `by` approves by deciding about the instrument, and nobody else does."""
    scene = after(new_scene, "approved(terms, by: council)")
    scene.said(Says.DECIDES, ("a",), "terms", "2030-09-12T20:00")
    assert ("not-begun", "") == state(scene)
    scene.said(Says.DECIDES, ("Council of a side",), "terms", "2030-09-13T08:00")
    assert ("in-force", "2030-09-13 08:00") == state(scene)


def test_approval_by_all_who_signed(new_scene: type[Scene]) -> None:
    """Without `by` all who signed must approve; the last of them completes it."""
    scene = after(new_scene, "approved(terms)")
    scene.said(Says.DECIDES, ("b",), "terms", "2030-09-13T08:00")
    assert ("unknown", "2030-09-13 08:00") == state(scene)
    scene.said(Says.DECIDES, ("a",), "terms", "2030-09-13T10:00")
    assert ("in-force", "2030-09-13 10:00") == state(scene)


def test_order_of_the_approvals_is_irrelevant(new_scene: type[Scene]) -> None:
    """The moment is the same in whichever order the two approvals were recorded."""
    scene = after(new_scene, "approved(terms)")
    scene.said(Says.DECIDES, ("a",), "terms", "2030-09-13T10:00")
    scene.said(Says.DECIDES, ("b",), "terms", "2030-09-13T08:00")
    assert ("in-force", "2030-09-13 10:00") == state(scene)


def test_approval_names_the_moment_it_fixes(new_scene: type[Scene]) -> None:
    """A decision that names a later moment approves from that moment on."""
    scene = after(new_scene, "approved(terms, by: council)")
    scene.said(Says.DECIDES, ("council",), "terms", "2030-09-12", until="2030-09-13T06:00")
    assert ("in-force", "2030-09-13 06:00") == state(scene)


def test_approval_where_nobody_is_named(new_scene: type[Scene]) -> None:
    """Where the text names no signatory, anybody's decision makes it possible and no more."""
    scene = after(new_scene, "approved(terms)", signed="undefined")
    scene.said(Says.DECIDES, ("a", "b"), "terms", "2030-09-13T10:00")
    assert ("unknown", "2030-09-13 10:00") == state(scene)


def test_acceptance_is_no_approval(new_scene: type[Scene]) -> None:
    """Who signs an instrument has not yet approved it."""
    scene = after(new_scene, "approved(terms)")
    scene.said(Says.ACCEPTS, ("a", "b"), "terms", "2030-09-13T10:00")
    assert ("not-begun", "") == state(scene)


def test_signature_as_recorded(new_scene: type[Scene]) -> None:
    """Where the text has no day, the last signature on record is the moment."""
    scene = after(new_scene, "signed(terms)")
    scene.said(Says.ACCEPTS, ("a",), "terms", "2030-09-13T08:00")
    assert ("unknown", "2030-09-13 08:00") == state(scene)
    scene.said(Says.ACCEPTS, ("b",), "terms", "2030-09-13T09:00")
    assert ("in-force", "2030-09-13 09:00") == state(scene)


def test_signature_in_the_text(new_scene: type[Scene]) -> None:
    """The day in the text needs no record; a record within it tells the hour."""
    scene = after(new_scene, "signed(terms)", date="2030-09-13")
    assert ("in-force", "2030-09-13 00:00") == state(scene)
    scene.said(Says.ACCEPTS, ("a",), "terms", "2030-09-13T08:00")
    assert ("in-force", "2030-09-13 00:00") == state(scene)
    scene.said(Says.ACCEPTS, ("b",), "terms", "2030-09-13T09:00")
    assert ("in-force", "2030-09-13 09:00") == state(scene)


def test_signature_on_another_day_than_the_text_says(new_scene: type[Scene]) -> None:
    """Record and text that differ stand side by side, and the moment is not certain."""
    scene = after(new_scene, "signed(terms)", date="2030-09-12")
    scene.said(Says.ACCEPTS, ("a", "b"), "terms", "2030-09-13T09:00")
    moments = scene.moments("2030-09-14")
    phase: Phase | None = scene.agreement.phase("p")
    assert phase is not None
    found = readings(phase.starts, scene.agreement, moments)  # type: ignore[arg-type]
    shown = [show_time(w.start, "Asia/Damascus")[:16] for w in found]
    assert ["2030-09-12 00:00", "2030-09-13 09:00"] == shown
    assert "signed(terms)" in moments.uncertain


def test_notice_of_a_power(new_scene: type[Scene]) -> None:
    """Notice is given by those who hold the power, in its mode."""
    both = after(new_scene, "notified(leave-notice)")
    both.said(Says.DECLARES, ("north",), "leave-notice", "2030-09-13T08:00")
    assert ("unknown", "2030-09-13 08:00") == state(both)
    one = after(new_scene, "notified(leave-notice)", mode="either")
    one.said(Says.DECLARES, ("north",), "leave-notice", "2030-09-13T08:00")
    assert ("in-force", "2030-09-13 08:00") == state(one)


def test_notice_of_a_duty(new_scene: type[Scene]) -> None:
    """Notice of a duty is given by who owes it."""
    scene = after(new_scene, "notified(arms)")
    scene.said(Says.DECLARES, ("b",), "arms", "2030-09-13T07:00")
    assert ("not-begun", "") == state(scene)
    scene.said(Says.DECLARES, ("a",), "arms", "2030-09-13T08:00")
    assert ("in-force", "2030-09-13 08:00") == state(scene)


def test_notice_to_somebody(new_scene: type[Scene]) -> None:
    """That somebody was told is possible when it is said, and certain when he confirms it."""
    scene = after(new_scene, "notified(arms, to: commission)")
    scene.said(Says.DECLARES, ("a",), "arms", "2030-09-13T08:00")
    assert ("unknown", "2030-09-13 08:00") == state(scene)
    scene.said(Says.CERTIFIES, ("commission",), "arms", "2030-09-13T09:00")
    assert ("in-force", "2030-09-13 09:00") == state(scene)


def test_notice_by_one_to_another(new_scene: type[Scene]) -> None:
    """With `by` a claim of somebody else does not even make it possible."""
    scene = after(new_scene, "notified(arms, by: a, to: commission)")
    scene.said(Says.DECLARES, ("b",), "arms", "2030-09-13T08:00")
    assert ("not-begun", "") == state(scene)
    scene.said(Says.DECLARES, ("a",), "arms", "2030-09-13T09:00")
    assert ("unknown", "2030-09-13 09:00") == state(scene)


def test_done_as_those_certify_who_carry_out_the_verification(new_scene: type[Scene]) -> None:
    """A duty verified by a verification is done when those certify it who carry it out."""
    scene = after(new_scene, "done(arms)")
    scene.said(Says.CERTIFIES, ("a",), "arms", "2030-09-13T07:00")
    assert ("not-begun", "") == state(scene)
    scene.said(Says.CERTIFIES, ("council",), "arms", "2030-09-13T08:00")
    assert ("in-force", "2030-09-13 08:00") == state(scene)
    assert "kept" == scene.answer("2030-09-14", "arms", "a", "in-force(truce)").answer


def test_acceptance_of_a_body(new_scene: type[Scene]) -> None:
    """Whoever the deal names may accept, not parties and guarantors only."""
    scene = after(new_scene, "last(accepted(a), accepted(council))")
    scene.said(Says.ACCEPTS, ("a",), "", "2030-09-13T07:00")
    assert ("not-begun", "") == state(scene)
    scene.said(Says.ACCEPTS, ("council",), "", "2030-09-13T08:00")
    assert ("in-force", "2030-09-13 08:00") == state(scene)
