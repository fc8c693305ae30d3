"""Prohibitions, incident by incident: what the machine says and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.model import Answer, Why
from tregua.reports.model import Origin, Says, Statement
from tregua.terms.place import Place
from tregua.terms.time import read_time

if TYPE_CHECKING:
    from tests.assessment.conftest import Scene

END = "2030-09-14T19:00"


def judgement(claim: str, by: str = "commission") -> Statement:
    made = read_time("2030-09-13T12:00", "Asia/Damascus")
    origin = Origin(f"j-{claim}-{by}", "notes", by, made.start)
    return Statement(origin, made, Says.JUDGES, (by,), "matter", claim=claim)


def test_first_shot_is_violated(scene: Scene) -> None:
    """A certain shot that nothing excuses is assessed as violated, watched or not."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    found = scene.answer(END, "attacks", "b", shot)
    assert (Answer.VIOLATED, ()) == (found.answer, found.reasons)
    assert Answer.VIOLATED is scene.answer(END, "attacks", "b").answer


def test_shooter_is_not_shared(scene: Scene) -> None:
    """The other side has no assessment of that shot."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    bearers = [f.bearer for f in scene.assessed(END) if f.instance == shot]
    assert ["b"] == bearers


def test_answer_within_the_hour_needs_a_decision(scene: Scene) -> None:
    """An answer after twenty minutes waits for whoever may say that it was proportionate."""
    scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    answer = scene.happened("2030-09-13T05:20", "artillery-fire", "a", "b")
    found = scene.answer(END, "attacks", "a", answer)
    assert (Answer.UNDETERMINED, (Why.NEEDS_DECISION,)) == (found.answer, found.reasons)


def test_answer_judged_proportionate_is_kept(scene: Scene) -> None:
    """Once the named body has judged it proportionate, the answer is justified and kept."""
    scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    replies = (judgement("proportionate"),)
    answer = scene.happened("2030-09-13T05:20", "artillery-fire", "a", "b", replies=replies)
    found = scene.answer(END, "attacks", "a", answer)
    assert (Answer.KEPT, False) == (found.answer, found.may)
    assert "notes:j-proportionate-commission" in found.records


def test_answer_judged_too_strong_is_violated(scene: Scene) -> None:
    """A judgement that it was not proportionate takes the exception away."""
    scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    replies = (judgement("not proportionate"),)
    answer = scene.happened("2030-09-13T05:20", "artillery-fire", "a", "b", replies=replies)
    assert Answer.VIOLATED is scene.answer(END, "attacks", "a", answer).answer


def test_only_the_named_body_judges(scene: Scene) -> None:
    """A judgement by anybody else changes nothing."""
    scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    replies = (judgement("proportionate", by="a"),)
    answer = scene.happened("2030-09-13T05:20", "artillery-fire", "a", "b", replies=replies)
    found = scene.answer(END, "attacks", "a", answer)
    assert (Why.NEEDS_DECISION,) == found.reasons


def test_look_back_is_closed(scene: Scene) -> None:
    """An answer after exactly sixty minutes is within sixty minutes; a minute later it is not."""
    scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    in_time = scene.happened("2030-09-13T06:00", "artillery-fire", "a", "b")
    late = scene.happened("2030-09-13T06:01", "artillery-fire", "a", "b")
    assert (Why.NEEDS_DECISION,) == scene.answer(END, "attacks", "a", in_time).reasons
    assert Answer.VIOLATED is scene.answer(END, "attacks", "a", late).answer


def test_same_minute_has_no_order(scene: Scene) -> None:
    """Who fired first within one minute cannot be said, so neither shot is violated for sure."""
    one = scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    other = scene.happened("2030-09-13T05:00", "mortar-fire", "a", "b")
    answers = (scene.answer(END, "attacks", "b", one), scene.answer(END, "attacks", "a", other))
    assert [(Why.WHEN,), (Why.WHEN,)] == [a.reasons for a in answers]


def test_claimed_exception_keeps_the_answer_open(scene: Scene) -> None:
    """Where the prior shot is uncertain and the side claims it, the reason names the claim."""
    scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a", sure=False)
    made = read_time("2030-09-13T08:00", "Asia/Damascus")
    origin = Origin("reply", "notes", "a", made.start)
    claim = Statement(origin, made, Says.REPLIES, ("Side A",), "matter", claim="answer")
    shot = scene.happened("2030-09-13T05:20", "mortar-fire", "a", "b", replies=(claim,))
    reasons = scene.answer(END, "attacks", "a", shot).reasons
    assert (Why.EXCEPTION_CLAIMED, Why.WHAT) == reasons


def test_unknown_actor(scene: Scene) -> None:
    """A shot by nobody known leaves both sides undetermined because who."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "", "a|b")
    found = [scene.answer(END, "attacks", b, shot) for b in ("a", "b")]
    assert [(Why.WHO,), (Why.WHO,)] == [f.reasons for f in found]


