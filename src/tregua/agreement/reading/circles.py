"""Definitions that depend on themselves (D015): a zone within itself, a moment set by itself.

Followed are: ``inside`` and ``outside`` of places, ``part of`` of groups, ``measured as`` of terms,
parents of acts, and the starts, ends and named moments that moments are written with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.agreement.codes import error
from tregua.agreement.value import Call, Items, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, Entry
    from tregua.agreement.value import Item, Value
    from tregua.terms.notes import Note

MOST_SHOWN = 12  # places of one circle
_NAMED = (("zone", "inside"), ("zone", "outside"), ("group", "part of"))


@dataclass(slots=True)
class _Graph:
    """What depends on what, and where it says so. A node is (what, id), e.g. ("zone", "dmz")."""

    edges: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    places: dict[tuple[str, str], tuple[Entry, Block]] = field(default_factory=dict)

    def add(
        self, node: tuple[str, str], others: list[tuple[str, str]], entry: Entry, block: Block
    ) -> None:
        self.edges.setdefault(node, []).extend(others)
        self.places.setdefault(node, (entry, block))


def circle_notes(blocks: tuple[Block, ...]) -> Iterator[Note]:
    """Yield one note for each circle of definitions."""
    graph = _Graph()
    for block in blocks:
        _collect(block, graph)
    for circle in _circles(graph.edges):
        entry, block = graph.places[circle[0]]
        way = " > ".join(_step(node, graph) for node in circle[:MOST_SHOWN])
        more = " > ..." if len(circle) > MOST_SHOWN else ""
        said = f"{circle[0][1]} depends on itself: {way}{more} > {circle[0][1]}"
        help_ = "define one of them by something else"
        yield error("D015", said, entry.spot, help=help_, clause=block.clause, on=block.id)


def _step(node: tuple[str, str], graph: _Graph) -> str:
    return f"{node[1]} (line {graph.places[node][0].spot.line})"


def _collect(block: Block, graph: _Graph) -> None:
    for kind, key in _NAMED:
        entry = block.entry(key) if block.kind == kind else None
        if entry is not None:
            graph.add((kind, block.id), [(kind, w) for w in block.words(key)], entry, block)
    match block.kind:
        case "phase":
            _phase(block, graph)
        case "power" if entry := block.entry("at"):
            for name in block.words("sets"):
                graph.add(("moment", name), list(_moments_in(entry.value)), entry, block)
        case "term" if entry := block.entry("measured as"):
            others = [("term", c.plain()[0].word) for c in _calls(entry.value) if c.plain()]
            graph.add(("term", block.id), others, entry, block)
        case "acts":
            for entry in block.every("row"):
                words = entry.value.words() if isinstance(entry.value, Items) else ()
                if words:
                    graph.add(("act", words[0]), [("act", w) for w in words[1:2]], entry, block)


def _phase(block: Block, graph: _Graph) -> None:
    starts, ends = block.entry("starts"), block.entry("ends")
    if starts:
        graph.add(("start", block.id), list(_moments_in(starts.value)), starts, block)
    if ends and isinstance(ends.value, Items):
        graph.add(("end", block.id), list(_moments_in(ends.value)), ends, block)
    elif (lasts := block.entry("lasts")) is not None:
        graph.add(("end", block.id), [("start", block.id)], lasts, block)


def _moments_in(value: Value) -> Iterator[tuple[str, str]]:
    """Yield the moments that a time is written with: names, starts and ends of phases."""
    items = list(value.items) if isinstance(value, Items) else []
    while items:
        item = items.pop()
        for atom in item.atoms:
            if isinstance(atom, Word):
                yield ("moment", atom.name)
            elif isinstance(atom, Call) and atom.name in ("start", "end") and atom.plain():
                yield (atom.name, atom.plain()[0].word)
            elif isinstance(atom, Call) and atom.name in ("first", "last"):
                items += atom.plain()


def _calls(value: Value) -> Iterator[Call]:
    """Yield the `judged` calls of a condition, nested ones too."""
    items: list[Item] = list(value.items) if isinstance(value, Items) else []
    while items:
        for atom in items.pop().atoms:
            if isinstance(atom, Call):
                items += atom.plain()
                if atom.name == "judged":
                    yield atom


def _circles(edges: dict[tuple[str, str], list[tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    """Return each circle found by one walk through the graph, in file order, without recursion."""
    found: list[list[tuple[str, str]]] = []
    done: set[tuple[str, str]] = set()
    reported: set[tuple[str, str]] = set()  # a circle within a circle is not shown again
    for root in edges:
        path: list[tuple[str, str]] = []
        on_path: dict[tuple[str, str], int] = {}
        stack = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                path.pop()
                del on_path[node]
                done.add(node)
            elif node in on_path:
                if node not in reported:
                    found.append(path[on_path[node] :])
                    reported.update(found[-1])
            elif node not in done:
                on_path[node] = len(path)
                path.append(node)
                stack.append((node, True))
                stack += [(other, False) for other in reversed(edges.get(node, []))]
    return found
