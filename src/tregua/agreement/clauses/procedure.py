"""A timed workflow, such as from report to decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.clause import (
    UNDEFINED,
    WHO,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)
from tregua.agreement.reading.fault import Fault
from tregua.agreement.reading.suggest import did_you_mean
from tregua.agreement.value import Amount, Item, Items, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, Entry
    from tregua.agreement.clause import Scope
    from tregua.agreement.value import Atom

KEYS = (
    Key(
        "for",
        ValueType.WORDS,
        required=True,
        words=(
            "violation",
            "dispute",
            "amendment",
            "accession",
            "aid-request",
            "movement",
            "delineation",
            "extension",
        ),
    ),
    Key("opened by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("step", ValueType.STEP, required=True, repeats=True),
    Key("decided by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("dissent", ValueType.WORD, UNDEFINED, words=("recorded", "not-recorded")),
    Key("form", ValueType.TEXT, UNDEFINED),
)

EXAMPLE = """\
procedure incident "From report to decision"
    for: violation
    opened by: all-parties
    step: report by all-parties to commission within 24 hours
    step: request-information by commission within undefined
    step: determine by commission within undefined else refer
    decided by: commission
"""

VERBS = (
    "report", "acknowledge", "request-information", "answer", "verify", "determine", "notify",
    "publish", "refer", "act", "permit", "refuse", "appeal",
)  # fmt: skip
PARTS = ("by", "to", "within", "else")
FORM = "step: report by WHO to WHO within 24 hours else OUTCOME"


def _check(block: Block, scope: Scope) -> Iterator[tuple[Entry | None, Fault]]:
    """Hold every step against its form."""
    for entry in block.every("step"):
        items = entry.value.items if isinstance(entry.value, Items) else ()
        if len(items) != 1:
            said = "one step is written without commas"
            yield entry, Fault("D006", said, help=FORM)
            continue
        for fault in _step(items[0].atoms, scope):
            yield entry, fault


def _step(atoms: tuple[Atom, ...], scope: Scope) -> Iterator[Fault]:
    verb, parts = atoms[0], _parts(atoms[1:])
    if not isinstance(verb, Word) or verb.name not in VERBS:
        name = verb.name if isinstance(verb, Word) else ""
        help_ = did_you_mean(name, VERBS, otherwise=f"one of: {', '.join(VERBS)}")
        yield Fault("D006", f"{name or 'this'} is not a verb of a step", verb.cut, help_)
    if [name for name, _ in parts] != [n for n in PARTS if n in dict(parts)] or "by" not in dict(
        parts
    ):
        yield Fault("D006", "a step names who takes it, and its parts stand in order", help=FORM)
        return
    for name, value in parts:
        if not value:
            yield Fault("D006", f"nothing stands behind {name}", help=FORM)
        elif name in ("by", "to") and not _is_undefined(value):
            yield from scope.name_faults(Item(value), WHO, WHO_BUILT_IN)
        elif name == "within" and not _is_undefined(value) and not _is_span(value):
            said = "a length of time is expected here"
            yield Fault("D006", said, value[0].cut, "within 24 hours")


def _parts(atoms: tuple[Atom, ...]) -> list[tuple[str, tuple[Atom, ...]]]:
    """Split what follows the verb at its small words."""
    parts: list[tuple[str, tuple[Atom, ...]]] = []
    for atom in atoms:
        if isinstance(atom, Word) and atom.name in PARTS:
            parts.append((atom.name, ()))
        elif parts:
            parts[-1] = (parts[-1][0], (*parts[-1][1], atom))
        else:
            parts.append(("", (atom,)))
    return parts


def _is_span(value: tuple[Atom, ...]) -> bool:
    return all(isinstance(atom, Amount) for atom in value)


def _is_undefined(value: tuple[Atom, ...]) -> bool:
    return isinstance(value[0], Word) and value[0].name == "undefined"


PROCEDURE = ClauseKind(
    kind="procedure",
    what="Steps, by whom, within what time, and what if not.",
    keys=KEYS,
    violated="By a step that is not taken within its time.",
    evidence="Dated entries for each step.",
    example=EXAMPLE,
    check=_check,
)
