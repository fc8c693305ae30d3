"""Mutants that cosmic-ray makes of the Python of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.operators.mutants.mutant import mutant
from tests.operators.mutants.plan import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.operators.mutants.mutant import Mutant


def by_tool(path: str, source: str) -> Iterator[Mutant]:
    """Give each mutant of each kind, in the order of cosmic-ray."""
    for name in operator_names():
        if not name.removeprefix("core/").startswith(KINDS):
            continue
        kind = get_operator(name)()
        places = sum(
            len(list(kind.mutation_positions(node))) for node in ast_nodes(get_ast(source))
        )
        for place in range(places):
            made = mutant(path, source, mutate_code(source, kind, place))
            if made:
                yield made
