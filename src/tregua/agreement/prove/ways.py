"""The ways from a report to a decision that a text opens, step by step.

A way is a procedure for violations, up to the step or body that decides; where the text has no such
procedure, it is a verifier of the norm and then somebody who may determine. A step may be taken by
any one of those it names; one with an `else` can be passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.prove.said import minutes
from tregua.agreement.questions import expanded, verifiers
from tregua.agreement.value import Amount, Items, Word

if TYPE_CHECKING:
    from tregua.agreement.block import Block
    from tregua.agreement.model import Agreement, Norm
    from tregua.agreement.value import Atom

_PARTS = ("by", "to", "within", "else")


@dataclass(frozen=True, slots=True)
class Stage:
    """One step on a way: what is done, by whom it can be done, and whether it can be passed over.

    Attributes:
        within: minutes that the text allows for it, 0 when it names none.
    """

    said: str
    by: tuple[str, ...]
    passable: bool = False
    within: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a decision: the id of its procedure, empty without one, and its stages."""

    procedure: str
    stages: tuple[Stage, ...]


def ways_to_decision(deal: Agreement, norm: Norm) -> tuple[Way, ...]:
    """Return the ways that the text opens; empty when nobody decides, which is L503."""
    text = deal.text
    procedures = [b for b in text.of_kind("procedure") if "violation" in b.words("for")]
    found = [w for b in procedures if (w := _way(deal, b)) is not None]
    if procedures:
        return tuple(found)
    deciders = tuple(b.id for b in text.of_kind("body") if "determine" in b.words("may"))
    if not deciders:
        return ()
    block = text.block(norm.id)
    checking = tuple(sorted(verifiers(text, block))) if block is not None else ()
    first = (Stage("verify", checking),) if checking else ()
    return (Way("", (*first, Stage("determine", deciders))),)


def _way(deal: Agreement, procedure: Block) -> Way | None:
    """Return a procedure's stages; ``None`` when nothing in it decides."""
    stages = []
    if procedure.has("opened by"):
        stages.append(Stage("open", _known(deal, procedure.words("opened by"))))
    steps = [_stage(deal, e.value.items[0].atoms) for e in procedure.every("step")
             if isinstance(e.value, Items)]  # fmt: skip
    decides = [n for n, s in enumerate(steps) if s.said == "determine"]
    stages += _merged(steps[: decides[0] + 1] if decides else steps)
    if not decides and procedure.has("decided by"):
        stages.append(Stage("decide", _known(deal, procedure.words("decided by"))))
    found = Way(procedure.id, tuple(stages))
    return found if decides or procedure.has("decided by") else None


def _merged(steps: list[Stage]) -> list[Stage]:
    """Join steps of one verb that follow each other: each of those named may take it."""
    found: list[Stage] = []
    for step in steps:
        if found and found[-1].said == step.said:
            last = found.pop()
            by = tuple(sorted({*last.by, *step.by}))
            passable = last.passable or step.passable
            step = Stage(step.said, by, passable, max(last.within, step.within))  # noqa: PLW2901
        found.append(step)
    return found


def _stage(deal: Agreement, atoms: tuple[Atom, ...]) -> Stage:
    parts: dict[str, list[Atom]] = {}
    verb, *rest = atoms
    name = ""
    for atom in rest:
        if isinstance(atom, Word) and atom.name in _PARTS:
            name = atom.name
            parts[name] = []
        elif name:
            parts[name].append(atom)
    who = tuple(a.name for a in parts.get("by", []) if isinstance(a, Word))
    spans = [a for a in parts.get("within", []) if isinstance(a, Amount)]
    return Stage(
        verb.name if isinstance(verb, Word) else "step",
        _known(deal, who),
        "else" in parts,
        sum(minutes(a) for a in spans),
    )


def _known(deal: Agreement, who: tuple[str, ...]) -> tuple[str, ...]:
    """Return who may act, groups of people spelled out; nobody named means anybody."""
    found = sorted(expanded(deal.text, tuple(w for w in who if w != "undefined")))
    return tuple(found) or ("any",)
