"""Every tree holds for the independent checker, and no changed one does (P6)."""

from __future__ import annotations

import ast
import copy
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tregua
from tests.explain.ledgers import AT, RECORDS, Told, sealed, told, trees
from tregua.agreement.read import read_deal
from tregua.assessment.check_tree import check
from tregua.assessment.check_tree.entries import Entries
from tregua.assessment.check_tree.rules import RULES
from tregua.centre import KnownAt, known_in, picture, take_in
from tregua.cli.checker_file import PACKAGE, checker
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options
from tregua.reports.to_entry import body_of
from tregua.sharing.reading import lines_for
from tregua.terms.time import read_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.reports.model import Record

    Tree = dict[str, Any]
    Way = tuple[int, ...]

DESK = new_desk(("PUBLIC",))
ROOMS = Path(tregua.__file__).parent
CASE = "syria-2016-09"
# Facts that rest on a weighing, a decision or a search of which a tree holds the result only. The
# tree's digest covers them; docs/how-to/check-an-answer-alone.md says what is taken as stated.
TAKEN_AS_STATED = {
    ("step", "ends"),
    ("hypothesis", "said by"),
    ("hypothesis", "denied by"),
    ("exception", "claimed"),
    ("judged", "yes"),
    ("judged", "no"),
    ("prior", "nearest"),
    ("prior", "nearest at"),
    ("prior", "doubt"),
    ("notified", "sure notice at"),
    ("notified", "possible notice at"),
    ("phase-then", "in some reading"),
    ("phase-then", "in every reading"),
    ("before-the-act", "moment"),
    ("passed", "certain"),
    ("passed", "possible"),
}


@pytest.fixture(scope="module", name="september")
def september_() -> Told:
    """Return the bundled case as it stood on 20 September 2016."""
    paths = sorted((ROOMS / "reports" / "library" / CASE).glob("*.csv"))
    records = [r for path in paths for r in read_file(path, Options()).records]
    agreement = read_deal(ROOMS / "agreement" / "library" / f"{CASE}.deal.md").agreement
    store = MemoryStore()
    take_in(store, [(r, body_of(r)) for r in records], DESK, agreement=agreement)
    at = read_time("2016-09-20T12:00", "Asia/Damascus").start
    shown = picture(agreement, known_in(store, KnownAt()), at=at)
    return Told(shown, trees(shown), Entries(lines_for(store.entries(), store.bodies.all())))


def ways(tree: Tree, way: Way = ()) -> Iterator[Way]:
    """Return the way to every node of a tree, from the top down."""
    for n, node in enumerate(tree["because"]):
        yield (*way, n)
        yield from ways(node, (*way, n))


def at_way(tree: Tree, way: Way) -> Tree:
    """Return the node, or for no way the tree itself."""
    for n in way:
        tree = tree["because"][n]
    return tree


def rule_of(node: Tree) -> str:
    """Return the name of a node's rule."""
    return str(node["facts"][0][1])


def without(tree: Tree, way: Way, *, counted: bool) -> Tree:
    """Return the tree without one node, its digest made to fit; and the count of parts too."""
    changed = copy.deepcopy(tree)
    above = at_way(changed, way[:-1])
    del above["because"][way[-1]]
    above["parts"] -= int(counted)
    return sealed(changed)


@given(RECORDS)
def test_every_tree_of_a_drawn_ledger_holds(records: tuple[Record, ...]) -> None:
    """Whatever the reports say, the checker comes to the same answer from the raw entries."""
    drawn = told(records)
    assert [] == [why for tree in drawn.trees if (why := check(tree, drawn.entries))]


@given(RECORDS, st.integers(1, 12), st.integers(0, 60))
def test_a_tree_of_an_earlier_state_holds(
    records: tuple[Record, ...], size: int, hours: int
) -> None:
    """A prefix of the ledger, or what was known by an instant, is checked as of then."""
    for until in (KnownAt(size=size), KnownAt(instant=AT - timedelta(hours=hours))):
        drawn = told(records, until)
        assert [] == [why for tree in drawn.trees if (why := check(tree, drawn.entries))]


def test_every_tree_of_the_bundled_case_holds(september: Told) -> None:
    """All answers of September 2016 are confirmed from the raw entries."""
    assert september.trees
    assert [] == [why for t in september.trees if (why := check(t, september.entries))]


