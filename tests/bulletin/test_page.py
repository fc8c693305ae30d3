"""The page of the bundled September case: every number leads to its records, nothing leads out."""

import hashlib
import re
from collections import Counter

from tests.bulletin.conftest import Node
from tregua.bulletin.blocks import Bulletin, Ident, Num, Table, lines_of, numbers_in
from tregua.bulletin.compose import compose
from tregua.bulletin.to_html import MOST_LISTED, to_html
from tregua.centre import Picture


def ids(tree: Node) -> list[str]:
    return [node.attrs["id"] for node in tree.all() if "id" in node.attrs]


def row_of(tree: Node, anchor: str) -> Node:
    return next(n for n in tree.all("tr") if n.attrs.get("id") == anchor)


def test_page_is_well_formed(tree: Node) -> None:
    """Every tag that opens is closed in its order; there is one title and one first heading."""
    assert [1, 1, 1] == [len(tree.all(tag)) for tag in ("html", "body", "h1")]


def test_no_anchor_stands_twice(tree: Node) -> None:
    """A link has one place to lead to."""
    assert [] == [anchor for anchor, n in Counter(ids(tree)).items() if n > 1]


def test_every_link_leads_to_a_place_on_the_page(tree: Node) -> None:
    """Contents, numbers, incidents, records, marks on the map: none leads nowhere."""
    targets = [link.attrs["href"] for link in tree.all("a")]
    assert 500 < len(targets)
    assert set() == set(targets) - {f"#{anchor}" for anchor in ids(tree)}


def test_every_number_is_a_link_to_its_row(tree: Node, bulletin: Bulletin) -> None:
    """The n-th number of the page shows the n-th value and leads to the n-th row of annex N."""
    links = [a for a in tree.all("a") if a.attrs.get("class") == "num"]
    numbers = numbers_in(bulletin)
    assert len(numbers) == len(links)
    for place, (number, link) in enumerate(zip(numbers, links, strict=True), 1):
        assert (number.value, f"#n{place}") == (link.text, link.attrs["href"])
        assert number.rule == link.attrs["title"]


def test_every_row_of_annex_n_lists_the_records_of_its_number(
    tree: Node, bulletin: Bulletin
) -> None:
    """Count, digest and links are those of the number; a zero says what was searched."""
    rows = {
        n.attrs["id"]: n for n in tree.all("tr") if re.fullmatch(r"n\d+", n.attrs.get("id", ""))
    }
    for place, number in enumerate(numbers_in(bulletin), 1):
        cells = [cell.text for cell in rows[f"n{place}"].all("td")]
        listed = [a.text for a in rows[f"n{place}"].all("a")]
        assert [str(place), number.value, number.rule] == cells[:3]
        assert list(number.records[:MOST_LISTED]) == listed
        digest = hashlib.sha256("\n".join(number.records).encode()).hexdigest()[:16]
        count = len(number.records)
        assert (f"{count} {digest}" if count else "0") == cells[3]
        if not number.records:
            assert "none" in cells[4]


def test_records_of_a_number_are_sorted_and_stand_once(bulletin: Bulletin) -> None:
    """Two readers who compare digests compare the same list."""
    wrong = [n.rule for n in numbers_in(bulletin) if sorted(set(n.records)) != list(n.records)]
    assert [] == wrong


def test_number_without_records_is_a_count_of_nothing(bulletin: Bulletin) -> None:
    """Only a zero rests on nothing, and it says what was looked through."""
    bare = [n for n in numbers_in(bulletin) if not n.records]
    assert [] == [(n.value, n.rule) for n in bare if not n.searched]
    assert set() == {n.value for n in bare} - {"0"}


def test_every_record_that_is_named_stands_in_annex_r(
    tree: Node, bulletin: Bulletin, september: Picture
) -> None:
    """Every record behind a number or named by its id has a row, with its place in the ledger."""
    known = {r.origin.id: r for r in september.known.records}
    named = {r for n in numbers_in(bulletin) for r in n.records}
    for section in bulletin.sections:
        for block in section.blocks:
            named |= {
                run.target
                for line in lines_of(block)
                for run in line
                if isinstance(run, Ident) and run.target in known
            }
    assert set() == named - known.keys()
    positions = dict(september.known.positions)
    for record in sorted(named):
        cells = [c.text for c in row_of(tree, f"e{positions[record]}").all("td")]
        assert [record, str(positions[record])] == cells[:2]
        assert known[record].origin.reporter == cells[3]
        assert known[record].origin.citation == cells[8]


