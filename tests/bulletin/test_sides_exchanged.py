"""Exchanging the two sides exchanges their names on the page, and nothing else."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from tests.bulletin.conftest import DEAL, look, read_page
from tregua.bulletin.compose import compose
from tregua.bulletin.to_html import to_html
from tregua.bulletin.to_text import to_text
from tregua.centre import Picture
from tregua.reports.model import CountClaim, Naming, Observation, Origin, Says, Statement, Watch
from tregua.terms.estimate import exactly
from tregua.terms.place import Place
from tregua.terms.time import Precision, When

KNOWN = datetime(2030, 9, 14, tzinfo=UTC)
OTHER = {"alpha": "beta", "beta": "alpha", "Alpha": "Beta", "Beta": "Alpha"}
# Ids and digests follow from the names, and so does what is cut from them.
FINGERPRINT = re.compile(r"\b[AI]-[0-9a-f]{8,}|\b[0-9a-f]{16,}\b|\b(?=[0-9a-f]*\d)[0-9a-f]{16}")


def exchanged(text: str) -> str:
    return re.sub("|".join(OTHER), lambda m: OTHER[m[0]], text)


def words_of(text: str) -> Counter[str]:
    """Return the words without commas: lists of sides are sorted, so their commas move."""
    return Counter(re.findall(r"[\w#%][\w#%-]*", text))


def when(hour: int) -> When:
    start = datetime(2030, 9, 13, hour, tzinfo=UTC)
    return When(start, start.replace(hour=hour + 1), Precision.HOUR)


def seen(*, swap: bool) -> Picture:
    """Return the picture of a day on which each side is accused once and denies, or exchanged."""

    def s(text: str) -> str:
        return exchanged(text) if swap else text

    def origin(key: str, reporter: str) -> Origin:
        return Origin(key, "own", s(reporter), KNOWN, s(f"page of {reporter}"), s(f"by {reporter}"))

    valley = Place("valley", 39.9, 35.0, 2_000.0)
    days = When(
        datetime(2030, 9, 12, 19, tzinfo=UTC),
        datetime(2030, 9, 14, 19, tzinfo=UTC),
        Precision.PERIOD,
    )
    first = Observation(
        origin("1", "monitor"), when(5), "mortar-fire", valley, (s("beta"),), (), (s("alpha"),)
    )
    second = Observation(
        origin("2", "press of alpha"), when(9), "shelling", valley, (s("beta"),), (), (s("alpha"),)
    )
    return look(
        replace(first, certain=True),
        second,
        Statement(origin("3", "press of beta"), when(11), Says.DENIES, (s("beta"),), "own:2"),
        CountClaim(origin("4", "press of alpha"), days, exactly(7), "violations", (s("beta"),)),
        CountClaim(origin("5", "press of beta"), days, exactly(4), "violations", (s("alpha"),)),
        Naming(origin("6", ""), s("press of alpha"), (), (s("alpha"),), s("press of alpha")),
        Naming(origin("7", ""), s("press of beta"), (), (s("beta"),), s("press of beta")),
        Watch(origin("8", "monitor"), days, valley, "patrol"),
        deal=s(DEAL),
    )


def test_words_of_page_and_text_are_the_same_with_the_names_exchanged() -> None:
    """The same words as often as before, on the page and on the terminal."""
    one, other = seen(swap=False), seen(swap=True)
    pages = [read_page(to_html(compose(p), p)).words for p in (one, other)]
    texts = [to_text(compose(p), width=200) for p in (one, other)]
    for written in (pages, texts):
        before, after = (FINGERPRINT.sub("#", text) for text in written)
        assert words_of(exchanged(before)) == words_of(after)


def test_shapes_and_colours_of_the_page_do_not_depend_on_the_side() -> None:
    """Classes and tags are the same, as often."""
    one, other = seen(swap=False), seen(swap=True)
    looks = [
        Counter((n.tag, n.attrs.get("class", "")) for n in read_page(to_html(compose(p), p)).all())
        for p in (one, other)
    ]
    assert looks[0] == looks[1]
