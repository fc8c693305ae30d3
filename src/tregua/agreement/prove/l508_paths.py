"""L508, exact: every way to a decision about a norm leads through the accused.

A way is a procedure for violations, step by step, to the step or body that decides; where the text
has no such procedure, it is a verifier of the norm and then somebody who may determine. A step may
be taken by any one of those it names; one with an `else` can be passed over. Interested are the
side that is said to have acted, the groups that are part of it, its guarantor, and any guarantor
with forces here. A body acts when it can carry a decision without the interested (see L604).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.prove.facts import quoted
from tregua.agreement.prove.question import Counterexample, question
from tregua.agreement.prove.said import ids_of, minutes
from tregua.agreement.prove.solve import solve
from tregua.agreement.prove.story import line
from tregua.agreement.prove.system import System
from tregua.agreement.prove.votes import can_act, can_decide, counts_as
from tregua.agreement.questions import expanded, listed, verifiers
from tregua.agreement.rule import miniature
from tregua.agreement.value import Amount, Items, Word
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block
    from tregua.agreement.model import Agreement, Norm
    from tregua.agreement.prove.story import Line
    from tregua.agreement.value import Atom

ACCUSED = ("actor", "violator", "controller")
MOST_NAMED = 4  # norms that a sentence names one by one
ANYBODY = ("any", "everyone")
DECIDING = ("determine", "decide", "verify", "refer", "act")  # steps for which a body votes
_PARTS = ("by", "to", "within", "else")

_WAY = """
{ way(W) : stage(W,_) } = 1.
{ taken(W,S,P) : by(W,S,P); over(W,S) : passable(W,S) } = 1 :- way(W), stage(W,S).
#minimize { 1,S : taken(W,S,P), held(W,S,P) }.
through :- taken(W,S,P), held(W,S,P).
#show taken/3. #show over/2. #show through/0.
"""


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


def _look(deal: Agreement) -> Iterator[Counterexample]:
    """Answer once for each norm, or once for all norms that go the same way."""
    caught: dict[tuple[Way, ...], list[tuple[Norm, tuple[str, ...]]]] = {}
    for norm in (n for n in deal.norms if n.shape != "allow"):
        ways = ways_to_decision(deal, norm)
        bound = [b for b in ids_of(norm.bearers) if deal.anyone(b) is not None]
        held = tuple(b for b in bound if ways and nearest(deal, ways, b)[1])
        if held:
            caught.setdefault(ways, []).append((norm, held))
    for ways, norms in caught.items():
        if ways[0].procedure:
            yield _told(deal, ways, norms, ways[0].procedure)
        else:
            yield from (_told(deal, ways, [pair], pair[0].id) for pair in norms)


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


def interested(deal: Agreement, accused: str) -> frozenset[str]:
    """Return everybody through whose hands the matter of an accused side should not only go."""
    own = counts_as(deal.text, accused)
    guarantors = deal.text.of_kind("guarantor")
    near = {g.id for g in guarantors if own & expanded(deal.text, g.words("of"))}
    here = {g.id for g in guarantors if g.word("has forces here") == "yes"}
    return own | near | here


def is_held(deal: Agreement, who: str, stage: Stage, unwilling: frozenset[str]) -> bool:
    """Say whether a step cannot be taken by somebody without those concerned."""
    able = can_decide if stage.said in DECIDING else can_act
    return not able(deal.text, who, unwilling | frozenset(ACCUSED))


def nearest(
    deal: Agreement, ways: tuple[Way, ...], accused: str
) -> tuple[tuple[tuple[Way, Stage, str], ...], bool]:
    """Return the way with the fewest interested hands, and whether it still leads through them."""
    unwilling = interested(deal, accused)
    lines = []
    for w, way in enumerate(ways):
        for s, stage in enumerate(way.stages):
            lines.append(f"stage({w},{s}).")
            lines += [f"passable({w},{s})."] if stage.passable else []
            lines += [f"by({w},{s},{quoted(p)})." for p in stage.by]
    lines += [
        f"held({w},{s},{quoted(p)})."
        for w, way in enumerate(ways)
        for s, stage in enumerate(way.stages)
        for p in stage.by
        if is_held(deal, p, stage, unwilling)
    ]
    answer = solve("\n".join((*lines, _WAY)))
    assert answer is not None
    taken = sorted((int(w), int(s), p) for w, s, p in answer.of("taken"))
    return tuple((ways[w], ways[w].stages[s], p) for w, s, p in taken), bool(answer.of("through"))


def _told(
    deal: Agreement, ways: tuple[Way, ...], norms: list[tuple[Norm, tuple[str, ...]]], on: str
) -> Counterexample:
    held = sorted({h for _, those in norms for h in those})
    which = f"{held[0]} acted" if len(held) == 1 else f"one of {listed(held)} acted"
    ids = [n.id for n, _ in norms]
    about = listed(ids) if len(ids) <= MOST_NAMED else f"{len(ids)} norms"
    said = f"when {which}, every way to a decision on {about} leads through those concerned"
    marker = f"no way past those concerned when {which}"
    norm, those = norms[0]
    key = "verified by" if on == norm.id else "step"
    return Counterexample(on, said, marker, tuple(_story(deal, norm, ways, those[0])), key=key)


def _story(deal: Agreement, norm: Norm, ways: tuple[Way, ...], accused: str) -> Iterator[Line]:
    days, minute = System(()), 0
    unwilling = interested(deal, accused)
    yield line(days, minute, f"an act of {accused} against {norm.id} is alleged")
    for way, stage, who in nearest(deal, ways, accused)[0]:
        minute += stage.within
        step = f"the step {stage.said}" + (f" of {way.procedure}" if way.procedure else "")
        if not is_held(deal, who, stage, unwilling):
            yield line(days, minute, f"{'anybody' if who in ANYBODY else who} takes {step}")
            continue
        yield line(days, minute, f"only {listed(list(stage.by))} may take {step}")
        for one in stage.by:
            yield line(days, minute, f"{one} {_why(deal, one, accused)}")
        return


def _why(deal: Agreement, who: str, accused: str) -> str:
    """Return why somebody is concerned, as the rest of a sentence."""
    block = deal.text.block(who)
    if block is not None and block.kind == "body":
        return "cannot decide without those concerned"
    if who in counts_as(deal.text, accused) or who in ACCUSED:
        return "is the side said to have acted"
    if block is not None and accused in expanded(deal.text, block.words("of")):
        return f"is guarantor of {accused}"
    return "has forces here"


QUESTION = question(
    "L508",
    _look,
    title="Every way to a decision leads through those concerned",
    severity=Severity.WARNING,
    catalogue=("A04", "G01"),
    what="On every way from a report to a decision that the text opens, some step can be taken "
    "only by the side said to have acted, by its guarantor, by a guarantor with forces here, or by "
    "a body that cannot decide without them. Steps with an `else` can be passed over.",
    why="the bulletins after Astana: two lists, and one guarantor could confirm none of the "
    "other's eleven",
    help="step: determine by <a third party>, or  decides by: majority",
    bad=miniature(
        """
body commission "Joint commission"
    is: joint-commission
    members: a, b
    decides by: consensus
    may: receive, determine

actor far-state "Far state"
    is: state
    may: verify

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    verified by: far-state

procedure incident "From report to decision"
    for: violation
    opened by: all-parties
    step: report by all-parties to commission within 24 hours
    step: verify by far-state within 48 hours
    step: determine by commission within 7 days
""",
        prose="Report within 24 hours, check within 48 hours, decide within 7 days.",
    ),
    good=miniature(
        """
actor far-state "Far state"
    is: state
    may: verify

body commission "Joint commission"
    is: joint-commission
    members: a, b, far-state
    decides by: majority
    may: receive, determine

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    verified by: far-state

procedure incident "From report to decision"
    for: violation
    opened by: all-parties
    step: report by all-parties to commission within 24 hours
    step: verify by far-state within 48 hours
    step: determine by commission within 7 days
""",
        prose="Report within 24 hours, check within 48 hours, decide within 7 days.",
    ),
    settles=False,
)
