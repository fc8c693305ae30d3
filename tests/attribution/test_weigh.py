"""Who did it: what must, what may, and what stays unknown when the sources contradict."""

from dataclasses import replace
from datetime import UTC, datetime
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from tregua.agreement.model import Agreement
from tregua.attribution.model import THIRD_PARTY, UNKNOWN, Attributed, Hypothesis
from tregua.attribution.weigh import attribute
from tregua.incidents.match import match
from tregua.reports.model import (
    Harm,
    Naming,
    Observation,
    Origin,
    Record,
    Says,
    Statement,
)
from tregua.terms.estimate import NOT_STATED, Estimate, exactly
from tregua.terms.place import Place
from tregua.terms.time import read_time

DAY = read_time("2030-05-03", "UTC")
KNOWN = datetime(2030, 5, 4, tzinfo=UTC)
MATTER = "bridge"


def origin(key: str, reporter: str) -> Origin:
    return Origin(key, "case", reporter, KNOWN)


def told(
    reporter: str,
    *by: str,
    key: str = "",
    pair_only: bool = False,
    certain: bool = False,
    killed: Estimate = NOT_STATED,
    against: tuple[str, ...] = (),
) -> Observation:
    return Observation(
        origin(key or reporter, reporter),
        DAY,
        "attack",
        Place("bridge"),
        by=by,
        against=against,
        harm=Harm(killed),
        matter=MATTER,
        certain=certain,
        pair_only=pair_only,
    )


def replied(says: Says, by: str, *, through: str = "") -> Statement:
    return Statement(origin(f"{says}-{by}", through or by), DAY, says, (by,), about=MATTER)


def office(name: str, *speaks_for: str, of: str = "") -> Naming:
    return Naming(origin(f"office-{name}", "desk"), name, speaks_for=speaks_for, office=of or name)


# Reporters: one for each side, two that are known to speak for nobody.
OFFICES = (
    office("A press", "a"),
    office("B press", "b"),
    office("G ministry", "g"),
    office("monitor"),
    office("relief"),
)


def weighed(deal: Agreement, *records: Record) -> Attributed:
    everything = (*OFFICES, *records)
    (one,) = attribute(match(everything), everything, deal)
    return one


def musts(one: Attributed) -> list[str]:
    return [h.who for h in one.actors if h.must]


def mays(one: Attributed) -> list[str]:
    return [h.who for h in one.actors if h.may]


def test_one_attack_told_by_four_sources_with_five_accused_is_nobodys_for_certain(
    deal: Agreement,
) -> None:
    """Every author that a source names may have done it, and so may nobody known."""
    one = weighed(
        deal,
        told("A press", "b"),
        told("B press", "a", "g"),
        told("monitor", "x"),
        told("relief", "brigade", "people of the hills"),
    )
    assert musts(one) == []
    assert mays(one) == ["a", "b", "g", "x", UNKNOWN]
    assert one.contested
    assert one.unresolved == ("people of the hills",)
    assert isclose(sum(h.share for h in one.actors), 1.0)
    assert all(0 < h.share < 1 for h in one.actors)
    assert [v.office for v in one.voices] == ["A press", "B press", "monitor", "relief"]


def test_when_nobody_is_named_only_unknown_remains(deal: Agreement) -> None:
    """A report that accuses nobody leaves the unknown, which is never a must."""
    (unknown,) = weighed(deal, told("monitor")).actors
    assert (unknown.who, unknown.share, unknown.must, unknown.may) == (UNKNOWN, 1.0, False, True)


def test_two_offices_of_which_one_speaks_for_no_side_make_a_must(deal: Agreement) -> None:
    """The same author, named alone by a side and by an independent office, must have done it."""
    one = weighed(deal, told("A press", "b"), told("monitor", "B"), told("relief"))
    assert musts(one) == []  # "B" is no id and no title: it is kept as a name nobody knows
    one = weighed(deal, told("A press", "b"), told("monitor", "the  b"))
    assert musts(one) == ["b"]
    assert mays(one) == ["b"]
    assert one.happened_must
    assert not one.contested


def test_one_office_counts_once_however_often_it_speaks(deal: Agreement) -> None:
    """The same office twice in one field, or under two names, is one voice."""
    twice = told("monitor;monitor", "b")
    one = weighed(deal, twice)
    assert [v.office for v in one.voices] == ["monitor"]
    assert not one.happened_must
    branch = office("monitor, city desk", of="monitor")
    one = weighed(deal, branch, told("monitor", "b"), told("monitor, city desk", "b"))
    assert musts(one) == []
    assert musts(weighed(deal, told("monitor; relief", "b"))) == ["b"]


def test_an_office_of_which_nothing_is_said_is_not_independent(deal: Agreement) -> None:
    """Two offices without any label corroborate nothing until somebody says where they stand."""
    assert musts(weighed(deal, told("leaflet", "b"), told("rumour", "b"))) == []
    assert musts(weighed(deal, told("leaflet", "b"), told("monitor", "b"))) == ["b"]


