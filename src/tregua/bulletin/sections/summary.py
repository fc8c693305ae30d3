"""The first half page: what a reader in a hurry must know, each point with its number's records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Num, Points, Text
from tregua.bulletin.section import at_zone, count, name_of
from tregua.centre import tallies_of
from tregua.reports.model import Watch

if TYPE_CHECKING:
    from tregua.bulletin.blocks import Block, Line, Run
    from tregua.centre import Picture
    from tregua.status.model import ClockState

NAME = "summary"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose at most seven points, in the order in which a mediator asks."""
    points = (
        *_phases(picture),
        *_clocks(picture),
        _answers(picture),
        _consequences(picture),
        *_aid(picture),
        *_tallies(picture),
        _coverage(picture),
    )
    return (Heading("Summary", "summary"), Points(points))


def _phases(picture: Picture) -> tuple[Line, ...]:
    begun = [p for p in picture.status.phases if p.start is not None and p.start < picture.at]
    if not begun:
        return ((Text("No phase of the deal is known to have begun."),),)
    return tuple(
        (
            Text(
                f"{p.title}: {p.state.replace('-', ' ')}; "
                f"from {at_zone(p.start, picture.agreement)}"
            ),
            Text(f" until {at_zone(p.end, picture.agreement)}." if p.end else "; its end is open."),
        )
        for p in begun
    )


def _clocks(picture: Picture) -> tuple[Line, ...]:
    records = tuple(sorted({r for a in picture.attributed for r in a.incident.record_ids}))
    lines = []
    for c in picture.status.clocks:
        target = "" if c.target is None else f" of {c.target}"
        who = ", ".join(name_of(picture.agreement, w) for w in c.certifier) or "nobody"
        lines.append(
            (
                Text(f"{c.title}: "),
                Num(str(c.low), f"{c.id}: certain {c.unit}", records, "all records"),
                Text(f"{target} {c.unit} certain, up to "),
                Num(str(c.high), f"{c.id}: possible {c.unit}", records, "all records"),
                Text(f" possible; {_reached(c)}; the text lets {who} certify it."),
            )
        )
    return tuple(lines)


def _reached(clock: ClockState) -> str:
    words = {True: "completed", False: "not completed", None: "at no time completed for certain"}
    return words[clock.reached]


def _answers(picture: Picture) -> Line:
    whole = [a for a in picture.assessments if not a.instance.startswith("I-")]
    runs: list[Run] = [Text(f"{len(whole)} answers on what the deal asks: ")]
    for word in ("violated", "kept", "undetermined"):
        found = [a for a in whole if a.answer == word]
        records = tuple(sorted({r for a in found for r in a.records}))
        runs.append(
            count(records, f"answers that are {word}", value=len(found), searched="all assessments")
        )
        runs.append(Text(f" {word}, " if word != "undetermined" else " undetermined"))
    reasons = Counter(str(r) for a in whole for r in a.reasons)
    told = ", ".join(
        f"{reason} ({n})" for reason, n in sorted(reasons.items(), key=lambda x: (-x[1], x[0]))
    )
    runs.append(Text(f"; reasons: {told}." if told else "."))
    return tuple(runs)


def _consequences(picture: Picture) -> Line:
    named = [d for d in picture.status.dues if d.state in ("due", "overdue")]
    if named:
        told = "; ".join(f"{d.consequence} on {', '.join(d.on_whom)}: {d.state}" for d in named)
        return (Text(f"Consequences: {told}."),)
    if not picture.agreement.consequences:
        return (Text("Consequences due: none. The deal names no consequence for any violation."),)
    return (Text("Consequences due: none by now."),)


def _aid(picture: Picture) -> tuple[Line, ...]:
    chosen = [
        a
        for a in picture.assessments
        if a.id in picture.status.aid and not a.instance.startswith("I-")
    ]
    if not chosen:
        return ()
    kept = [a for a in chosen if a.answer == "kept"]
    records = tuple(sorted({r for a in chosen for r in a.records}))
    return (
        (
            Text("Aid access: "),
            count(
                records,
                "answers on duties of aid access that are kept",
                value=len(kept),
                searched="all reports of aid",
            ),
            Text(" of "),
            count(
                records,
                "answers on duties of aid access",
                value=len(chosen),
                searched="all assessments",
            ),
            Text(" duties can be called kept; what was asked, delayed and delivered stands below."),
        ),
    )


def _tallies(picture: Picture) -> tuple[Line, ...]:
    lines = []
    for tallies in tallies_of(picture):
        bounds = tallies.bounds
        if bounds is None:
            continue
        outcome = "may be compared" if tallies.comparable else "cannot be compared or added"
        lines.append(
            (
                Text(f"{bounds.claimant_a} counts "),
                Num(str(bounds.total_a), f"sum of what {bounds.claimant_a} counts", bounds.records),
                Text(f", {bounds.claimant_b} counts "),
                Num(str(bounds.total_b), f"sum of what {bounds.claimant_b} counts", bounds.records),
                Text(f": the two {outcome}."),
            )
        )
    return tuple(lines)


def _coverage(picture: Picture) -> Line:
    watches = [
        r for r in picture.known.records if isinstance(r, Watch) and r.when.start < picture.at
    ]
    records = tuple(w.origin.id for w in watches)
    number = count(records, "watches recorded", searched="all records")
    return (
        Text("Watched: "),
        number,
        Text(" places and times; everywhere else not observed, and not observed is never kept."),
    )
