"""L508, exact: every way to a decision about a norm leads through the accused.

What a way is stands in ``ways.py``. Interested are the side that is said to have acted, the groups
that are part of it, its guarantor, and any guarantor with forces here. A body acts when it can
carry a decision without the interested (see L604).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.prove.facts import quoted
from tregua.agreement.prove.question import Counterexample, question
from tregua.agreement.prove.said import ids_of
from tregua.agreement.prove.solve import solve
from tregua.agreement.prove.story import line
from tregua.agreement.prove.system import System
from tregua.agreement.prove.votes import can_act, can_decide, counts_as
from tregua.agreement.prove.ways import ways_to_decision
from tregua.agreement.questions import expanded, listed
from tregua.agreement.rule import miniature
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.model import Agreement, Norm
    from tregua.agreement.prove.story import Line
    from tregua.agreement.prove.ways import Stage, Way

ACCUSED = ("actor", "violator", "controller")
MOST_NAMED = 4  # norms that a sentence names one by one
ANYBODY = ("any", "everyone")
DECIDING = ("determine", "decide", "verify", "refer", "act")  # steps for which a body votes

_WAY = """
{ way(W) : stage(W,_) } = 1.
{ taken(W,S,P) : by(W,S,P); over(W,S) : passable(W,S) } = 1 :- way(W), stage(W,S).
#minimize { 1,S : taken(W,S,P), held(W,S,P) }.
through :- taken(W,S,P), held(W,S,P).
#show taken/3. #show over/2. #show through/0.
"""


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