def test_contested_actor(scene: Scene) -> None:
    """Reports that name different authors add contested."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "a|b", "", contested=True)
    assert (Why.CONTESTED, Why.WHO) == scene.answer(END, "attacks", "a", shot).reasons


def test_member_of_a_group(scene: Scene) -> None:
    """An act of a group is its side's act as far as its membership is certain."""
    scene.happened("2030-09-13T05:00", "mortar-fire", "a-militia", "b")
    scene.happened("2030-09-14T05:00", "mortar-fire", "b-militia", "a")
    assert Answer.VIOLATED is scene.answer(END, "attacks", "a").answer
    assert Why.WHO in scene.answer(END, "attacks", "b").reasons


def test_excluded_target_is_outside(scene: Scene) -> None:
    """Whoever fires at an excluded group leaves no instance behind."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "a", "outcast")
    assert [] == [f for f in scene.assessed(END) if f.instance == shot]


def test_possibly_excluded_target(scene: Scene) -> None:
    """If the target may be an excluded group, the reason is who."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "a", "b|outcast")
    assert (Why.WHO,) == scene.answer(END, "attacks", "a", shot).reasons


def test_target_on_no_side(scene: Scene) -> None:
    """A convoy or a hospital stands on no side: whether it is protected cannot be said, so who."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "a", "hospital")
    assert (Why.WHO,) == scene.answer(END, "attacks", "a", shot).reasons


def test_act_not_stated(scene: Scene) -> None:
    """An act that no report states may be an attack: the reason is what."""
    act = scene.happened("2030-09-13T05:00", "", "a", "b")
    assert (Why.WHAT,) == scene.answer(END, "attacks", "a", act).reasons


def test_incident_that_may_not_have_happened(scene: Scene) -> None:
    """An incident that only one camp tells of is undetermined because what."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "a", "b", sure=False)
    assert (Why.WHAT,) == scene.answer(END, "attacks", "a", shot).reasons


def test_day_of_the_start(scene: Scene) -> None:
    """An act dated only to the day on which the truce begins is undetermined because when."""
    shot = scene.happened("2030-09-12", "mortar-fire", "a", "b")
    assert (Why.WHEN,) == scene.answer(END, "attacks", "a", shot).reasons


def test_before_the_start_nothing_is_in_force(scene: Scene) -> None:
    """Before the truce begins there is no assessment, and its earlier acts never get one."""
    scene.happened("2030-09-12T18:59", "mortar-fire", "a", "b")
    assert () == scene.assessed("2030-09-12T18:59")
    assert ["whole", "whole"] == [f.instance for f in scene.assessed(END)]


def test_extension_by_one_holder(scene: Scene) -> None:
    """After an extension that only one of two holders declared, an act is undetermined: when."""
    scene.said(Says.EXTENDS, ("north",), "prolong", "2030-09-14T10:00", quantity=48, unit="hours")
    shot = scene.happened("2030-09-15T10:00", "mortar-fire", "a", "b")
    assert (Why.WHEN,) == scene.answer("2030-09-16", "attacks", "a", shot).reasons


