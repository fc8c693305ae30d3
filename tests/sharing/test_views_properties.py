"""For any markings: nothing that a view shows or computes rests on what is hidden from it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.conftest import DEAL, SHAPE
from tregua.agreement.read import read_deal
from tregua.bulletin.compose import compose
from tregua.bulletin.to_html import to_html
from tregua.bulletin.to_json import picture_json
from tregua.bulletin.to_text import to_text
from tregua.centre import KnownAt, known_in, picture
from tregua.ledger.intake import append
from tregua.ledger.signing.device_key import new_key
from tregua.ledger.signing.sign import Draft, Place, sign
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.model import Observation, Origin
from tregua.reports.to_entry import body_of
from tregua.reports.to_fields import fields_of
from tregua.sharing.visit import Visit
from tregua.terms.place import Place as Where
from tregua.terms.time import Precision, When

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement

LABELS = ("A", "B", "MON", "PUBLIC")
START = datetime(2030, 9, 13, 2, tzinfo=UTC)
AT = START + timedelta(days=1)
KEY = new_key("a/post")
FIELDS = ("source", "note", "where.point", "where.cell5", "where.cell50", "by", "what", "unit")
Marks = tuple[tuple[str, ...], dict[str, tuple[str, ...]]]


@pytest.fixture(scope="module")
def deal(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    folder = tmp_path_factory.mktemp("deal")
    (folder / "valley.geojson").write_text(SHAPE, "utf-8")
    (folder / "valley.deal.md").write_text(DEAL, "utf-8")
    agreement: Agreement = read_deal(folder / "valley.deal.md").agreement
    return agreement


@st.composite
def marks(draw: st.DrawFn) -> Marks:
    """Audiences of a record, and of some of its fields, within those."""
    some = st.lists(st.sampled_from(LABELS), min_size=1, unique=True)
    rel = tuple(sorted(draw(some)))
    inside = st.lists(st.sampled_from(rel), min_size=1, unique=True).map(sorted).map(tuple)
    return rel, draw(st.dictionaries(st.sampled_from(FIELDS), inside))


def record(number: int, word: str, *, lat: float = 35.0) -> Observation:
    """A shot of which every text holds the word."""
    start = START + timedelta(hours=number)
    return Observation(
        Origin(f"{word}id{number}", "own", f"{word}reporter", start, "", f"{word}note"),
        When(start, start + timedelta(minutes=1), Precision.MINUTE, "UTC"),
        "mortar-fire",
        Where(f"{word}place", 39.9, lat, 100.0),
        by=("b", f"{word}by"),
        unit=f"{word}unit",
    )


def ledger(marked: list[Marks], words: list[str], *, lat: float = 35.0) -> MemoryStore:
    store, place = MemoryStore(), Place()
    for number, ((rel, narrower), word) in enumerate(zip(marked, words, strict=True)):
        fields = fields_of(body_of(record(number, word, lat=lat)), rel, narrower=narrower)
        iat = int(AT.timestamp())
        made = sign(Draft("report", "00" * 32, rel, iat, fields), KEY, place)
        place = Place(place.seq + 1, made.next)
        store.bodies.put([made])
        append(store, [made.entry])
    return store


def hidden_from(audience: str, marking: Marks) -> set[str]:
    """Return the fields that the rule of markings hides, told again in one line."""
    rel, narrower = marking
    marked = {name: narrower.get(name, rel) for name in FIELDS}
    return {name for name, own in marked.items() if not {audience, "PUBLIC"} & set(own)}


TEXTS = {"source": "reporter", "note": "note", "where.point": "place", "by": "by", "unit": "unit"}


@settings(max_examples=15)
@given(st.lists(marks(), min_size=1, max_size=4), st.sampled_from(LABELS))
def test_no_derived_thing_shows_a_hidden_word(
    deal: Agreement, marked: list[Marks], audience: str
) -> None:
    words = [f"Zq{chr(97 + n)}x" for n in range(len(marked))]
    shown = picture(deal, known_in(ledger(marked, words), KnownAt(), visit=Visit(audience)), at=AT)
    page = compose(shown)
    everything = "\n".join(
        [json.dumps(picture_json(shown), ensure_ascii=False), to_text(page), to_html(page, shown)]
    )
    leaks = [
        (word, field)
        for word, marking in zip(words, marked, strict=True)
        for field in hidden_from(audience, marking) & TEXTS.keys()
        if f"{word}{TEXTS[field]}" in everything
    ]
    assert [] == leaks


@settings(max_examples=15)
@given(st.lists(marks(), min_size=1, max_size=4), st.sampled_from(LABELS))
def test_what_is_hidden_changes_nothing_that_is_shown(
    deal: Agreement, marked: list[Marks], audience: str
) -> None:
    """Two records that differ only in what is hidden give one picture, but for ids of entries."""
    hidden = [hidden_from(audience, marking) for marking in marked]
    # Where a text is visible both say the same; where every text is hidden they differ.
    words = ["same" if TEXTS.keys() - fields else "one" for fields in hidden]
    others = ["same" if TEXTS.keys() - fields else "two" for fields in hidden]
    placed = all({"where.point", "where.cell5", "where.cell50"} <= fields for fields in hidden)
    one = seen(deal, ledger(marked, words), audience)
    two = seen(deal, ledger(marked, others, lat=35.06 if placed else 35.0), audience)
    assert one == two


def seen(deal: Agreement, store: MemoryStore, audience: str) -> list[object]:
    """Return the answers and incidents without what names an entry or a root."""
    known = known_in(store, KnownAt(), visit=Visit(audience))
    shown = picture(deal, known, at=AT)
    answers = [
        (a.norm, a.bearer, str(a.answer), a.reasons, a.low, a.high) for a in shown.assessments
    ]
    incidents = [
        (i.incident.kinds, i.incident.when, i.incident.place, i.incident.killed)
        for i in shown.attributed
    ]
    return [answers, incidents, len(known.records), len(known.left_out)]