def test_one_camp_alone_convinces_nobody(deal: Agreement) -> None:
    """A side and its guarantor are one camp, however many voices it has."""
    one = weighed(deal, told("A press", "b"), told("G ministry", "b"))
    assert musts(one) == []
    assert not one.happened_must


def test_two_opposed_camps_that_agree_make_a_must(deal: Agreement) -> None:
    """What both sides say, against a third, must be so."""
    assert musts(weighed(deal, told("A press", "x"), told("B press", "x"))) == ["x"]


def test_a_denial_of_the_accused_or_its_guarantor_makes_it_contested(deal: Agreement) -> None:
    """A denial takes the certainty away and removes no hypothesis."""
    accused = (told("A press", "b"), told("monitor", "b"))
    for denier in ("b", "h"):
        one = weighed(deal, *accused, replied(Says.DENIES, denier))
        assert musts(one) == []
        assert mays(one) == ["b", UNKNOWN]
        assert one.contested
        assert [h.denied_by for h in one.actors] == [(denier,), ()]
        assert one.happened_must


def test_an_admission_makes_a_must_unless_another_is_named(deal: Agreement) -> None:
    """The accused admits and nobody names another: it must have been so."""
    admitted = weighed(deal, told("A press", "b"), replied(Says.ADMITS, "b"))
    assert musts(admitted) == ["b"]
    assert admitted.happened_must
    assert musts(weighed(deal, told("A press", "b"), told("B press", "b"))) == ["b"]
    other = weighed(deal, told("A press", "x"), replied(Says.ADMITS, "b"))
    assert musts(other) == []
    shares = {h.who: h.share for h in other.actors}
    assert shares["b"] > shares["x"]


def test_an_admission_told_by_the_other_side_is_only_an_accusation(deal: Agreement) -> None:
    """An admission that only the other side heard makes no must; told by a monitor it does."""
    heard = replied(Says.ADMITS, "b", through="A press")
    one = weighed(deal, told("A press"), heard)
    assert musts(one) == []
    assert not any(v.admits for v in one.voices)
    assert musts(weighed(deal, told("A press"), replace(heard, origin=origin("s", "monitor")))) == [
        "b"
    ]


def test_a_pair_of_sides_is_no_accusation(deal: Agreement) -> None:
    """A coded pair allows both sides, a third party and the unknown, whoever else codes so."""
    one = weighed(
        deal,
        told("monitor", "a", "b", key="1", pair_only=True),
        told("relief", "a", "b", key="2", pair_only=True),
    )
    assert musts(one) == []
    assert mays(one) == ["a", "b", THIRD_PARTY, UNKNOWN]
    assert not one.contested
    assert one.happened_must
    alone = weighed(deal, told("monitor", "a", pair_only=True, certain=True))
    assert musts(alone) == []


def test_a_pair_does_not_dilute_what_its_own_office_says_plainly(deal: Agreement) -> None:
    """An office that accuses one author keeps doing so, though a data set codes a pair from it."""
    one = weighed(
        deal,
        told("monitor", "a", key="plain"),
        told("monitor", "a", "b", key="pair", pair_only=True),
        told("relief", "a"),
    )
    assert musts(one) == ["a"]


def test_alternatives_are_each_possible(deal: Agreement) -> None:
    """Two names in one report are two possibilities, and so is a group that may be of two."""
    assert mays(weighed(deal, told("monitor", "a", "x"))) == ["a", "x", UNKNOWN]
    assert mays(weighed(deal, told("monitor", "drifters"))) == ["a", "b", "drifters", UNKNOWN]
    assert mays(weighed(deal, told("monitor", "doubtful"))) == ["b", "doubtful", UNKNOWN]
    assert mays(weighed(deal, told("monitor", "brigade"))) == ["b", UNKNOWN]


def test_a_certain_record_decides(deal: Agreement) -> None:
    """What a case takes as certain is a must, against whatever others say."""
    one = weighed(deal, told("case", "b", certain=True), told("B press", "a"))
    assert musts(one) == ["b"]
    assert one.happened_must
    assert [h.share for h in one.actors] == [0.0, 1.0, 0.0]


def test_a_name_stands_for_whom_the_namings_say_at_the_time(deal: Agreement) -> None:
    """Several readings that hold at one time widen a name; one that no longer holds counts not."""
    rebels = Naming(origin("n1", "desk"), "Armed  Groups", stands_for=("b",))
    wider = Naming(origin("n2", "desk"), "armed groups", stands_for=("b", "x"))
    report = told("monitor", "armed groups")
    assert mays(weighed(deal, rebels, report)) == ["b", UNKNOWN]
    assert mays(weighed(deal, rebels, wider, report)) == ["b", "x", UNKNOWN]
    over = replace(wider, until=datetime(2030, 5, 3, tzinfo=UTC))
    assert mays(weighed(deal, rebels, over, report)) == ["b", UNKNOWN]
    assert mays(weighed(deal, told("monitor", "الشمال"))) == ["a", UNKNOWN]
    assert mays(weighed(deal, told("monitor", "northern army"))) == ["a", UNKNOWN]


