"""``tregua what-changed``: which answers later knowledge moved, and which records did it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.cosigned import KnownLogOption, Published
from tregua.cli.where import LEDGER, AtOption, AudienceOption, DealOption, JsonOption, LedgerOption
from tregua.cli.witness import PolicyOption

if TYPE_CHECKING:
    from tregua.assessment.changes import Change, Changes
    from tregua.assessment.live_answers import Version
    from tregua.assessment.model import Assessment
    from tregua.centre import Picture

_SHOWN = 8  # reasons shown for one answer; all of them stand in --json


def what_changed(
    deal: DealOption = None,
    ledger: LedgerOption = LEDGER,
    at: AtOption = "",
    begin: Annotated[
        str, typer.Option("--from", help="Known until: a time, a day, or @N, as in --known-at.")
    ] = "",
    end: Annotated[
        str, typer.Option("--to", help="And until this; default: everything in the ledger.")
    ] = "",
    audience: AudienceOption = "",
    log: KnownLogOption = None,
    policy: PolicyOption = Path("policy"),
    as_json: JsonOption = False,
) -> None:
    """Say which answers about one time changed as more became known, and which entries moved them.

    An answer that moved has a new version, counted from what was answered before; what nothing
    touched is not asked again.

    \b
    Examples:
      tregua what-changed --at 2016-09-15 --from 2016-09-15 --to 2016-09-17
      tregua what-changed --at 2016-09-15 --from @300 --json

    Exit code: 0 nothing changed, 1 something did.
    """
    from tregua.assessment.changes import changes
    from tregua.bulletin.status_changes import status_changes
    from tregua.centre import side_of
    from tregua.cli.print import say, say_json
    from tregua.terms.visible import one_line

    before, after, versions = _two(deal, ledger, at, begin, end, audience, Published(log, policy))
    found = changes(side_of(before), side_of(after), versions)
    zone = before.agreement.zone
    state = status_changes(before.status, after.status, zone=zone)
    if as_json:
        say_json(_json(found, state, before, after))
    else:
        say(*map(one_line, _lines(found, state, before, after)))
    if found.answers or state:
        raise typer.Exit(1)


def _two(
    deal: Path | None,
    ledger: str,
    at: str,
    begin: str,
    end: str,
    audience: str,
    published: Published,
) -> tuple[Picture, Picture, tuple[Version, ...]]:
    """Make the two pictures of one moment, the second with what was kept of the first.

    Raises:
        WrongUse: when nothing says from which state of knowledge.
    """
    from tregua.cli.look import look_again
    from tregua.cli.where import visit_of
    from tregua.errors import WrongUse

    if not begin:
        raise WrongUse(
            "what-changed needs --from: what was known before",
            help="write --from 2016-09-15 or --from @120",
        )
    known, visit = (begin, end), visit_of(audience, ledger)
    return look_again(deal, ledger, at or _now(), known, visit, published)


def _now() -> str:
    """Return this moment, once, so that both pictures are of the same one."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _lines(found: Changes, state: tuple[str, ...], before: Picture, after: Picture) -> list[str]:
    from tregua.bulletin.seen_by import seen_by

    records = f"{len(found.became_known)} records became known, {len(found.revised)} were revised"
    withdrawn = f", {len(found.no_longer)} are no longer known" if found.no_longer else ""
    lines = [
        f"Seen by: {seen_by(after.known)}",
        f"Known before: {before.known.as_of}; known after: {after.known.as_of}",
        f"{records}{withdrawn}",
        *state,
    ]
    for kind in ("changed", "new", "gone"):
        for change in found.of_kind(kind):
            lines += ["", *_change(change)]
    same = len(found.of_kind("support"))
    lines += ["", f"{same} answers stay the same and rest on other records (--json lists them)"]
    if not found.answers and not state:
        lines.append("nothing changed")
    return lines


def _change(change: Change) -> list[str]:
    of = change.of
    head = f"{of.id}  {of.norm}, {of.bearer or 'bearer undefined'}, {of.instance}"
    told = change.told
    moved = f"  {_answer(told.before)} -> {_answer(told.answer)} (version {told.version})"
    lines = [f"{change.kind}: {head}", moved, *(f"  {text}" for text in told.because[:_SHOWN])]
    more = len(told.because) - _SHOWN
    return [*lines, f"  and {more} more"] if more > 0 else lines


def _answer(assessment: Assessment | None) -> str:
    if assessment is None:
        return "no answer"
    why = f" ({', '.join(assessment.reasons)})" if assessment.reasons else ""
    return f"{assessment.answer}{why}, {assessment.state}"


def _json(
    found: Changes, state: tuple[str, ...], before: Picture, after: Picture
) -> dict[str, object]:
    from tregua.bulletin.to_json import envelope

    return {
        "from": envelope(before),
        "to": envelope(after),
        "became known": list(found.became_known),
        "no longer known": list(found.no_longer),
        "revised": [{"record": record, "how": how} for record, how in found.revised],
        "state": list(state),
        "answers": [_change_json(c) for c in found.answers],
    }


def _change_json(change: Change) -> dict[str, object]:
    of = change.of
    return {
        "kind": change.kind,
        "id": of.id,
        "norm": of.norm,
        "bearer": of.bearer,
        "instance": of.instance,
        "version": change.told.version,
        "before": _answer_json(change.told.before),
        "after": _answer_json(change.told.answer),
        "because": [text.removeprefix("because ") for text in change.told.because],
    }


def _answer_json(assessment: Assessment | None) -> dict[str, object] | None:
    if assessment is None:
        return None
    return {
        "answer": str(assessment.answer),
        "reasons": [str(r) for r in assessment.reasons],
        "state": assessment.state,
        "p": [assessment.p.least, assessment.p.most],
        "bounds": [assessment.low, assessment.high],
    }


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("what-changed")(what_changed)
