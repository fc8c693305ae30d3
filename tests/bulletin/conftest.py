"""The bundled September case composed once, a page read back as a tree, and a small deal of two."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

import tregua
from tregua.agreement.read import read_deal, read_deal_text
from tregua.bulletin.blocks import Bulletin
from tregua.bulletin.compose import compose
from tregua.bulletin.to_html import to_html
from tregua.centre import KnownAt, Picture, known_in, picture, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.model import Record
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options
from tregua.reports.to_entry import body_of

DESK = new_desk(("PUBLIC",))
ROOMS = Path(tregua.__file__).parent
CASE = "syria-2016-09"
END_OF_20 = datetime(2016, 9, 20, 21, 0, tzinfo=UTC)
# HTML Living Standard, 13.1.2: void elements; those of SVG are closed where they are opened.
VOID = {"meta", "br", "hr", "img", "link", "input", "col", "wbr", "area", "base", "source"}


@dataclass
class Node:
    """One element: its attributes, its words, its children."""

    tag: str
    attrs: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    own_text: list[str] = field(default_factory=list)

    def all(self, tag: str = "") -> list["Node"]:
        here = [self] if tag in ("", self.tag) else []
        return here + [n for child in self.children for n in child.all(tag)]

    @property
    def text(self) -> str:
        return "".join(self.own_text)

    @property
    def words(self) -> str:
        """The text with a space between any two elements, as between two cells."""
        return " ".join(self.own_text)


class Tree(HTMLParser):
    """Reads a page strictly: every tag that opens is closed, in its order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self._open = [self.root]
        self.feed(page)
        self.close()
        assert [self.root] == self._open, [n.tag for n in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), (tag, names)
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._open[-1].tag, (tag, self._open[-1].tag, self.getpos())
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for node in self._open:
            node.own_text.append(data)


def read_page(page: str) -> Node:
    return Tree(page).root


@pytest.fixture(scope="session")
def september() -> Picture:
    """The bundled case at the end of 20 September 2016, as known today."""
    agreement = read_deal(ROOMS / "agreement" / "library" / f"{CASE}.deal.md").agreement
    store = MemoryStore()
    for path in sorted((ROOMS / "reports" / "library" / CASE).glob("*.csv")):
        rows = read_file(path, Options(zone=agreement.zone))
        take_in(
            store,
            [(r, body_of(r)) for r in rows.records],
            DESK,
            agreement=agreement,
        )
    known = known_in(store, KnownAt(), zone=agreement.zone)
    return picture(agreement, known, at=END_OF_20)


@pytest.fixture(scope="session")
def bulletin(september: Picture) -> Bulletin:
    return compose(september)


@pytest.fixture(scope="session")
def page(bulletin: Bulletin, september: Picture) -> str:
    return to_html(bulletin, september)


@pytest.fixture(scope="session")
def tree(page: str) -> Node:
    return read_page(page)


DEAL = """---
deal: valley
title: "Two days in the valley"
format: tregua-deal/1
authoritative: text
prose: restated
time zone: UTC
---

```deal
party alpha "Side Alpha"
    is: armed-force

party beta "Side Beta"
    is: armed-force

zone valley "The valley"
    is: area

phase truce "Two days"
    starts: 2030-09-12T19:00 UTC
    lasts: 48 hours

prohibition attacks "No attacks with any weapon"
    on: alpha, beta
    must not: attack(weapon: any)
    against: alpha, beta
    during: truce
    where: valley
```
"""
Look = Callable[..., Picture]


def look(*records: Record, deal: str = DEAL) -> Picture:
    """Return the state of the small deal after its two days."""
    reading = read_deal_text(deal, file="valley.deal.md")
    assert () == reading.notes
    store = MemoryStore()
    take_in(
        store,
        [(r, body_of(r)) for r in records],
        DESK,
        agreement=reading.agreement,
    )
    known = known_in(store, KnownAt())
    return picture(reading.agreement, known, at=datetime(2030, 9, 15, tzinfo=UTC))
