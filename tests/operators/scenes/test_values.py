"""Tables and answers are values: nobody changes one, and each is itself alone."""

from __future__ import annotations

import ast
import importlib
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from tregua import assessment

FOLDER = Path(assessment.__file__).parent
FILES = [*sorted(FOLDER.glob("operators/*.py")), *map(FOLDER.joinpath, (
    "columns.py", "keys.py", "stretches.py", "windows.py"
))]  # fmt: skip


def values() -> list[Any]:
    """Return every dataclass of the operators and of what they stand on."""
    found: list[Any] = []
    for path in FILES:
        name = ".".join(path.relative_to(FOLDER.parents[1]).with_suffix("").parts)
        module = importlib.import_module(name.removesuffix(".__init__"))
        classes = [n.name for n in ast.parse(path.read_text("utf-8")).body
                   if isinstance(n, ast.ClassDef)]  # fmt: skip
        found += [kind for kind in (getattr(module, c) for c in classes) if is_dataclass(kind)]
    return found


@pytest.mark.parametrize("kind", values(), ids=lambda kind: kind.__name__)
def test_a_value_stays_as_it_was_made(kind: Any) -> None:
    """No field is set again, no other is added."""
    made = object.__new__(kind)
    with pytest.raises(FrozenInstanceError):
        setattr(made, fields(kind)[0].name, 0)
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("kind", values(), ids=lambda kind: kind.__name__)
def test_columns_are_not_compared_as_one_truth(kind: Any) -> None:
    """Whether two tables are equal has an answer per row: a table equals itself alone."""
    assert (kind.__eq__ is object.__eq__) == (kind.__name__ != "Window")