@settings(max_examples=30)
@given(RECORDS, st.randoms(use_true_random=False))
def test_a_tree_without_a_node_is_refused(records: tuple[Record, ...], random: Any) -> None:
    """P6: whichever node is deleted, at any depth, the checker refuses the tree."""
    drawn = told(records)
    tree = random.choice(drawn.trees)
    for way in ways(tree):
        assert check(without(tree, way, counted=False), drawn.entries)


def test_a_tree_of_the_bundled_case_without_a_node_is_refused(september: Told) -> None:
    """P6 on the bundled case: every node of the first ten trees of every norm."""
    held: dict[str, int] = {}
    for tree in september.trees:
        held[tree["norm"]] = held.get(tree["norm"], 0) + 1
        if held[tree["norm"]] <= 10:
            for way in ways(tree):
                assert check(without(tree, way, counted=False), september.entries)


@settings(max_examples=30)
@given(RECORDS, st.randoms(use_true_random=False))
def test_a_forger_who_counts_again_is_refused_too(
    records: tuple[Record, ...],
    random: Any,
) -> None:
    """Deleting a test that the norm asks for is seen although digest and count were corrected.

    What was done towards a duty beyond what decides it is protected by its number alone, and so are
    the planned end of a phase that was extended, and what a duty waits for before it is due.
    """
    drawn = told(records)
    tree = random.choice(drawn.trees)
    for way in ways(tree):
        if rule_of(at_way(tree, way)) not in ("step", "done", "more", "refused", "waits"):
            assert check(without(tree, way, counted=True), drawn.entries)


CHANGES: tuple[tuple[str, Any], ...] = (
    ("assessment", lambda v: "kept" if v != "kept" else "violated"),
    ("reasons", lambda v: [*v, "who"] if "who" not in v else [r for r in v if r != "who"]),
    ("must", lambda v: not v),
    ("may", lambda v: not v),
    ("p", lambda v: [v[0], v[1] / 2 + 0.2]),
    ("bounds", lambda v: [v[0] / 2 + 0.2, v[1]]),
    ("drawn", lambda v: 256 - v),
    ("records", lambda v: v[1:] if v else ["own:x"]),
    ("instance", lambda v: f"{v}x"),
    ("at", lambda _: "2029-01-01T00:00:00Z"),
)


@pytest.mark.parametrize(("field", "change"), CHANGES, ids=[f for f, _ in CHANGES])
@settings(max_examples=15)
@given(records=RECORDS, random=st.randoms(use_true_random=False))
def test_another_answer_is_refused(
    field: str,
    change: Any,
    records: tuple[Record, ...],
    random: Any,
) -> None:
    """Answer, reasons, bounds, records and instance follow from the nodes, or are refused."""
    drawn = told(records)
    tree = random.choice(drawn.trees)
    assume(field != "at" or (tree["instance"] == "whole" and tree["bearer"]))
    changed = sealed({**tree, field: change(tree[field])})
    assume(changed[field] != tree[field])
    assert check(changed, drawn.entries)


@settings(max_examples=30)
@given(RECORDS, st.randoms(use_true_random=False))
def test_another_record_is_refused(records: tuple[Record, ...], random: Any) -> None:
    """A record id that is not among the entries, or is left out, is seen at its node."""
    drawn = told(records)
    tree = random.choice(drawn.trees)
    for way in ways(tree):
        named = at_way(tree, way)["records"]
        for wrong in ([*named[1:], "own:zzz"], ["own:zzz"]):
            changed = copy.deepcopy(tree)
            at_way(changed, way)["records"] = sorted(wrong)
            assert check(sealed(changed), drawn.entries)


def other(text: str) -> str:
    """Return a text with its first digit one higher, or one letter more."""
    if re.search(r"\d", text):
        return re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), text, count=1)
    return f"{text}x"


@settings(max_examples=30)
@given(RECORDS, st.randoms(use_true_random=False))
def test_another_number_or_interval_is_refused(
    records: tuple[Record, ...],
    random: Any,
) -> None:
    """Each fact of a node is computed again; those that cannot be are named one by one above."""
    drawn = told(records)
    tree = random.choice(drawn.trees)
    for way in ways(tree):
        node = at_way(tree, way)
        for n, (name, text) in enumerate(node["facts"]):
            if (rule_of(node), name) in TAKEN_AS_STATED:
                continue
            changed = copy.deepcopy(tree)
            at_way(changed, way)["facts"][n][1] = other(text)
            assert check(sealed(changed), drawn.entries), (rule_of(node), name)


