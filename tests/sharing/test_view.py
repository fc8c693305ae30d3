"""Who may see what: the door, releases and their preview, markings of derived things."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.errors import WrongUse
from tregua.ledger.signing.disclosures import Field
from tregua.sharing.release import Release, Shown, counting, preview, release_from
from tregua.sharing.view import Held, fields_for, view_for
from tregua.terms.marking import is_within, meet, reaches

BOTH = ("A", "B")
SHOT = Held("e1", 0, "a", BOTH, (Field("at", 1, BOTH), Field("where.point", 2, ("A",))))
SECRET = Held("e2", 1, "a", ("A",), (Field("at", 3, ("A",)),))
OPEN = Held("e3", 2, "mon", ("PUBLIC",), (Field("at", 4, ("PUBLIC",)),))
ALL = (SHOT, SECRET, OPEN)


def names(entries: tuple[Held, ...]) -> list[tuple[str, list[str]]]:
    return [(e.id, [f.name for f in e.fields]) for e in entries]


def test_each_sees_its_own_part() -> None:
    assert [("e1", ["at", "where.point"]), ("e2", ["at"]), ("e3", ["at"])] == names(
        view_for(ALL, "A").entries
    )
    assert [("e1", ["at"]), ("e3", ["at"])] == names(view_for(ALL, "B").entries)
    assert [("e3", ["at"])] == names(view_for(ALL, "PUBLIC").entries)


def test_a_view_says_what_it_left_out_and_not_what_it_was() -> None:
    """The ids alone: of the shot a part is hidden, the secret is hidden whole."""
    assert ("e1", "e2") == view_for(ALL, "B").left_out
    assert () == view_for(ALL, "A").left_out


def test_an_empty_marking_reaches_nobody() -> None:
    """Not even whoever asks as nobody."""
    nobody = Held("e", 0, "a", (), (Field("at", 1, ()),))
    assert [] == [a for a in ("A", "PUBLIC", "") if fields_for(nobody, a)]
    assert [] == [e for e in (SHOT, SECRET) if fields_for(e, "")]


def test_its_signer_releases_a_record() -> None:
    """A lets B see the point; B cannot let itself see it."""
    opened = Release(("e1",), "B", ("where.point",), "a", "agreed on the 14th")
    own = counting((opened,), ALL)
    assert ["at", "where.point"] == [f.name for f in fields_for(SHOT, "B", own)]
    assert () == counting((replace(opened, by="b"),), ALL)
    assert 1 == len(counting((replace(opened, by="un"),), ALL, frozenset({"un"})))


def test_a_release_opens_no_other_entry() -> None:
    opened = counting((Release(("e1",), "B", (), "a", "so agreed"),), ALL)
    assert [] == [e.id for e in (SECRET,) if fields_for(e, "B", opened)]


def test_the_preview_shows_exactly_what_would_be_new() -> None:
    opened = Release(("e1", "e2"), "B", (), "a", "so agreed")
    new = [Shown("e1", SHOT.fields[1]), Shown("e2", SECRET.fields[0])]
    assert new == list(preview(opened, ALL))
    assert [] == list(preview(opened, ALL, (opened,)))


def test_a_release_says_to_whom_and_why() -> None:
    good = (Field("to", "B", BOTH), Field("reason", "so agreed", BOTH))
    assert Release(("e1",), "B", (), "a", "so agreed") == release_from(("e1",), "a", good)
    for missing in range(2):
        with pytest.raises(WrongUse):
            release_from(("e1",), "a", good[:missing] + good[missing + 1 :])


RELS = st.lists(st.sampled_from(["A", "B", "MON", "PUBLIC"]), max_size=4).map(
    lambda r: tuple(sorted(set(r)))
)


@given(st.lists(RELS, min_size=1, max_size=5), st.sampled_from(["A", "B", "MON", "PUBLIC", "X"]))
def test_a_derived_thing_is_seen_by_those_who_see_all_of_it(
    rels: list[tuple[str, ...]], audience: str
) -> None:
    assert reaches(meet(rels), audience) == all(reaches(r, audience) for r in rels)


@given(RELS, RELS, st.sampled_from(["A", "B", "MON", "PUBLIC", "X"]))
def test_what_is_within_reaches_nobody_else(
    rel: tuple[str, ...], wider: tuple[str, ...], audience: str
) -> None:
    if is_within(rel, wider) and reaches(rel, audience):
        assert reaches(wider, audience)


ENTRIES = st.lists(
    st.tuples(RELS, st.lists(st.tuples(st.sampled_from("xyz"), RELS), max_size=3)), max_size=6
).map(
    lambda rows: tuple(
        Held(f"e{n}", n, "a", rel, tuple(Field(name, n, r) for name, r in fields))
        for n, (rel, fields) in enumerate(rows)
    )
)


@given(ENTRIES, st.sampled_from(["A", "B", "MON", "PUBLIC"]))
def test_nothing_passes_that_is_not_marked_for_the_audience(
    entries: tuple[Held, ...], audience: str
) -> None:
    """Without a release, every field that is shown is marked for its audience, twice."""
    view = view_for(entries, audience)
    assert all(
        reaches(e.rel, audience) and reaches(f.rel, audience)
        for e in view.entries
        for f in e.fields
    )
    assert set(view.left_out) <= {e.id for e in entries}