def test_undefined_where(new_scene: type[Scene]) -> None:
    """A prohibition that does not say where it holds is undetermined because where."""
    blocks = """
prohibition advances "No advances"
    on: a, b
    must not: seize-ground
    during: truce
    where: undefined "the agreed areas"
"""
    scene = new_scene(blocks).begin()
    act = scene.happened("2030-09-13T05:00", "advance", "a")
    assert (Why.WHERE,) == scene.answer(END, "advances", "a", act).reasons


def test_zone_without_geometry(new_scene: type[Scene]) -> None:
    """A place that names the zone or a zone inside it is in; of any other nothing can be said."""
    blocks = """
prohibition advances "No advances"
    on: a, b
    must not: seize-ground
    during: truce
    where: valley
"""
    scene = new_scene(blocks).begin()
    scene.happened("2030-09-13T05:00", "advance", "a", where="The village")
    elsewhere = scene.happened("2030-09-13T06:00", "advance", "b", where=Place("a hill"))
    assert Answer.VIOLATED is scene.answer(END, "advances", "a").answer
    assert (Why.WHERE,) == scene.answer(END, "advances", "b", elsewhere).reasons


def test_exception_without_a_place(new_scene: type[Scene]) -> None:
    """An exception that holds in places nobody marked off leaves the act undetermined: where."""
    blocks = """
exception marked "Only in marked areas"
    when: target-in(excluded)
    result: outside
    only in: undefined "to be delineated"

prohibition strikes "No strikes"
    on: north, south
    must not: air-strike
    during: truce
    where: everywhere
    except: marked
"""
    scene = new_scene(blocks).begin()
    strike = scene.happened("2030-09-13T05:00", "bombing", "north", "outcast")
    assert (Why.WHERE,) == scene.answer(END, "strikes", "north", strike).reasons


def test_no_bearer(new_scene: type[Scene]) -> None:
    """A norm without a bearer lists what matches and says who."""
    blocks = """
prohibition advances "No advances"
    on: undefined "forces in the area"
    must not: seize-ground
    during: truce
    where: everywhere
"""
    scene = new_scene(blocks).begin()
    act = scene.happened("2030-09-13T05:00", "advance", "a")
    found = scene.answer(END, "advances", "")
    assert ((Why.WHO,), (act,)) == (found.reasons, found.incidents)


def test_spirit_clause_is_for_people(new_scene: type[Scene]) -> None:
    """What the deal leaves to people stays needs-decision, whatever happened and was watched."""
    blocks = """
prohibition spirit "Nothing against the spirit"
    on: a, b
    must not: undermine
    during: truce
    where: everywhere
    check: person
"""
    scene = new_scene(blocks).begin()
    scene.happened("2030-09-13T05:00", "undermine", "a")
    scene.watched("2030-09-12T19:00", END)
    assert (Why.NEEDS_DECISION,) == scene.answer(END, "spirit", "a").reasons
    assert (Why.NEEDS_DECISION,) == scene.answer(END, "spirit", "b").reasons


def test_permission_is_never_assessed(new_scene: type[Scene]) -> None:
    """A plain permission has no assessment."""
    blocks = """
permission look "Watching flights"
    on: a
    may: surveillance-flight
    during: truce
    where: everywhere
"""
    scene = new_scene(blocks).begin()
    scene.happened("2030-09-13T05:00", "surveillance-flight", "a")
    assert () == scene.assessed(END)


def test_tolerance(new_scene: type[Scene]) -> None:
    """Two incidents in 24 hours are no violation where the text allows two; a third one is."""
    blocks = """
prohibition shots "Hardly any shots"
    on: a, b
    must not: attack
    during: truce
    where: everywhere
    tolerance: 2 per 24 hours
"""
    scene = new_scene(blocks).begin()
    scene.watched("2030-09-12T19:00", END)
    for hour in ("05", "06"):
        scene.happened(f"2030-09-13T{hour}:00", "sniping", "a")
    assert Answer.KEPT is scene.answer(END, "shots", "a").answer
    scene.happened("2030-09-13T07:00", "sniping", "a")
    assert Answer.VIOLATED is scene.answer(END, "shots", "a").answer


