"""What is mutated, how, and which tests must notice."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[3]
ROOM = "src/tregua/assessment"
REASONS = "docs/reference/mutants.md"

# A trial that works so many times longer than the unchanged file goes round in circles. Only the
# processor's time is counted: a busy machine changes no outcome. The first trial has a limit too.
TIMES_LONGER, FIRST_SECONDS = 5, 120.0
EXAMPLES = 60
MEMORY = 6 << 30

_REFUSALS = (
    "test_tables_that_cannot_be_meant_are_refused",
    "test_hands_are_read_within_the_days_given",
)
_STAND_ON = ("windows", "columns", "stretches", "keys", "in_duckdb")

# Operators of cosmic-ray, by the beginning of their names. A comparison is replaced by those that
# differ from it in one of the three cases less, equal, greater: whatever notices these notices the
# rest. A sum is replaced by a difference, a union by an intersection, and so on.
KINDS = (
    "ReplaceComparisonOperator_Lt_LtE", "ReplaceComparisonOperator_Lt_NotEq",
    "ReplaceComparisonOperator_LtE_Lt", "ReplaceComparisonOperator_LtE_Eq",
    "ReplaceComparisonOperator_Gt_GtE", "ReplaceComparisonOperator_Gt_NotEq",
    "ReplaceComparisonOperator_GtE_Gt", "ReplaceComparisonOperator_GtE_Eq",
    "ReplaceComparisonOperator_Eq_LtE", "ReplaceComparisonOperator_Eq_GtE",
    "ReplaceComparisonOperator_NotEq_Lt", "ReplaceComparisonOperator_NotEq_Gt",
    "ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is",
    "ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add",
    "ReplaceBinaryOperator_Mul_Add", "ReplaceBinaryOperator_FloorDiv_Mul",
    "ReplaceBinaryOperator_Mod_Mul", "ReplaceBinaryOperator_BitAnd_BitOr",
    "ReplaceBinaryOperator_BitOr_BitAnd", "ReplaceBinaryOperator_LShift_RShift",
    "ReplaceBinaryOperator_RShift_LShift", "ReplaceBinaryOperator_Pow_Mul",
    "ReplaceUnaryOperator_Delete", "ReplaceAndWithOr", "ReplaceOrWithAnd", "AddNot",
    "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceContinueWithBreak",
    "ReplaceBreakWithContinue", "NumberReplacer", "RemoveDecorator", "ZeroIterationForLoop",
)  # fmt: skip


def files() -> tuple[str, ...]:
    """Return the files to mutate, below the room: operators, then what they stand on."""
    folder = ROOT / ROOM / "operators"
    operators = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    return *(f"operators/{name}.py" for name in operators), *(f"{name}.py" for name in _STAND_ON)


def noticed_by(path: str) -> tuple[str, ...]:
    """Return the tests that must notice a change of the file, the quickest first."""
    folder, name = "tests/operators", Path(path).stem
    if not path.startswith("operators/"):
        return (
            f"{folder}/scenes/test_{name}.py",
            f"{folder}/test_ends.py",
            f"{folder}/scenes",
            f"{folder}/test_tables.py",
            f"{folder}/test_three_forms.py",
        )
    return (
        f"{folder}/scenes/test_{name}.py",
        f"{folder}/scenes/test_values.py",
        *(f"{folder}/test_tables.py::{refusal}" for refusal in _REFUSALS),
        f"{folder}/test_ends.py",
        f"{folder}/test_three_forms.py::test_{name}",
    )
