"""What no module may do, found in the syntax trees of the product."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A stopwatch (monotonic) tells how long something takes and not what time it is.
CLOCKS = {"now", "utcnow", "today", "time"}
CLOCK_OWNERS = {"datetime", "date", "time"}
EDGES = ("ledger/intake.py", "ledger/tregua_verify.py")  # the door, and a program of its own
# Rooms in which everything is computed again from agreement, records known and two times.
PURE = ("terms", "incidents", "attribution", "assessment", "status")
WORLD = {
    "os",
    "io",
    "pathlib",
    "time",
    "random",
    "secrets",
    "uuid",
    "socket",
    "subprocess",
    "locale",
}
# What a deal's text is gathered in while it is read; none of them leaves the room agreement.
DRAFTS = {
    "agreement/reading/names.py Names",
    "agreement/reading/raw.py RawBlock",
    "agreement/reading/raw.py RawEntry",
    "agreement/reading/text.py Outline",
    # Tables made ready once for single look-ups; they never leave the room assessment.
    "assessment/mask_one.py OneRow",
    "assessment/zone_point.py PointLookUp",
}
POOR_NAMES = {"utils", "helpers", "misc", "common", "manager", "handler", "service", "base"}


class Module(NamedTuple):
    name: str  # path below src/tregua, with slashes
    tree: ast.Module


@pytest.fixture(scope="module")
def modules(source: Path) -> tuple[Module, ...]:
    paths = sorted(source.rglob("*.py"))
    return tuple(
        Module(path.relative_to(source).as_posix(), ast.parse(path.read_text("utf-8")))
        for path in paths
    )


def calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def named(module: Module, node: ast.expr | ast.stmt | ast.ExceptHandler) -> str:
    return f"{module.name}:{node.lineno}"


def test_nothing_depends_on_hash(modules: tuple[Module, ...]) -> None:
    """No module calls hash(): its answer differs from process to process."""
    found = [
        named(m, c)
        for m in modules
        for c in calls(m)
        if isinstance(c.func, ast.Name) and c.func.id == "hash"
    ]
    assert [] == found


def test_only_the_edges_read_a_clock(modules: tuple[Module, ...]) -> None:
    """Clocks are read in the command line, at the ledger's door and by the verifier alone."""
    inside = [m for m in modules if not m.name.startswith("cli/") and m.name not in EDGES]
    assert [] == [named(m, c) for m in inside for c in calls(m) if reads_clock(c)]


def reads_clock(call: ast.Call) -> bool:
    """Say whether a call is datetime.now(), date.today(), time.time() or their like."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in CLOCKS:
        return False
    owner = call.func.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return name in CLOCK_OWNERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("datetime.now(UTC)", True),
        ("datetime.datetime.now()", True),
        ("time.time()", True),
        ("when.time()", False),
        ("now()", False),
    ],
)
def test_a_clock_is_recognised(text: str, expected: bool) -> None:  # noqa: FBT001
    """The measure sees clocks in their usual spellings and no others."""
    call = ast.parse(text, mode="eval").body
    assert isinstance(call, ast.Call)
    assert expected == reads_clock(call)


def test_nothing_prints(modules: tuple[Module, ...]) -> None:
    """No module calls print(); the command line writes through its one place."""
    found = [
        named(m, c)
        for m in modules
        for c in calls(m)
        if isinstance(c.func, ast.Name) and c.func.id == "print"
    ]
    assert [] == found


def test_only_the_outermost_frame_catches_everything(modules: tuple[Module, ...]) -> None:
    """`except Exception` stands in cli/main.py alone; what tidies up and raises again is none."""
    found = [
        named(m, node)
        for m in modules
        if m.name != "cli/main.py"
        for node in ast.walk(m.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
        and not raises_again(node)
    ]
    assert [] == found


def raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_pure_rooms_do_not_touch_the_world(modules: tuple[Module, ...]) -> None:
    """The rooms that are computed again import no file, clock, chance or network at run time."""
    pure = [m for m in modules if m.name.split("/")[0] in PURE]
    assert [] == [f"{m.name}: {name}" for m in pure for name in sorted(imports(m.tree) & WORLD)]


def imports(tree: ast.Module) -> set[str]:
    """Return the packages imported at run time; those for the type checker alone are left out."""
    found: set[str] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
        waiting += ast.iter_child_nodes(node)
    return found


def test_every_module_says_what_it_is(modules: tuple[Module, ...]) -> None:
    """Every module begins with a docstring."""
    assert [] == [m.name for m in modules if not ast.get_docstring(m.tree)]


def test_every_room_says_where_to_begin(modules: tuple[Module, ...]) -> None:
    """A room's docstring has three parts: what lives here, what may not, where to begin."""
    rooms = [m for m in modules if m.name.count("/") == 1 and m.name.endswith("/__init__.py")]
    assert rooms
    parts = ("What lives here:", "What may not:", "Where to begin reading:")
    assert [] == [
        f"{m.name}: {part}"
        for m in rooms
        for part in parts
        if part not in (ast.get_docstring(m.tree) or "")
    ]