def shots_of(new_scene: type[Scene], times: tuple[str, ...], per: str) -> dict[str, Answer]:
    """Assess certain shots at these times under a tolerance of two in a window, by time."""
    blocks = f"""
prohibition shots "Hardly any shots"
    on: a, b
    must not: attack
    during: truce
    where: everywhere
    tolerance: 2 per {per}
"""
    scene = new_scene(blocks).begin()
    found = {scene.happened(when, "sniping", "a"): when for when in times}
    return {found[a.instance]: a.answer for a in scene.assessed(END) if a.instance in found}


def test_tolerance_counts_the_middle_of_a_window(new_scene: type[Scene]) -> None:
    """Three in one window are three violations: the second as well as the first and the third."""
    times = ("2030-09-13T02:00", "2030-09-13T05:00", "2030-09-13T07:30")
    assert dict.fromkeys(times, Answer.VIOLATED) == shots_of(new_scene, times, "6 hours")


def test_tolerance_is_not_passed_by_what_no_window_holds(new_scene: type[Scene]) -> None:
    """One before and one after lie in no common window with it, so nothing is open."""
    times = ("2030-09-13T02:00", "2030-09-13T07:00", "2030-09-13T12:00")
    assert {} == shots_of(new_scene, times, "6 hours")


def test_tolerance_exactly_one_window_apart(new_scene: type[Scene]) -> None:
    """A window looks back over less than its length: a minute less than six hours, not all six."""
    times = ("2030-09-13T02:00", "2030-09-13T04:00", "2030-09-13T08:00")
    assert {} == shots_of(new_scene, times, "6 hours")
    times = ("2030-09-13T02:00", "2030-09-13T04:00", "2030-09-13T07:59")
    assert dict.fromkeys(times, Answer.VIOLATED) == shots_of(new_scene, times, "6 hours")


def test_tolerance_is_not_surely_passed_by_a_whole_day(new_scene: type[Scene]) -> None:
    """A shot at some hour of a day may lie far from the three others: for it nothing is sure."""
    day, times = "2030-09-13", ("2030-09-13T01:00", "2030-09-13T02:00", "2030-09-13T03:00")
    expected = {day: Answer.UNDETERMINED, **dict.fromkeys(times, Answer.VIOLATED)}
    assert expected == shots_of(new_scene, (day, *times), "6 hours")


def test_stated_standard(new_scene: type[Scene]) -> None:
    """Where the deal states a standard, a share that reaches it is enough."""
    blocks = """
verification mission "Mission"
    of: shots
    by: commission
    violated at: 0.5
    kept at: 0.1
    coverage: 0.8

prohibition shots "No shots"
    on: a, b
    must not: attack
    during: truce
    where: everywhere
    verified by: mission
"""
    scene = new_scene(blocks).begin()
    shot = scene.happened("2030-09-13T05:00", "sniping", "a|b")
    assert Answer.VIOLATED is scene.answer(END, "shots", "a", shot).answer


def test_maintenance_duty(new_scene: type[Scene]) -> None:
    """An act by whoever was to be held back may be a failure to do so; people must say."""
    blocks = """
duty hold "Outcast is kept out"
    on: b
    must keep: restrain(of: outcast)
    during: truce
    where: valley
"""
    scene = new_scene(blocks).begin()
    act = scene.happened("2030-09-13T05:00", "advance", "outcast")
    assert (Why.NEEDS_DECISION,) == scene.answer(END, "hold", "b", act).reasons


def test_ids_do_not_depend_on_other_things(scene: Scene) -> None:
    """The id of an assessment depends on norm, bearer and instance alone."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    before = scene.answer(END, "attacks", "b", shot)
    scene.happened("2030-09-13T06:00", "mortar-fire", "b", "a")
    after = scene.answer("2030-09-14T10:00", "attacks", "b", shot)
    assert before.id == after.id
