"""How reports become incidents: what joins, what keeps apart, and that order plays no part."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tregua.incidents.match import match
from tregua.incidents.model import Incident
from tregua.reports.model import (
    CountClaim,
    Harm,
    Link,
    Observation,
    Origin,
    Record,
    Says,
    Statement,
    Watch,
)
from tregua.terms.estimate import Estimate, at_least, exactly
from tregua.terms.place import Place
from tregua.terms.time import Precision, When, read_time

ZONE = "Asia/Damascus"
DAY = read_time("2016-09-14", ZONE)
KNOWN = datetime(2016, 9, 15, 12, tzinfo=UTC)
HERE = Place("north gate", 37.10, 36.20, 1_000)


def told(
    record: str,
    *,
    at: str = "2016-09-14",
    what: str = "shelling",
    place: Place = HERE,
    matter: str = "",
    killed: Estimate | None = None,
    flags: tuple[str, ...] = (),
    by: tuple[str, ...] = (),
) -> Observation:
    source, key = record.split(":")
    origin = Origin(key, source, f"reporter of {source}", KNOWN, flags=flags)
    harm = Harm(killed) if killed else Harm()
    when = read_time(at, ZONE)
    return Observation(origin, when, what, place, by=by, harm=harm, matter=matter)


def said(key: str, first: str, second: str, *, same: bool, hour: int = 0) -> Link:
    origin = Origin(key, "desk", "case officer", KNOWN + timedelta(hours=hour))
    return Link(origin, first, second, same, "compared by hand")


def grouped(*records: Record) -> list[list[str]]:
    return sorted([o.origin.id for o in i.observations] for i in match(records))


def test_two_sources_near_in_place_and_time_and_of_one_kind_tell_of_one_incident() -> None:
    """Two sources that agree in place, time and kind are joined, and every feature says why."""
    there = replace(HERE, lon=37.11)
    incident = match((told("un:1"), told("ngo:7", place=there, at="2016-09-14T19:12")))[0]
    assert [o.origin.id for o in incident.observations] == ["ngo:7", "un:1"]
    assert read_time("2016-09-14T19:12", ZONE) == incident.when
    (link,) = incident.links
    says = {r.feature: (r.says, r.speaks_for_joining) for r in link.reasons}
    assert says["place"] == ("0.9 km apart, stated to 1.0 km and 1.0 km", True)
    assert says["killed"] == ("killed: not stated and not stated", False)
    assert not any(r.speaks_against for r in link.reasons)


def test_one_missing_value_is_no_disagreement() -> None:
    """A source that states no target, no dead and no matter is joined like one that does."""
    full = told("un:1", killed=exactly(3))
    assert grouped(full, told("ngo:7")) == [["ngo:7", "un:1"]]


def test_far_places_other_kinds_and_far_numbers_keep_apart() -> None:
    """A feature that speaks against a pair keeps it apart, whatever speaks for it."""
    first = told("un:1", killed=exactly(2))
    far = Place("south", 37.10, 36.00, 1_000)
    for other in (
        told("ngo:2", place=far),
        told("ngo:2", what="air-strike"),
        told("ngo:2", killed=exactly(40)),
        told("ngo:2", at="2016-09-17"),
    ):
        assert grouped(first, other) == [["ngo:2"], ["un:1"]]


def test_a_place_without_a_radius_never_joins() -> None:
    """An area or a stand-in point joins nothing by place, even under one name."""
    for place in (Place(area="Aleppo"), Place("north gate"), replace(HERE, radius_m=None)):
        assert grouped(told("un:1", place=place), told("ngo:2", place=place)) == [
            ["ngo:2"],
            ["un:1"],
        ]


def test_one_matter_joins_what_place_cannot() -> None:
    """Reports under one key are one incident although one is vague and they differ in number."""
    vague = told("case:2", place=Place(area="Aleppo"), matter="gate", killed=at_least(80))
    exact = told("case:1", matter="gate", what="air-strike", killed=exactly(15))
    (incident,) = match((vague, exact))
    assert incident.place == HERE
    assert incident.kinds == ("air-strike", "shelling")
    assert Estimate(low=15) == incident.killed


def test_one_matter_does_not_join_acts_that_are_not_one_occurrence() -> None:
    """A request and a delivery of one convoy, or two strikes three days apart, stay two."""
    request = told("case:1", matter="convoy", what="allow")
    arrived = told("case:2", matter="convoy", what="deliver")
    assert grouped(request, arrived) == [["case:1"], ["case:2"]]
    first, later = told("case:1", matter="m"), told("case:2", matter="m", at="2016-09-18")
    assert grouped(first, later) == [["case:1"], ["case:2"]]


def test_two_withdrawals_under_one_matter_stay_two_when_one_source_names_two_doers() -> None:
    """What each side does itself is two acts, even at one place on one day under one key."""
    mine = told("case:1", matter="road", what="withdraw", by=("a",))
    other = told("case:2", matter="road", what="withdraw", by=("b",))
    assert grouped(mine, other) == [["case:1"], ["case:2"]]


def test_a_data_set_lists_an_incident_once() -> None:
    """Two rows of one data set stay apart, however alike they are."""
    assert grouped(told("ged:1"), told("ged:2")) == [["ged:1"], ["ged:2"]]


def test_where_two_partners_fit_equally_neither_is_taken() -> None:
    """A report that fits two rows of a data set equally well is joined with neither."""
    assert grouped(told("un:1"), told("ged:1"), told("ged:2")) == [["ged:1"], ["ged:2"], ["un:1"]]
    nearer = told("ged:1", killed=exactly(4))
    assert grouped(told("un:1", killed=exactly(4)), nearer, told("ged:2")) == [
        ["ged:1", "un:1"],
        ["ged:2"],
    ]


def test_no_chain_joins_two_reports_that_contradict_each_other() -> None:
    """A vague kind between an air strike and a shelling does not make one incident of the three."""
    strike, attack, shelling = (
        told("a:1", what="air-strike"),
        told("b:1", what="attack"),
        told("c:1", what="shelling"),
    )
    for group in grouped(strike, attack, shelling):
        assert not {"a:1", "c:1"} <= set(group)


def test_a_row_that_sums_up_a_year_joins_nothing() -> None:
    """A summary row stays alone, even under one matter key."""
    row = told("ged:1", matter="m", flags=("summary-row",))
    assert grouped(row, told("un:1", matter="m")) == [["ged:1"], ["un:1"]]


def test_counts_and_watches_never_become_incidents() -> None:
    """A claimed number and a patrol make no incident."""
    claim = CountClaim(Origin("1", "x", "x", KNOWN), DAY, exactly(302), "violations")
    watch = Watch(Origin("2", "x", "x", KNOWN), DAY, HERE)
    assert match((claim, watch)) == ()


def test_a_person_parts_and_joins_again_and_everything_is_as_before() -> None:
    """A parting splits the incident; a later joining of the same pair gives it back exactly."""
    reports = (told("un:1"), told("ngo:7"))
    before = match(reports)
    parted = (*reports, said("1", "un:1", "ngo:7", same=False))
    assert grouped(*parted) == [["ngo:7"], ["un:1"]]
    assert before == match((*parted, said("2", "ngo:7", "un:1", same=True, hour=1)))


def test_a_person_joins_what_the_rules_cannot_and_takes_it_back() -> None:
    """A join by a person is marked as such, with the reason, and can be withdrawn."""
    reports = (told("ged:1"), told("ged:2", what="air-strike"))
    joined = (*reports, said("1", "ged:1", "ged:2", same=True))
    (incident,) = match(joined)
    assert incident.links[0].by_person
    assert incident.links[0].reasons[0].says == "case officer: compared by hand"
    assert match(reports) == match((*joined, said("2", "ged:1", "ged:2", same=False, hour=1)))


def test_a_parted_pair_is_not_brought_together_through_a_third() -> None:
    """Of three joins and partings that contradict each other, the parting holds."""
    reports = (told("ged:1"), told("ged:2"), told("ged:3"))
    links = (
        said("1", "ged:1", "ged:2", same=True),
        said("2", "ged:2", "ged:3", same=True, hour=1),
        said("3", "ged:1", "ged:3", same=False),
    )
    assert grouped(*reports, *links) == [["ged:1"], ["ged:2", "ged:3"]]


def test_replies_lie_beside_what_they_answer() -> None:
    """A denial stands with its matter; an admission of one of two occurrences with neither."""
    origin = Origin("9", "case", "ministry", KNOWN)
    denial = Statement(origin, DAY, Says.DENIES, ("a",), about="gate")
    admission = replace(denial, says=Says.ADMITS)
    (one,) = match((told("case:1", matter="gate"), denial))
    assert (denial,) == one.replies
    two = (told("case:1", matter="gate"), told("case:2", matter="gate", at="2016-09-18"))
    assert [(denial,), (denial,)] == [i.replies for i in match((*two, denial))]
    assert [i.replies for i in match((*two, admission))] == [(), ()]
    pointed = replace(admission, about="case:2")
    assert [(), (pointed,)] == [i.replies for i in match((*two, pointed))]


def test_an_incident_that_no_stated_time_fits_shows_the_hull() -> None:
    """Two fine times that differ are shown as the time that holds both."""
    early, late = told("a:1", at="2016-09-14T19:00"), told("b:1", at="2016-09-14T19:20")
    (incident,) = match((early, late))
    assert When(early.when.start, late.when.end, Precision.MINUTE, ZONE) == incident.when


def test_an_id_comes_from_the_smallest_record() -> None:
    """The id is a digest of the smallest record id and of nothing else."""
    (alone,), (both,) = match((told("ngo:7"),)), match((told("un:1"), told("ngo:7")))
    assert alone.id == both.id
    assert len("I-01234567") == len(alone.id)


# --- properties ---------------------------------------------------------------------------------

KINDS = ("attack", "shelling", "air-strike", "withdraw", "")
OBSERVATIONS = st.builds(
    lambda source, what, step, hour, matter, killed: told(
        f"{source}:0",
        at=f"2016-09-14T{hour:02}:00" if hour else "2016-09-14",
        what=what,
        place=replace(HERE, lon=37.10 + step / 100) if step < 6 else Place("somewhere"),
        matter=matter,
        killed=exactly(killed) if killed else None,
    ),
    st.sampled_from("abc"),
    st.sampled_from(KINDS),
    st.integers(0, 6),
    st.integers(0, 23),
    st.sampled_from(("", "", "", "m", "n")),
    st.integers(0, 5),
)
SCENES = st.lists(OBSERVATIONS, min_size=1, max_size=9).map(
    lambda scene: tuple(
        replace(o, origin=replace(o.origin, key=str(n))) for n, o in enumerate(scene)
    )
)
WORDS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans(), st.integers(0, 3)), max_size=4
)


def spoken(scene: tuple[Observation, ...], words: list[tuple[int, int, bool, int]]) -> list[Link]:
    ids = [o.origin.id for o in scene]
    size = len(ids)
    return [
        said(str(n), ids[a % size], ids[b % size], same=same, hour=hour)
        for n, (a, b, same, hour) in enumerate(words)
    ]


@given(SCENES, WORDS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(
    scene: tuple[Observation, ...], words: list[tuple[int, int, bool, int]], random: object
) -> None:
    """Any permutation of the records gives the same incidents, links and reasons."""
    records: list[Record] = [*scene, *spoken(scene, words)]
    expected = match(tuple(records))
    random.shuffle(records)  # type: ignore[attr-defined]
    assert expected == match(tuple(records))


@given(SCENES, WORDS)
def test_every_record_stands_in_exactly_one_incident(
    scene: tuple[Observation, ...], words: list[tuple[int, int, bool, int]]
) -> None:
    """No report is lost and none is counted twice."""
    incidents = match((*scene, *spoken(scene, words)))
    assert sorted(o.origin.id for o in scene) == record_ids(incidents)


@given(SCENES)
def test_joined_records_never_contradict_each_other(scene: tuple[Observation, ...]) -> None:
    """Without a word of a person, no two rows of a source stand together without one matter."""
    for incident in match(scene):
        bare = [o.origin.source for o in incident.observations if not o.matter]
        assert len(set(bare)) == len(bare)


@given(SCENES, st.integers(0, 8), st.integers(0, 8))
def test_a_word_and_its_opposite_leave_no_trace(
    scene: tuple[Observation, ...], first: int, second: int
) -> None:
    """A word that goes against the rules and is taken back restores every incident exactly."""
    a, b = (scene[n % len(scene)].origin.id for n in (first, second))
    before = match(scene)
    together = any({a, b} <= {o.origin.id for o in i.observations} for i in before)
    word = said("1", a, b, same=not together)
    back = said("2", b, a, same=together, hour=1)
    assert before == match((*scene, word, back))


@given(SCENES, st.integers(0, 8), st.integers(0, 8))
def test_the_last_word_on_a_pair_holds(
    scene: tuple[Observation, ...], first: int, second: int
) -> None:
    """Two records are in one incident exactly when the last word of a person says so."""
    a, b = (scene[n % len(scene)].origin.id for n in (first, second))
    for same in (True, False):
        incidents = match((*scene, said("1", a, b, same=same)))
        together = any({a, b} <= {o.origin.id for o in i.observations} for i in incidents)
        assert together is (same or a == b)


def record_ids(incidents: tuple[Incident, ...]) -> list[str]:
    return sorted(o.origin.id for i in incidents for o in i.observations)
