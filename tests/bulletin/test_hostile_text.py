"""What a report says is shown as text on every form of the bulletin, whatever it holds."""

from datetime import UTC, datetime

import pytest

from tests.bulletin.conftest import look, read_page
from tregua.bulletin.compose import compose
from tregua.bulletin.to_html import to_html
from tregua.bulletin.to_text import to_text
from tregua.reports.model import CountClaim, Observation, Origin, Says, Statement, Watch
from tregua.terms.estimate import exactly
from tregua.terms.place import Place
from tregua.terms.time import Precision, When

EVIL = "<script>alert(1)</script>"
KNOWN = datetime(2030, 9, 14, tzinfo=UTC)
HOSTILE = [
    EVIL,
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% raw %}",
    "</style></title></textarea>&lt;&amp;",
    "a & b < c > d \" e ' f",
    "قصف مدفعي على الطريق",
    "Обстрел жилого квартала",
    "%s {0} {evil} $x `x`",
    "]]>--><!--",
]


def records(text: str) -> tuple[Observation | CountClaim | Watch | Statement, ...]:
    """Return one record of each kind that is shown, with the text in every field that is free."""

    def origin(key: str) -> Origin:
        return Origin(key, text, text, KNOWN, citation=text, summary=text)

    when = When(datetime(2030, 9, 13, 5, tzinfo=UTC), datetime(2030, 9, 13, 6, tzinfo=UTC))
    days = When(
        datetime(2030, 9, 12, tzinfo=UTC), datetime(2030, 9, 14, tzinfo=UTC), Precision.PERIOD
    )
    place = Place(text, 38.0, 35.0, 20_000.0, text)
    return (
        Observation(origin("o"), when, text, place, (text,), (), (text,), unit=text, matter=text),
        CountClaim(origin("c"), days, exactly(9), text, (text,), place, ((text, 9),), about=text),
        Watch(origin("w"), days, place, text),
        Statement(origin("s"), when, Says.CLAIMS_STATE, (text,), text, claim=text),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_report_is_shown_as_text(text: str) -> None:
    """The page stays well formed, has no element that came from a report, and shows the words."""
    harmless, hostile = look(*records("plain")), look(*records(text))
    plain = read_page(to_html(compose(harmless), harmless))
    shown = read_page(to_html(compose(hostile), hostile))
    assert {n.tag for n in shown.all()} <= {n.tag for n in plain.all()}
    assert {a for n in shown.all() for a in n.attrs} <= {a for n in plain.all() for a in n.attrs}
    cells = [" ".join(cell.text.split()) for cell in shown.all("td")]
    assert any(" ".join(text.split()) in cell for cell in cells)


def test_title_of_a_deal_is_shown_as_text() -> None:
    """A deal's title, too, is text."""
    from tests.bulletin.conftest import DEAL

    picture = look(deal=DEAL.replace("Two days in the valley", f"Two {EVIL} days"))
    page = to_html(compose(picture), picture)
    assert EVIL not in page
    assert f"Two {EVIL} days" == read_page(page).all("h1")[0].text


def test_signs_that_turn_the_order_of_letters_are_shown_as_numbers() -> None:
    """U+202E in a report neither turns the line on the page nor that on the terminal."""
    picture = look(*records("\u202efine\u2066\u0007\x1b[2J"))
    bulletin = compose(picture)
    for written in (to_html(bulletin, picture), to_text(bulletin)):
        assert [] == [sign for sign in "\u202e\u2066\x07\x1b" if sign in written]
        assert "[U+202E]fine[U+2066]" in written


def test_ordinary_arabic_marks_stay() -> None:
    """The marks of direction in ordinary Arabic text are not touched."""
    text = "حلب\u200f، 5 قذائف"
    picture = look(*records(text))
    assert text in to_html(compose(picture), picture)


def test_cells_of_reports_take_the_direction_of_their_text() -> None:
    """Arabic words in annex R run from right to left, each cell by itself."""
    picture = look(*records("قصف مدفعي"))
    page = read_page(to_html(compose(picture), picture))
    rows = [n for n in page.all("tr") if n.attrs.get("id", "").startswith("e")]
    assert rows
    for row in rows:
        auto = [c for c in row.all("td") if c.attrs.get("dir") == "auto"]
        assert 3 == len(auto)
