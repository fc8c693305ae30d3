"""The picture of the README is made here, from the bundled case, and never by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from tregua.agreement.read import read_deal_text
from tregua.bulletin.blocks import Figure
from tregua.bulletin.compose import compose
from tregua.centre import KnownAt, known_in, picture, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options
from tregua.reports.to_entry import body_of
from tregua.terms.time import start_of_day

DESK = new_desk(("PUBLIC",))
PICTURE = Path(__file__).parents[2] / "docs" / "img" / "september-2016.svg"


def test_the_readme_shows_the_strip_of_september(
    update: bool,  # noqa: FBT001
) -> None:
    """The committed picture is the one that the bundled case gives today."""
    made = _picture()
    if update:
        PICTURE.write_text(made, encoding="utf-8")
    assert made == PICTURE.read_text(encoding="utf-8")


def _picture() -> str:
    package = files("tregua")
    deal = package / "agreement" / "library" / "syria-2016-09.deal.md"
    agreement = read_deal_text(deal.read_text(encoding="utf-8"), file="deal").agreement
    store = MemoryStore()
    received = datetime(2026, 1, 1, tzinfo=UTC)
    for source in sorted(
        (package / "reports" / "library" / "syria-2016-09").iterdir(), key=lambda p: p.name
    ):
        if source.name.endswith(".csv"):
            reading = read_file(Path(str(source)), Options(zone=agreement.zone, received=received))
            take_in(
                store,
                [(r, body_of(r)) for r in reading.records],
                DESK,
                agreement=agreement,
            )
    at = start_of_day(date(2016, 9, 20) + timedelta(days=1), agreement.zone)
    shown = picture(agreement, known_in(store, KnownAt(), zone=agreement.zone), at=at)
    (strip,) = [
        b
        for s in compose(shown, only=("days",)).sections
        for b in s.blocks
        if isinstance(b, Figure)
    ]
    css = (package / "bulletin" / "templates" / "bulletin.css").read_text(encoding="utf-8")
    light = css.replace("prefers-color-scheme: dark", "prefers-color-scheme: never")
    ground = '<rect width="100%" height="100%" fill="#ffffff"/>'
    head, _, rest = strip.svg.partition(">")
    xml = head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"{xml}><style>{light}</style>{ground}{rest}\n"
