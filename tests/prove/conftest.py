"""Deals made for the exhaustive rules, and searches through them by trying everything."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from tregua.agreement.prove.replay import State
from tregua.agreement.prove.system import All, Either, Leaf, leaves
from tregua.agreement.rule import miniature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.prove.replay import Run
    from tregua.agreement.prove.system import Event, Formula, System

DAY = 1440
FREEZE = """prohibition freeze "Forces stay"
    on: a, b
    must not: move-force
    where: everywhere"""
SIDES = (("a",), ("b",), ("a", "b"), ())


class Tried:
    """What can be known about a small system by trying everything, day by day."""

    @staticmethod
    def runs(system: System) -> Iterator[dict[str, int]]:
        """Yield every course of events of a system whose lengths are whole days."""
        choices = [e for e in system.events if not e.auto]
        last = sum(leaf.after for leaf in dict.fromkeys(_all_leaves(system))) // DAY + 1
        starts = [e.at for e in system.events if e.at is not None]
        days = tuple(d * DAY for d in range(last + max([0, *starts]) // DAY + 1))
        for times in product((*days, None), repeat=len(choices)):
            plan = {e.name: t for e, t in zip(choices, times, strict=True) if t is not None}
            happened = Tried.play(system, plan, days)
            if happened is not None:
                yield happened

    @staticmethod
    def play(system: System, plan: dict[str, int], days: tuple[int, ...]) -> dict[str, int] | None:
        """Return when everything happens under a plan; ``None`` when a plan cannot be kept."""
        happened: dict[str, int] = {}
        for day in days:
            state = State(days, happened, frozenset(n for n, t in plan.items() if t == day))
            while ready := [e for e in system.events if Tried.is_next(e, state, day, plan)]:
                happened[ready[0].name] = day
            if any(name not in happened for name in state.here):
                return None
        return happened

    @staticmethod
    def is_next(event: Event, state: State, day: int, plan: dict[str, int]) -> bool:
        """Say whether an event happens now: by itself, or because the plan says so."""
        if event.name in state.happened or not (event.auto or plan.get(event.name) == day):
            return False
        return state.enabled(event, day, frozenset())

    @staticmethod
    def smallest_circle(system: System, target: str) -> int:
        """Return the size of the smallest circle through an event, 0 when there is none."""
        names = sorted(e.name for e in system.events if e.name != target)
        for size in range(len(names) + 1):
            for others in combinations(names, size):
                if Tried.is_circle(system, {target, *others}, target):
                    return size + 1
        return 0

    @staticmethod
    def is_circle(system: System, circle: set[str], target: str) -> bool:
        """Say whether each waits for the set alone, and one of the others for the target."""
        events = [e for e in system.events if e.name in circle]
        if not all(_waits(e, circle) for e in events):
            return False
        rest = circle - {target}
        return not rest or any(not _waits(e, rest) for e in events if e.name in rest)


def _all_leaves(system: System) -> Iterator[Leaf]:
    for event in system.events:
        for need in event.needs:
            yield from leaves(need.formula)
        if event.limit is not None:
            yield from leaves(event.limit.anchor)
            yield Leaf("limit", event.limit.after)


def _waits(event: Event, circle: set[str]) -> bool:
    return any(_held_up(n.formula, circle) for n in event.needs)


def _held_up(formula: Formula, circle: set[str]) -> bool:
    match formula:
        case Leaf(event):
            return event in circle
        case All(parts):
            return any(_held_up(p, circle) for p in parts)
        case Either(parts):
            return bool(parts) and all(_held_up(p, circle) for p in parts)
    return False


def due(event: Event, run: Run, happened: dict[str, int]) -> int | None:
    """Return the last minute that an event's limit allows; ``None`` while it has none."""
    if event.limit is None:
        return None
    for minute in (m for m in run.moments if m <= run.stop):
        if State(run.moments, happened).holds(event.limit.anchor, minute):
            return minute + event.limit.after
    return None


@pytest.fixture(scope="session")
def tried() -> type[Tried]:
    return Tried


@pytest.fixture(scope="session")
def due_of() -> object:
    return due


@pytest.fixture(scope="session")
def small_deals() -> st.SearchStrategy[str]:
    return _deals()


@st.composite
def _deals(draw: st.DrawFn) -> str:
    """Return the text of a deal with one or two phases, up to three duties and perhaps a gate."""
    duties = [f"d{n}" for n in range(draw(st.integers(1, 3)))]
    has_gate = draw(st.booleans())
    during = draw(st.sampled_from(["", "\n    during: p0"]))
    blocks = [f"{FREEZE}{during}"]
    blocks += [draw(_phase(n, duties, has_gate)) for n in range(draw(st.integers(1, 2)))]
    blocks += [draw(_duty(d, duties, has_gate)) for d in duties]
    blocks += [draw(_gate(duties))] if has_gate else []
    return miniature("\n\n".join(blocks))


@st.composite
def _phase(draw: st.DrawFn, number: int, duties: list[str], has_gate: bool) -> str:  # noqa: FBT001
    first = ["2030-05-01T08:00", "D"]
    ways = [*(f"done({d})" for d in duties), "D", "D + 1 days", "start(p0) + 2 days", "end(p0)"]
    starts = draw(
        st.sampled_from([*ways, *(["opened(g)"] if has_gate else [])] if number else first)
    )
    lasts = draw(st.sampled_from(["", "\n    lasts: 1 days", "\n    lasts: 2 days"]))
    return f'phase p{number} "Phase"\n    starts: {starts}{lasts}'


@st.composite
def _duty(draw: st.DrawFn, name: str, duties: list[str], has_gate: bool) -> str:  # noqa: FBT001
    others = [d for d in duties if d != name]
    conditions = ["in-force(p0)", *(["open(g)"] if has_gate else [])]
    conditions += [f"done({d})" for d in others]
    conditions += [f"any(done({d}), in-force(p0))" for d in others]
    lines = [f'duty {name} "Duty"', f"    on: {_names(draw(st.sampled_from(SIDES)))}"]
    lines.append(f"    must: {draw(st.sampled_from(['withdraw', 'release']))}")
    if draw(st.booleans()):
        lines.append(f"    when: {draw(st.sampled_from(conditions))}")
    keys = [k for k in ("after", "together with") if draw(st.booleans()) and others]
    lines += [f"    {key}: {draw(st.sampled_from(others))}" for key in keys]
    limit = draw(st.sampled_from(["", "within: 1 days", "deadline: D + 1 days"]))
    lines += [f"    {limit}"] if limit else []
    lines += ["    during: p0"] if draw(st.booleans()) else []
    return "\n".join(lines)


@st.composite
def _gate(draw: st.DrawFn, duties: list[str]) -> str:
    ways = [f"done({d})" for d in duties] + ["kept(freeze, for: 2 days)", "in-force(p0)"]
    some: st.SearchStrategy[list[str]] = st.lists(
        st.sampled_from(ways), min_size=1, max_size=2, unique=True
    )
    chosen: list[str] = draw(some)
    latest = draw(st.sampled_from(["", "\n    latest: D + 1 days"]))
    head = f'gate g "Gate"\n    opens when: {", ".join(chosen)}'
    return f"{head}\n    leads to: {duties[0]}{latest}"


def _names(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) or 'undefined "somebody"'
