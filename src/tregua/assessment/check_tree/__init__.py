"""Checks an explanation without the program that made it: ``python check_tree.py TREE ENTRIES``.

Read this page first. The checker needs Python alone and imports nothing but Python's own library.
It reads the tree (JSON, as ``tregua why --json`` gives it, one or a list) and the entries (one line
of JSON each, as the ledger holds them), and computes every node again:

1. the entries give the root that the tree names (RFC 6962), and the tree its own digest:
   ``hashes.py``, ``entries.py``; what a view leaves out is told as that (``hidden.py``);
2. every record that a node names stands among the entries and was known at the time asked about:
   ``nodes.py``;
3. kinds of act (``what.py``), places (``where.py``), times (``when.py``) and watches
   (``watched.py``) are what the raw reports say;
4. who must and may be meant (``who.py``), times in force (``in_force.py``), exceptions
   (``exceptions.py``, ``conditions.py``), deadlines (``duty_nodes.py``), and every "all of",
   "any of" and "not" (``three_valued.py``) are computed again;
5. what the text leaves open and what was assumed stands at the top (``top.py``); every test that
   the norm asks for is there, once, and no other;
6. the answer, its reasons, its bounds and p follow from the nodes: for one incident
   (``incident.py``), for the whole time (``whole.py``) and for a duty (``duty.py``), by the
   standard of proof (``answer.py``); worlds are written out, or drawn from the root, again
   (``worlds.py``, ``violated_in_worlds.py``);
7. in the tree of a clock the two hands and the share of worlds follow from its stretches, moved
   again in each world (``clock.py``, ``who_did.py``).

``times.py`` reads instants and stretches, ``refused.py`` says how a tree is refused, and
``rules.py`` walks down the tree, with the rule of each kind of node. Whoever gets an answer gets
these files as one, ``check_tree.py``, in this order.

It does not read the deal: what the norm asks stands under ``asks``, for people to compare. Nor does
it weigh again who did it from what each office said (it takes each office's share of the votes as
stated), or whether a point lies in an outline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.check_tree.clock import clock
from tregua.assessment.check_tree.duty import duty
from tregua.assessment.check_tree.hashes import digest
from tregua.assessment.check_tree.incident import incident
from tregua.assessment.check_tree.nodes import Case
from tregua.assessment.check_tree.refused import Refused, need
from tregua.assessment.check_tree.rules import walk
from tregua.assessment.check_tree.top import records, shown
from tregua.assessment.check_tree.whole import whole

if TYPE_CHECKING:
    from tregua.assessment.check_tree.entries import Entries
    from tregua.assessment.check_tree.nodes import Json


def check(tree: Json, entries: Entries) -> str:
    """Return why the tree is refused, with the node; empty when all of it holds."""
    try:
        _sealed(tree, entries)
        if tree["format"] == "tregua-clock/1":
            clock(tree, entries)
        else:
            _answer(Case(tree, entries))
    except Refused as refused:
        return str(refused)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError) as error:
        return f"the tree: it cannot be read ({type(error).__name__})"
    return ""


def _sealed(tree: Json, entries: Entries) -> None:
    """Check the digest of the tree, and that the entries are those that it names."""
    seal = {k: v for k, v in tree.items() if k != "digest"}
    need("the tree", tree["digest"] == digest(seal), "it was changed: its digest differs")
    as_of = tree["as_of"]
    need("as_of", as_of["seq"] <= len(entries.lines), "entries are missing")
    need("as_of", entries.root(as_of["seq"]) == as_of["head"], "the entries have another root")


def _answer(case: Case) -> None:
    """Check every node; then compute the answer: of a duty, the whole time, or one incident."""
    for node in case.nodes:
        walk(node, case, ())
    records(case)
    shown(case)
    if case.asks["shape"] == "achieve":
        duty(case)
    elif case.tree["instance"] == "whole":
        whole(case)
    else:
        incident(case)
