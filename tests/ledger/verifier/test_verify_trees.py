"""The verifier checks of an exported answer what fits into it: all that it refuses is refused."""

import copy
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from tests.explain.ledgers import RECORDS, Told, sealed, told
from tests.ledger.verifier.asked import FAILS, GOOD, UNREADABLE, ask, put
from tregua.assessment.check_tree import check
from tregua.reports.model import Record

Tree = dict[str, Any]


def asked(folder: Path, shown: Told, *trees: Tree) -> tuple[int, list[str]]:
    files = put(
        folder,
        tree=json.dumps(trees, ensure_ascii=False).encode(),
        entries=b"".join(line + b"\n" for line in shown.entries.lines),
    )
    return ask("tree", *files)


def nodes(tree: Tree) -> list[Tree]:
    found: list[Tree] = []
    for node in tree["because"]:
        found += [node, *nodes(node)]
    return found


folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)


@folder
@given(RECORDS)
def test_every_tree_of_a_drawn_ledger_holds(tmp_path: Path, records: tuple[Record, ...]) -> None:
    """Whatever the engine answers, its trees hold, and what is not checked is said."""
    shown = told(records)
    code, said = asked(tmp_path, shown, *shown.trees)
    assert (GOOD, len(shown.trees) + 2) == (code, len(said)), said[-1]
    assert said[-2].startswith("not checked here but by check_tree.py: kinds")


def changed(tree: Tree, chance: Random) -> Tree:
    """Change a tree in one place and give it the digest of what it says now."""
    made = copy.deepcopy(tree)
    every = [made, *nodes(made)]
    node = chance.choice(every)
    kind = chance.randrange(6)
    if kind == 0 and node["because"]:
        node["because"].pop(chance.randrange(len(node["because"])))
    elif kind == 1:
        node["records"] = [*node["records"], "ged:nowhere"]
    elif kind == 2 and node is not made:
        node["holds"] = chance.choice([v for v in (True, False, None) if v is not node["holds"]])
    elif kind == 3:
        made["assessment"] = chance.choice(["kept", "violated", "undetermined"])
    elif kind == 4:
        made["must"] = not made["must"]
    else:
        made["as_of"]["head"] = "0" * 64
    return sealed(made)


@folder
@given(RECORDS, st.integers(0, 2**32))
def test_what_it_refuses_the_whole_checker_refuses(
    tmp_path: Path, records: tuple[Record, ...], seed: int
) -> None:
    """A changed tree that fails here fails there; the whole checker may refuse more."""
    shown, chance = told(records), Random(seed)
    for tree in chance.sample(shown.trees, min(5, len(shown.trees))):
        other = changed(tree, chance)
        code, said = asked(tmp_path, shown, other)
        assert code in {GOOD, UNREADABLE, FAILS}
        assert code == GOOD or check(other, shown.entries) or other == tree, said


@pytest.fixture(scope="module")
def shown() -> Told:
    def has_a_way(records: Any) -> bool:
        return any(tree["because"] and tree["records"] for tree in told(records).trees)

    drawn: st.SearchStrategy[Any] = RECORDS
    return told(find(drawn, has_a_way, settings=settings(phases=(Phase.generate,))))


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("a part", lambda t: t["because"].pop(), "fails: a part of the answer is missing"),
        ("the digest", lambda t: t.update(digest="0" * 64), "fails: the tree was changed"),
        ("entries", lambda t: t["as_of"].update(head="0" * 64), "fails: the entries are others"),
        ("records", lambda t: t.update(records=["a:1"]), "fails: its records are not those of"),
    ],
)
def test_what_was_done_is_named(
    tmp_path: Path, shown: Told, name: str, change: Any, said: str
) -> None:
    """Whoever takes a node out, or names other entries or records, is told so in one sentence."""
    tree = copy.deepcopy(next(t for t in shown.trees if t["because"] and t["records"]))
    change(tree)
    made = tree if name == "the digest" else sealed(tree)
    code, (last,) = asked(tmp_path, shown, made)
    assert (FAILS, True) == (code, last.startswith(said)), last