def test_page_asks_nothing_of_any_network(tree: Node, page: str) -> None:
    """No script, no image, no frame, no style from elsewhere; a policy forbids them all."""
    forbidden = {"script", "img", "iframe", "object", "embed", "link", "base", "form", "audio"}
    assert set() == {n.tag for n in tree.all()} & forbidden
    attributes = {name for n in tree.all() for name in n.attrs}
    assert set() == {
        a for a in attributes if a in ("src", "srcset", "action", "style", "xlink:href")
    }
    assert [] == [a for a in attributes if a.startswith("on")]
    assert [] == [a.attrs["href"] for a in tree.all("a") if not a.attrs["href"].startswith("#")]
    assert "url(" not in page
    assert "@import" not in page
    policy = next(n for n in tree.all("meta") if "http-equiv" in n.attrs)
    assert "Content-Security-Policy" == policy.attrs["http-equiv"]
    assert "default-src 'none'" in policy.attrs["content"]


def test_style_sheet_names_only_what_the_page_has(tree: Node) -> None:
    """Every selector of a tag names a tag of HTML or SVG; a slip of the pen is seen."""
    (style,) = tree.all("style")
    selectors = re.findall(r"([^{}]+)\{", re.sub(r"@media[^{]+\{", "", style.text))
    tags = {t for s in selectors for t in re.findall(r"(?:^|[\s,>])([a-z][a-z0-9]*)", s)}
    known = {n.tag for n in tree.all()} | {"figcaption", "page"}
    assert set() == tags - known


def test_same_picture_same_bytes(page: str, september: Picture) -> None:
    """Composed again it is the same page."""
    assert page == to_html(compose(september), september)


def test_incidents_of_each_pair_of_camps_add_up(bulletin: Bulletin) -> None:
    """The cells of a pair sum to its total: every incident stands in exactly one."""
    tables = [
        block
        for section in bulletin.sections
        for block in section.blocks
        if isinstance(block, Table) and block.total and block.head[0] == "cell"
    ]
    assert tables
    for table in tables:
        numbers = [_number(row[-1]) for row in table.rows]
        assert sum(numbers[:-1]) == numbers[-1]


def test_claims_of_each_pair_of_camps_add_up(bulletin: Bulletin, september: Picture) -> None:
    """The totals of the bounds are the sums of the rows above them."""
    from tregua.centre import tallies_of

    del bulletin
    for tallies in tallies_of(september):
        if tallies.bounds is None:
            continue
        for side in ("a", "b"):
            parts = [getattr(row, side) for row in tallies.bounds.rows]
            stated = [p for p in parts if p is not None]
            total = getattr(tallies.bounds, f"total_{side}")
            assert sum(p.least for p in stated) == total.least


def _number(line: tuple[object, ...]) -> int:
    (number,) = (run for run in line if isinstance(run, Num))
    return int(number.value)


def test_head_says_when_as_known_when_and_of_what(tree: Node, september: Picture) -> None:
    """Both times with zone, both digests, size and root."""
    head = tree.all("dl")[0].text
    for word in (
        "2016-09-21 00:00 +03:00",
        september.known.as_of,
        "Asia/Damascus",
        september.agreement.text.digest[:16],
        september.agreement.model_digest[:16],
        september.known.root[:16],
    ):
        assert word in head


def test_every_section_has_a_heading_in_the_contents(tree: Node, bulletin: Bulletin) -> None:
    """What stands on the page can be reached from its head."""
    contents = {a.attrs["href"] for a in tree.all("nav")[0].all("a")}
    headings = {f"#{h.attrs['id']}" for h in tree.all("h2")}
    assert headings == contents
    assert len(bulletin.sections) <= len(headings)


def test_figures_are_told_in_words(tree: Node) -> None:
    """Map and strips have a label for those who do not see them, and a caption."""
    figures = tree.all("figure")
    assert 2 <= len(figures)
    for figure in figures:
        (drawing,) = figure.all("svg")
        assert "img" == drawing.attrs["role"]
        assert drawing.attrs["aria-label"]
        assert figure.all("figcaption")[0].text
