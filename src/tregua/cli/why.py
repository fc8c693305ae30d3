"""``tregua why ID``: how an answer was reached, down to the records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.cosigned import KnownLogOption, Published
from tregua.cli.where import (
    LEDGER,
    AtOption,
    AudienceOption,
    DealOption,
    JsonOption,
    KnownAtOption,
    LedgerOption,
)
from tregua.cli.witness import PolicyOption

if TYPE_CHECKING:
    from tregua.assessment.model import Assessment
    from tregua.attribution.model import Attributed
    from tregua.centre import Picture


def why(
    what: Annotated[
        str,
        typer.Argument(
            help="An assessment (A-...), an incident (I-...), a norm, a clock, a gate, or a record."
        ),
    ],
    deal: DealOption = None,
    ledger: LedgerOption = LEDGER,
    at: AtOption = "",
    known_at: KnownAtOption = "",
    audience: AudienceOption = "",
    log: KnownLogOption = None,
    policy: PolicyOption = Path("policy"),
    as_json: JsonOption = False,
    export: Annotated[
        Path | None,
        typer.Option(
            help="Also write tree.json, entries.jsonl and the checker into this folder, so that "
            "anybody can check the answer with Python alone."
        ),
    ] = None,
) -> None:
    """Tell how an answer was reached: clause, reports, what was tested, what would change it.

    \b
    Examples:
      tregua why attacks --at 2016-09-20
      tregua why A-1f3a90c2 --at 2016-09-20
      tregua why I-77ab0d10 --at 2016-09-20
      tregua why calm --at 2016-09-20
      tregua why attacks --at 2016-09-20 --export for-the-other-side
    """
    from tregua.assessment.explain import because_lines, tree_lines
    from tregua.bulletin.seen_by import doubted_words, seen_by
    from tregua.bulletin.to_json import envelope, plain
    from tregua.cli.export_tree import clock_trees_of, export_trees, trees_of
    from tregua.cli.look import look
    from tregua.cli.print import say, say_json
    from tregua.cli.where import visit_of
    from tregua.status.explain import clock_standing, gate_standing
    from tregua.terms.visible import one_line

    visit = visit_of(audience, ledger, how="view" if export is None else "export")
    picture = look(deal, ledger, at, known_at, visit, Published(log, policy))
    assessments = _assessments(picture, what)
    incidents = [a for a in picture.attributed if what in (a.incident.id, *a.incident.record_ids)]
    clocks = [c for c in picture.status.clocks if c.id == what]
    gates = [g for g in picture.status.gates if g.id == what]
    if not (assessments or incidents or clocks or gates):
        raise _nothing(picture, what)
    if export is not None:
        export_trees(assessments, clocks, picture, ledger, export, visit)
    if as_json:
        told = {
            "assessments": trees_of(assessments, picture, ledger, visit),
            "incidents": plain(incidents),
            "clocks": clock_trees_of(clocks, picture, ledger, visit),
            "gates": [plain(gate_standing(g, picture.attributed)) for g in gates],
        }
        say_json({**envelope(picture), **told})
        return
    for attributed in incidents:
        say(*map(one_line, _incident(attributed)), "")
    for assessment in assessments:
        say(*map(one_line, tree_lines(assessment)), "")
    standing = [clock_standing(c, picture.attributed) for c in clocks]
    for one in (*standing, *(gate_standing(g, picture.attributed) for g in gates)):
        say(*map(one_line, [one.says, *because_lines(one.because)]), "")
    say(f"Seen by {seen_by(picture.known)}.", *map(one_line, doubted_words(picture.known)))
    say(
        f"Checked against {picture.known.size} entries, root {picture.known.root[:16]}. "
        "Next: tregua audit"
    )
    if export is not None:
        say(f"In {export}: python check_tree.py tree.json entries.jsonl")


def _assessments(picture: Picture, what: str) -> list[Assessment]:
    exact = [a for a in picture.assessments if a.id == what]
    if exact:
        return exact
    if any(a.norm == what for a in picture.assessments):
        return [
            a for a in picture.assessments if a.norm == what and not a.instance.startswith("I-")
        ]
    return [a for a in picture.assessments if what in a.incidents and a.instance.startswith("I-")]


def _nothing(picture: Picture, what: str) -> Exception:
    from difflib import get_close_matches

    from tregua.errors import WrongUse

    known = [a.id for a in picture.assessments] + [n.id for n in picture.agreement.norms]
    known += [a.incident.id for a in picture.attributed]
    known += [c.id for c in picture.status.clocks] + [g.id for g in picture.status.gates]
    near = get_close_matches(what, known, n=1)
    hint = f"did you mean {near[0]}?" if near else "`tregua bulletin --json` lists every id"
    return WrongUse(f"nothing here has the id {what!r} at this time, as known then", help=hint)


def _incident(attributed: Attributed) -> list[str]:
    from tregua.terms.time import show_when

    i = attributed.incident
    kinds = ", ".join(k or "act not stated" for k in i.kinds)
    lines = [f"{i.id}: {kinds} at {i.place}, {show_when(i.when)}"]
    lines.append(f"  killed, widest range claimed: {i.killed}")
    for o in i.observations:
        who = " or ".join(o.by) or "nobody accused"
        lines.append(
            f"  {o.origin.id}  {o.origin.reporter}: by {who}; killed {o.harm.killed}; "
            f"{o.origin.summary}"
        )
    lines += [
        f"  {r.origin.id}  {' and '.join(r.by)} {r.says}: {r.claim or r.origin.summary}"
        for r in i.replies
    ]
    for link in i.links:
        lines.append(f"  joined: {link.first} and {link.second}")
        lines += [
            f"    {'+' if x.speaks_for_joining else '-'} {x.feature}: {x.says}"
            for x in link.reasons
        ]
    for h in attributed.actors:
        said = f"; said by {', '.join(h.said_by)}" if h.said_by else ""
        denied = f"; denied by {', '.join(h.denied_by)}" if h.denied_by else ""
        certain = " certain" if h.must else (" possible" if h.may else " not possible")
        lines.append(f"  who: {h.who} {h.share:.0%},{certain}{said}{denied}")
    return lines


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("why")(why)