def test_numbers_that_allow_nothing_make_nothing_certain(deal: Agreement) -> None:
    """Low and best zero with a higher end: the source itself allows that nothing happened."""
    vague = Estimate(0, 0, 3)
    two = (told("monitor", "b", killed=vague), told("relief", "b"))
    assert not weighed(deal, *two).happened_must
    none = (told("monitor", "b", killed=exactly(0)), told("relief", "b"))
    assert weighed(deal, *none).happened_must


def test_targets_are_weighed_like_authors(deal: Agreement) -> None:
    """Two offices that name one target alone make it a must; other names are alternatives."""
    sure = weighed(deal, told("monitor", "b", against=("a",)), told("relief", "b", against=("a",)))
    assert [(h.who, h.must) for h in sure.targets] == [("a", True), (UNKNOWN, False)]
    open_ = weighed(deal, told("monitor", against=("a",)), told("relief", against=("x",)))
    assert [h.who for h in open_.targets if h.may] == ["a", "x", UNKNOWN]


# --- properties ---------------------------------------------------------------------------------

REPORTERS = st.sampled_from(
    ("A press", "B press", "G ministry", "H ministry", "monitor", "relief", "leaflet")
)
WHO = st.lists(st.sampled_from(("a", "b", "g", "h", "x", "nobody known")), max_size=2, unique=True)
REPORTS = st.builds(
    lambda reporter, by, against, pair: told(
        reporter, *by, against=tuple(against), pair_only=pair and len(by) == 2
    ),
    REPORTERS,
    WHO,
    WHO,
    st.booleans(),
)
REPLIES = st.builds(
    replied, st.sampled_from((Says.DENIES, Says.ADMITS)), st.sampled_from(("a", "b", "g", "h"))
)


def numbered(
    scene: tuple[list[Observation], list[Statement]],
) -> tuple[Observation | Statement, ...]:
    records: list[Observation | Statement] = [*scene[0], *scene[1]]
    return tuple(replace(r, origin=replace(r.origin, key=str(n))) for n, r in enumerate(records))


SCENES = st.tuples(st.lists(REPORTS, min_size=1, max_size=6), st.lists(REPLIES, max_size=2)).map(
    numbered
)
BOTH_MINISTRIES = (office("H ministry", "h"),)
PAIRS = (("a", "b"), ("g", "h"), ("A press", "B press"), ("G ministry", "H ministry"))
NAMES_SWAPPED = dict(PAIRS) | {second: first for first, second in PAIRS}


def swapped_name(name: str) -> str:
    return NAMES_SWAPPED.get(name, name)


def swapped(record: Observation | Statement) -> Observation | Statement:
    known = replace(record.origin, reporter=swapped_name(record.origin.reporter))
    by = tuple(swapped_name(n) for n in record.by)
    if isinstance(record, Statement):
        return replace(record, origin=known, by=by)
    against = tuple(swapped_name(n) for n in record.against)
    return replace(record, origin=known, by=by, against=against)


def as_seen(one: Attributed, *, swap: bool) -> object:
    def name(text: str) -> str:
        return swapped_name(text) if swap else text

    def side(hypotheses: tuple[Hypothesis, ...]) -> list[tuple[object, ...]]:
        rows = [
            (
                name(h.who),
                h.share,
                h.must,
                h.may,
                sorted(name(o) for o in h.said_by),
                sorted(name(o) for o in h.denied_by),
            )
            for h in hypotheses
        ]
        return sorted(rows)

    return (side(one.actors), side(one.targets), one.contested, one.happened_must)


@given(SCENES)
def test_swapping_two_sides_swaps_the_result_and_nothing_else(
    deal: Agreement, scene: tuple[Observation | Statement, ...]
) -> None:
    """Sides, guarantors and reporters swapped everywhere: the same numbers, swapped."""
    here = weighed(deal, *BOTH_MINISTRIES, *scene)
    there = weighed(deal, *BOTH_MINISTRIES, *(swapped(r) for r in scene))
    assert as_seen(here, swap=True) == as_seen(there, swap=False)


@given(SCENES)
def test_shares_and_musts_fit_each_other(
    deal: Agreement, scene: tuple[Observation | Statement, ...]
) -> None:
    """Shares sum to one; a may is above zero; at most one must, and then nothing else may."""
    one = weighed(deal, *BOTH_MINISTRIES, *scene)
    for hypotheses in (one.actors, one.targets):
        assert isclose(sum(h.share for h in hypotheses), 1.0)
        assert all((h.share > 0) is h.may for h in hypotheses)
        assert hypotheses[-1].who == UNKNOWN
        sure = [h for h in hypotheses if h.must]
        assert len(sure) <= 1
        assert not sure or [h for h in hypotheses if h.may] == sure
        assert all(h.share < 1 or h.must or len(hypotheses) == 1 for h in hypotheses)


@given(SCENES, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_no_weight(
    deal: Agreement, scene: tuple[Observation | Statement, ...], random: object
) -> None:
    """Permuted records give the same distributions and voices."""
    records: list[Record] = [*OFFICES, *BOTH_MINISTRIES, *scene]
    expected = attribute(match(tuple(records)), tuple(records), deal)
    random.shuffle(records)  # type: ignore[attr-defined]
    assert expected == attribute(match(tuple(records)), tuple(records), deal)