@settings(max_examples=30)
@given(RECORDS, st.randoms(use_true_random=False))
def test_another_value_is_refused(records: tuple[Record, ...], random: Any) -> None:
    """Yes, no and "cannot be said" of a node follow from its facts; a step of a phase is stated."""
    drawn = told(records)
    tree = random.choice(drawn.trees)
    for way in ways(tree):
        held = at_way(tree, way)
        for value in {True, False, None} - {held["holds"]}:
            changed = copy.deepcopy(tree)
            at_way(changed, way)["holds"] = value
            if rule_of(held) != "step":
                assert check(sealed(changed), drawn.entries), rule_of(held)


@given(RECORDS, st.randoms(use_true_random=False))
def test_a_changed_sentence_is_refused(records: tuple[Record, ...], random: Any) -> None:
    """Sentences are for people and are kept by the digest of the tree."""
    drawn = told(records)
    tree = copy.deepcopy(random.choice(drawn.trees))
    way = random.choice(list(ways(tree)))
    at_way(tree, way)["says"] += " twice"
    assert "the tree: it was changed: its digest differs" == check(tree, drawn.entries)


def test_other_entries_are_refused(september: Told) -> None:
    """A changed, missing or exchanged entry gives another root."""
    lines = list(september.entries.lines)
    changed = Entries([lines[0].replace(b"e", b"f", 1), *lines[1:]])
    exchanged = Entries([lines[1], lines[0], *lines[2:]])
    tree = september.trees[0]
    assert "as_of: the entries have another root" == check(tree, changed)
    assert "as_of: the entries have another root" == check(tree, exchanged)
    assert "as_of: entries are missing" == check(tree, Entries(lines[:-1]))


def test_the_refusal_names_the_node(september: Told) -> None:
    """Whoever reads the refusal finds the node."""
    tree = copy.deepcopy(next(t for t in september.trees if t["instance"].startswith("I-")))
    first = tree["because"][0]
    first["holds"] = not first["holds"]
    assert check(sealed(tree), september.entries).startswith("because[0] happened: it says ")


@pytest.mark.parametrize("broken", [{}, {"because": 3}, {"digest": "", "asks": None}])
def test_what_is_no_tree_is_refused(broken: Tree, september: Told) -> None:
    """Something else than a tree ends in a sentence, not in a fault."""
    assert check(broken, september.entries)
    assert check(sealed(broken), september.entries)


LIBRARY = {
    *("__future__", "base64", "collections", "collections.abc", "datetime", "functools"),
    *("hashlib", "itertools", "json", "math", "sys", "typing"),
}
FILES = sorted((ROOMS / "assessment" / "check_tree").glob("*.py"))


def imported(text: str) -> set[str]:
    """Return the modules that a text imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(text)))
    named = {str(n.module) for n in nodes if isinstance(n, ast.ImportFrom)}
    return named | {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}


def test_the_checker_needs_nothing_of_ours() -> None:
    """Its files import Python's library and each other, the one file that is handed out that."""
    named = set().union(*(imported(file.read_text("utf-8")) for file in FILES))
    assert {m for m in named if not m.startswith(f"{PACKAGE}.") and m != PACKAGE} == LIBRARY
    assert imported(checker().decode()) == LIBRARY


def test_the_first_page_names_every_file() -> None:
    """Whoever reads it knows which file holds each check; all of them are handed out."""
    page = FILES[0].read_text("utf-8")
    whole = checker().decode()
    others = [f.stem for f in FILES if not f.stem.startswith("__")]
    assert others
    assert [] == [name for name in others if f"``{name}.py``" not in page]
    assert [] == [name for name in others if f"# -- {name}.py --" not in whole]


def test_a_name_stands_in_one_file_only() -> None:
    """Put behind each other, no file takes a name of another."""
    tops = [n for file in FILES for n in ast.parse(file.read_text("utf-8")).body]
    names = [n.name for n in tops if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    names += [
        t.id
        for n in tops
        if isinstance(n, ast.Assign)
        for t in n.targets
        if isinstance(t, ast.Name)
    ]
    names += [
        n.target.id for n in tops if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)
    ]
    assert sorted(set(names)) == sorted(names)


def test_every_file_is_short() -> None:
    """A party's engineer reads one idea at a time."""
    assert [] == [f.name for f in FILES if len(f.read_text("utf-8").splitlines()) > 200]


def test_every_rule_is_met(september: Told) -> None:
    """The drawn ledgers and the bundled case together hold nodes for most rules of the checker."""
    met = {rule_of(at_way(t, w)) for t in september.trees for w in ways(t)}
    assert met <= set(RULES)
    assert {"happened", "actor", "exception", "prior", "coverage", "deadline", "period"} <= met