def test_a_room_begins_with_a_file_that_is_there(modules: tuple[Module, ...]) -> None:
    """The file in which a room tells you to begin exists."""
    there = {m.name for m in modules}
    for m in modules:
        doc = ast.get_docstring(m.tree) or ""
        if m.name.endswith("/__init__.py") and "Where to begin reading:" in doc:
            begin = doc.partition("Where to begin reading:")[2].split("``")[1]
            assert m.name.replace("__init__.py", begin) in there, m.name


def test_dataclasses_are_frozen_and_have_slots(modules: tuple[Module, ...]) -> None:
    """Values do not change once they are made; a draft that does stays inside its room."""
    found = [
        f"{m.name} {node.name}"
        for m in modules
        for node in ast.walk(m.tree)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for decorator in node.decorator_list
        if is_open_dataclass(decorator)
    ]
    assert sorted(DRAFTS) == sorted(found)


def is_open_dataclass(decorator: ast.expr) -> bool:
    """Say whether a decorator makes a dataclass that is not frozen, or has no slots."""
    if isinstance(decorator, ast.Name):
        return decorator.id == "dataclass"
    if not isinstance(decorator, ast.Call) or getattr(decorator.func, "id", "") != "dataclass":
        return False
    given = {k.arg: getattr(k.value, "value", None) for k in decorator.keywords}
    return not (given.get("frozen") is True and given.get("slots") is True)


def test_no_file_has_a_name_that_says_nothing(modules: tuple[Module, ...]) -> None:
    """No module or folder is called utils, helpers, misc, common, manager and so on."""
    words = {m.name: set(m.name.removesuffix(".py").replace("_", "/").split("/")) for m in modules}
    assert [] == [name for name, parts in words.items() if parts & POOR_NAMES]


def test_no_rule_knows_a_party_by_name(modules: tuple[Module, ...], source: Path) -> None:
    """No string of the rooms that judge is the id of a party of a bundled deal."""
    ids = party_ids(source / "agreement" / "library")
    assert {"opposition", "ru"} <= ids
    judging = ("incidents", "attribution", "assessment", "status", "centre.py", "bulletin")
    found = [
        f"{m.name}:{node.lineno} {node.value}"
        for m in modules
        if m.name.split("/")[0] in judging
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Constant) and node.value in ids
    ]
    assert [] == found


def party_ids(library: Path) -> set[str]:
    kinds = ("party ", "guarantor ", "excluded ", "group ", "actor ")
    lines = [
        line
        for deal in sorted(library.glob("*.deal.md"))
        for line in deal.read_text("utf-8").splitlines()
    ]
    return {line.split()[1] for line in lines if line.startswith(kinds) and '"' in line}
