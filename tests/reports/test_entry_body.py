"""A record as the body of a ledger entry, and back."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.errors import EntryRefused
from tregua.reports.from_entry import read_body, record_of
from tregua.reports.model import (
    CountClaim,
    Harm,
    Link,
    Means,
    Naming,
    Observation,
    Origin,
    Record,
    Says,
    Statement,
    Watch,
)
from tregua.reports.own_template import template
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options
from tregua.reports.to_entry import Filed, body_of, body_of_row, canonical, entry_kind, write_body
from tregua.terms.estimate import Estimate
from tregua.terms.place import Place
from tregua.terms.time import Precision, When

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
names = st.lists(texts, max_size=3).map(tuple)
counts = st.none() | st.integers(0, 10**6)
instants = st.integers(0, 10**11).map(
    lambda n: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=n * 30_001)
)
estimates = st.builds(Estimate, counts, counts, counts, st.booleans())
numbers = st.floats(-180, 180)
places = st.builds(
    Place, texts, st.none() | numbers, st.none() | numbers, st.none() | numbers, texts
)
harms = st.builds(Harm, estimates, estimates, texts)
origins = st.builds(Origin, texts, texts, texts, instants, texts, texts, names)
spans = st.integers(1, 10**9).map(lambda n: timedelta(microseconds=n * 1_000))
whens = st.builds(
    lambda start, span, precision: When(start, start + span, precision, "Asia/Damascus"),
    instants,
    spans,
    st.sampled_from(Precision),
)
records: st.SearchStrategy[Record] = st.one_of(
    st.builds(
        Observation,
        origins,
        whens,
        texts,
        places,
        names,
        names,
        names,
        harms,
        estimates,
        texts,
        st.sampled_from(Means),
        texts,
        st.booleans(),
        st.booleans(),
        texts,
    ),
    st.builds(
        CountClaim,
        origins,
        whens,
        estimates,
        texts,
        names,
        places,
        st.lists(st.tuples(texts, st.integers(0, 99)), max_size=3).map(tuple),
        st.booleans(),
        st.booleans(),
        texts,
        harms,
    ),
    st.builds(Watch, origins, whens, places, texts, names, st.floats(0, 1)),
    st.builds(
        Statement,
        origins,
        whens,
        st.sampled_from(Says),
        names,
        texts,
        st.none() | whens,
        st.none() | st.floats(0, 1e6),
        texts,
        texts,
        places,
    ),
    st.builds(
        Naming, origins, texts, names, names, texts, st.none() | instants, st.none() | instants
    ),
    st.builds(Link, origins, texts, texts, st.booleans(), texts),
)


@given(records)
def test_record_comes_back_as_it_went(record: Record) -> None:
    """Whatever a record holds, its body gives it back."""
    assert record == record_of(body_of(record))


@given(records, texts, st.lists(st.tuples(texts, texts), max_size=3).map(tuple))
def test_body_is_canonical(record: Record, digest: str, kept: tuple[tuple[str, str], ...]) -> None:
    """Reading a body and writing it again changes no byte, and its keys are sorted."""
    body = write_body(Filed(record, digest, kept))
    assert body == write_body(read_body(body))
    assert body == canonical(json.loads(body))


@given(records)
def test_fields_of_a_later_version_survive(record: Record) -> None:
    """Fields that this version does not know, deep ones too, are written back."""
    tree = json.loads(body_of(record))
    tree["mood"] = {"b": [1, None], "a": "x"}
    tree["origin"]["camera"] = "c-7"
    body = canonical(tree)
    assert body == write_body(read_body(body))
    assert record == record_of(body)


def test_body_of_a_row_names_its_digest_and_unread_columns(
    tmp_path: Path,
) -> None:
    """The body holds the digest of the source row and the columns that no record uses."""
    path = tmp_path / "r.csv"
    path.write_text(
        "id,record,from,reporter,known_at,weather\n"
        "o1,observation,2030-09-13T05:00Z,Monitors,2030-09-13T06:00Z,fog\n",
        encoding="utf-8",
    )
    (row,) = read_file(path, Options()).rows
    filed = read_body(body_of_row(row.records[0], row))
    assert (row.digest, (("weather", "fog"),)) == (filed.row, filed.kept)


def test_only_a_link_is_a_link_entry(tmp_path: Path) -> None:
    """The ledger keeps links as entries of their own kind and all else as reports."""
    path = tmp_path / "t.csv"
    path.write_bytes(template("csv"))
    kinds = [entry_kind(record) for record in read_file(path, Options()).records]
    assert ["report"] * 5 + ["link"] == kinds


def test_written_body_is_this() -> None:
    """The canonical form is fixed: sorted, no spaces, defaults left out, times in UTC."""
    start = datetime(2030, 9, 13, 2, tzinfo=UTC)
    record = Observation(
        Origin("o1", "own", "Monitors", start),
        When(start, start + timedelta(minutes=1)),
        "mortar-fire",
        by=("a",),
        harm=Harm(Estimate(low=2)),
    )
    expected = (
        '{"by":["a"],"harm":{"killed":{"low":2}},'
        '"origin":{"key":"o1","known":"2030-09-13T02:00:00Z","reporter":"Monitors","source":"own"},'
        '"record":"observation","what":"mortar-fire",'
        '"when":{"end":"2030-09-13T02:01:00Z","start":"2030-09-13T02:00:00Z"}}'
    )
    assert expected == body_of(record)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{", "its body is not JSON"),
        ("[]", "its body is no JSON object"),
        ("{}", "its body is no record that can be read"),
        ('{"record":"event"}', "its body is no record that can be read"),
        ('{"record":"link","origin":{"key":"1"}}', "its body is no record that can be read"),
    ],
)
def test_what_is_no_record_is_refused(body: str, why: str) -> None:
    """A body that is no record of ours is refused with one sentence."""
    with pytest.raises(EntryRefused) as caught:
        record_of(body)
    assert why == caught.value.why


@pytest.mark.parametrize(
    ("field", "value"),
    [("by", "ab"), ("what", 3), ("certain", 1), ("when", {"start": "2030-09-13", "end": "x"})],
)
def test_field_of_another_type_is_refused(field: str, value: object) -> None:
    """A text is no list, a number no text, and a time needs its zone."""
    start = datetime(2030, 9, 13, 2, tzinfo=UTC)
    when = When(start, start + timedelta(minutes=1))
    tree = json.loads(body_of(Observation(Origin("o1", "own", "M", start), when, "attack")))
    with pytest.raises(EntryRefused):
        record_of(canonical(tree | {field: value}))
