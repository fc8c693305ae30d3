"""The only file that talks to the solver (clingo, an extra): a program in, its best answer out."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clingo import Model, Symbol

SECONDS = 5.0  # for one search; a question stops at its first search that takes longer


class Undecided(Exception):
    """A search was stopped before it was through; nothing may be concluded from it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Shown:
    """One atom of an answer, its arguments as text (numbers as digits)."""

    name: str
    args: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The best answer to a program: its shown atoms, sorted."""

    atoms: tuple[Shown, ...]

    def of(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the arguments of every atom of that name."""
        return tuple(a.args for a in self.atoms if a.name == name)


def is_there() -> bool:
    """Say whether the solver is installed."""
    return find_spec("clingo") is not None


def solve(program: str, *, seconds: float = SECONDS) -> Answer | None:
    """Return the best answer to a program, ``None`` when it has none.

    Args:
        program: rules and facts in the solver's language.
        seconds: how long the search may take.

    Raises:
        Undecided: when the time was over first.
    """
    from clingo import Control

    control = Control(["--seed=1", "--warn=none"])
    control.add("base", [], program)
    control.ground([("base", [])])
    best: list[Answer] = []
    handle = control.solve(on_model=lambda m: best.append(_answer(m)), async_=True)
    with handle:
        if not handle.wait(seconds):
            handle.cancel()
            raise Undecided(f"not decided within {seconds:g} s")
        return best[-1] if handle.get().satisfiable else None


def _answer(model: Model) -> Answer:
    atoms = (Shown(s.name, tuple(_text(a) for a in s.arguments)) for s in model.symbols(shown=True))
    return Answer(tuple(sorted(atoms, key=lambda a: (a.name, a.args))))


def _text(symbol: Symbol) -> str:
    from clingo import SymbolType

    return symbol.string if symbol.type is SymbolType.String else str(symbol)
