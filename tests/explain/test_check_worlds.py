"""The checker writes the worlds out, or draws them from the root, and comes to the same p."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.assessment.test_probability import DEAL, END, chain, deal, heard, minute, named
from tests.explain.ledgers import Told, sealed, trees
from tregua.agreement.read import read_deal_text
from tregua.assessment.check_tree import check
from tregua.assessment.check_tree.entries import Entries
from tregua.centre import KnownAt, known_in, picture, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.model import Origin, Says, Statement
from tregua.reports.to_entry import body_of
from tregua.sharing.reading import lines_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.assessment.test_probability import Told as Shot
    from tregua.agreement.model import Agreement
    from tregua.reports.model import Record

    Tree = dict[str, Any]


def told(shots: Iterable[Shot], *more: Record, of: Agreement | None = None) -> Told:
    """Take in what offices say of shots; monitors heard each of them."""
    records: list[Record] = [named("monitors"), *more]
    for number, shot in enumerate(shots):
        records += [heard(number, office, by) for office, by in shot]
        records.append(heard(number, "monitors", ()))
    agreement, store = of or deal(), MemoryStore()
    take_in(store, [(r, body_of(r)) for r in records], new_desk(("PUBLIC",)), agreement=agreement)
    shown = picture(agreement, known_in(store, KnownAt()), at=END)
    return Told(shown, trees(shown), Entries(lines_for(store.entries(), store.bodies.all())))


def whole(found: Told, bearer: str = "a") -> Tree:
    return next(t for t in found.trees if (t["bearer"], t["instance"]) == (bearer, "whole"))


def worlds(tree: Tree) -> Tree:
    """Return the node of a tree that says what p was computed from."""
    return next(n for n in tree["because"] if n["facts"][0] == ["test", "worlds"])


@pytest.fixture(scope="module", name="exact")
def exact_() -> Told:
    return told(chain(7))


@pytest.fixture(scope="module", name="drawn")
def drawn_() -> Told:
    shot = tuple((f"office {k}", ("a",) if k < 6 else ("b",)) for k in range(20))
    return told([shot, shot[:3] + shot[5:]])


def test_the_checker_finds_the_same_p(exact: Told, drawn: Told) -> None:
    """Every tree holds, whether its worlds were written out or drawn."""
    assert (0, 256) == (whole(exact)["drawn"], whole(drawn)["drawn"])
    for found in (exact, drawn):
        assert [] == [why for tree in found.trees if (why := check(tree, found.entries))]


def test_another_p_is_refused(exact: Told, drawn: Told) -> None:
    """Either end of p, moved a little within its bounds, and a wrong number of drawn worlds."""
    for found in (exact, drawn):
        tree = whole(found)
        least, most = tree["p"]
        for p in ([least - 1e-6, most], [least, most + 1e-6]):
            assert check(sealed({**tree, "p": p}), found.entries).startswith("the answer: p: ")
        changed = sealed({**tree, "drawn": 256 - tree["drawn"]})
        assert check(changed, found.entries).startswith("the answer: ")


def test_another_office_or_share_is_refused(exact: Told, drawn: Told) -> None:
    """What one office is believed with, its name where it is drawn, and whom it names all count."""
    for found in (exact, drawn):
        cases = [n for n, (name, _) in enumerate(worlds(whole(found))["facts"]) if name == "case"]
        for kind in ("share", "office", "names"):
            tree = copy.deepcopy(whole(found))
            facts = worlds(tree)["facts"]
            incident, hypotheses, told_ = json.loads(facts[cases[0]][1])
            names, offices = told_[0]
            if kind == "share":
                offices[0][1] *= 0.9
            elif kind == "office":
                offices[0][0] = "office 3"
            else:
                told_[0][0] = ["unknown"] if names == ["a"] else ["a"]
            facts[cases[0]][1] = json.dumps([incident, hypotheses, told_])
            assert check(sealed(tree), found.entries), kind


def test_a_missing_or_added_incident_is_refused(exact: Told) -> None:
    """Every incident that may be a violation stands in the node once."""
    for change in ("missing", "twice"):
        tree = copy.deepcopy(whole(exact))
        facts = worlds(tree)["facts"]
        facts[:] = facts[:-1] if change == "missing" else [*facts, facts[-1]]
        assert check(sealed(tree), exact.entries)


def test_the_node_says_how_many_worlds_and_offices(exact: Told, drawn: Told) -> None:
    """People read in how many worlds, drawn or all, and by how many offices."""
    assert worlds(whole(exact))["says"].endswith("of all worlds, by 7 offices that may be believed")
    assert "of 256 drawn worlds, by 20 offices" in worlds(whole(drawn))["says"]


JOINED = """
party c "Side C"
    is: armed-group

power join "Side C may join"
    holder: c
    mode: either
    does: accede
    over: c

"""


@pytest.fixture(scope="module", name="amended")
def amended_() -> Told:
    """Two shots laid to a by one office, one before and one after side C joined the deal."""
    text = DEAL.replace("phase truce", f"{JOINED.lstrip()}phase truce")
    text = text.replace("on: a, b\n    must not", "on: a, b, c\n    must not")
    joins = Statement(Origin("j", "own", "c", END), minute(45), Says.ACCEPTS, ("c",), about="c")
    reading = read_deal_text(text, file="joined.deal.md")
    assert not [n for n in reading.notes if n.severity == "error"]
    return told([(("press", ("a",)),)] * 2, joins, of=reading.agreement)


def test_one_office_stays_one_where_the_people_of_the_deal_change(amended: Told) -> None:
    """Shots before and after are judged by other evidence, and still stand or fall together."""
    tree = whole(amended)
    assert [0.5, 0.0] == [tree["p"][0], tree["drawn"]]
    names = [name for name, _ in worlds(tree)["facts"]]
    assert (1, 1) == (names.count("case"), names.count("earlier case"))
    assert [] == [why for t in amended.trees if (why := check(t, amended.entries))]


def test_by_whom_an_earlier_incident_counts_is_no_more_than_its_own_tree_says(
    amended: Told,
) -> None:
    """Somebody left out of those by whom it may count is seen by the bound of the incident."""
    tree = copy.deepcopy(whole(amended))
    fact = next(f for f in worlds(tree)["facts"] if f[0] == "earlier case")
    incident, hypotheses, told_, (sure, _) = json.loads(fact[1])
    fact[1] = json.dumps([incident, hypotheses, told_, [sure, []]])
    assert "it may count by others as well" in check(sealed(tree), amended.entries)
