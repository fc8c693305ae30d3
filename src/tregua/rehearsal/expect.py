"""Expectations in words: what a line expects, and what the picture says in the same form.

Forms (02, 3.7 ``scenario``): ``NORM violated by X`` · ``NORM kept by X`` · ``NORM undetermined by X
because REASON`` · ``CLOCK = 0 days`` · ``CLOCK 4..7 days`` · ``GATE shut`` · ``PHASE in-force`` ·
``NOTE L601 on NAME``. Cases use a few more: ``NORM is not assessed``, ``NORM not assessed for X``,
``NORM kept by X in words 1`` (of a norm that was amended), ``consequence of NORM:
STATE``, ``2 incidents``, ``KEY may be by a, unknown``, ``KEY is contested``, ``finding on NORM by
BODY: violated by X, as assessed: undetermined``, ``no finding on NORM (by BODY)``, ``p of NORM by
X: 0.50 of all worlds``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from tregua.agreement.lint_deal import lint
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.agreement.read import Reading
    from tregua.attribution.model import Attributed
    from tregua.centre import Picture

    Tell: TypeAlias = Callable[[Picture, re.Match[str]], str]


def told(shown: Picture, line: str) -> str:
    """Return what the picture says in the form of the expected line; equal when it holds.

    Raises:
        WrongUse: when the line is no form of expectation.
    """
    for pattern, tell in FORMS:
        match = re.fullmatch(pattern, line)
        if match is not None:
            return tell(shown, match)
    raise WrongUse(f"not a form of expectation: {line}", help="NORM violated by X; CLOCK = 0 days")


def note_told(reading: Reading, line: str) -> str:
    """Return what the linter says about a line ``NOTE CODE on NAME``."""
    code, _, name = line.removeprefix("NOTE ").partition(" on ")
    given = {(n.code, n.on) for n in lint(reading)}
    return line if (code, name) in given else f"no NOTE {code} on {name}"


def _answer(shown: Picture, m: re.Match[str]) -> str:
    norm, by = m["norm"], m["by"]
    wanted = [r.strip() for r in (m["because"] or "").split(",")]
    found = [
        a
        for a in shown.assessments
        if a.norm == norm and a.bearer == by and not a.instance.startswith("I-")
    ]
    words = list(dict.fromkeys(a.held for a in found))
    if m["words"] is not None:
        asked = words[int(m["words"]) - 1 : int(m["words"])]
        found = [a for a in found if a.held in asked]
    if not found:
        return f"{norm} not assessed for {by}"
    last = found[-1]
    reasons = [str(r) for r in last.reasons]
    named = [w for w in wanted if w in reasons] or reasons
    because = f" because {', '.join(named)}" if reasons else ""
    in_words = "" if m["words"] is None else f" in words {m['words']}"
    return f"{norm} {last.answer} by {by}{in_words}{because}"


def _probability(shown: Picture, m: re.Match[str]) -> str:
    found = [
        a.p
        for a in shown.assessments
        if (a.norm, a.bearer, a.instance) == (m["norm"], m["by"], "whole")
    ]
    return f"p of {m['norm']} by {m['by']}: {found[0] if found else 'not assessed'}"


def _unassessed(shown: Picture, m: re.Match[str]) -> str:
    answers = sorted({str(a.answer) for a in shown.assessments if a.norm == m["norm"]})
    return m[0] if not answers else f"{m['norm']} assessed: {', '.join(answers)}"


def _clock(shown: Picture, m: re.Match[str]) -> str:
    clock = next((c for c in shown.status.clocks if c.id == m["clock"]), None)
    if clock is None:
        return f"{m['clock']} not found"
    one = clock.low == clock.high and ".." not in m[0]
    hands = f"= {clock.low}" if one else f"{clock.low}..{clock.high}"
    return f"{clock.id} {hands} {clock.unit}"


def _state(shown: Picture, m: re.Match[str]) -> str:
    name, status = m["name"], shown.status
    states = [(g.id, g.state) for g in status.gates] + [(p.id, p.state) for p in status.phases]
    states += [(d.consequence, d.state) for d in status.dues]
    found = [state for thing, state in states if thing == name]
    return f"{name} {found[0]}" if found else f"{name} not found"


def _due(shown: Picture, m: re.Match[str]) -> str:
    states = sorted({d.state for d in shown.status.dues if d.norm == m["norm"]})
    return f"consequence of {m['norm']}: {', '.join(states) or 'none'}"


def _finding(shown: Picture, m: re.Match[str]) -> str:
    found = [f for f in shown.status.findings if f.norm == m["norm"] and m["body"] in f.by]
    if not found:
        return f"no finding on {m['norm']} by {m['body']}"
    last = found[-1]
    by = f" by {', '.join(last.bearers)}" if last.bearers else ""
    answers = ", ".join(last.assessed) or "not assessed"
    found_by = f"finding on {last.norm} by {m['body']}"
    return f"{found_by}: {last.answer}{by}, as assessed: {answers}"


def _no_finding(shown: Picture, m: re.Match[str]) -> str:
    found = {who for f in shown.status.findings if f.norm == m["norm"] for who in f.by}
    by = sorted(found & {m["body"]} if m["body"] else found)
    return f"finding on {m['norm']} by {', '.join(by)}" if by else m[0]


def _incidents(shown: Picture, m: re.Match[str]) -> str:
    del m
    return f"{len(shown.attributed)} incidents"


def _may(shown: Picture, m: re.Match[str]) -> str:
    found = _of(shown, m["key"])
    if found is None:
        return f"{m['key']} not found"
    may = [h.who for h in found.actors if h.may]
    wanted = [w for w in m["who"].split(", ") if w in may]  # their order carries no meaning
    return f"{m['key']} may be by {', '.join([*wanted, *(w for w in may if w not in wanted)])}"


def _contested(shown: Picture, m: re.Match[str]) -> str:
    found = _of(shown, m["key"])
    if found is None:
        return f"{m['key']} not found"
    return f"{m['key']} is {'contested' if found.contested else 'not contested'}"


def _of(shown: Picture, key: str) -> Attributed | None:
    """Return the incident of which a record has this key, within whatever source."""
    for one in shown.attributed:
        if any(o.origin.key == key for o in one.incident.observations):
            return one
    return None


_BY = r"by (?P<by>[\w-]+)(?: in words (?P<words>\d+))?"
_FINDING = (
    r"finding on (?P<norm>[\w-]+) by (?P<body>[\w-]+): \w+( by [\w, -]+)?, "
    r"as assessed: [\w, -]+"
)
FORMS: tuple[tuple[str, Tell], ...] = (
    (rf"(?P<norm>[\w-]+) (?:kept|violated) {_BY}(?P<because>)", _answer),
    (rf"(?P<norm>[\w-]+) undetermined {_BY} because (?P<because>[\w, -]+)", _answer),
    (r"(?P<norm>[\w-]+) not assessed for (?P<by>[\w-]+)(?P<words>\d)?(?P<because>)", _answer),
    (r"(?P<norm>[\w-]+) is not assessed", _unassessed),
    (r"p of (?P<norm>[\w-]+) by (?P<by>[\w-]+): [\w. ]+", _probability),
    (r"(?P<clock>[\w-]+) = \d+ \w+", _clock),
    (r"(?P<clock>[\w-]+) \d+\.\.\d+ \w+", _clock),
    (r"consequence of (?P<norm>[\w-]+): [\w, -]+", _due),
    (_FINDING, _finding),
    (r"no finding on (?P<norm>[\w-]+)(?: by (?P<body>[\w-]+))?", _no_finding),
    (r"\d+ incidents", _incidents),
    (r"(?P<key>\w+) may be by (?P<who>[\w, -]+)", _may),
    (r"(?P<key>\w+) is (?:not )?contested", _contested),
    (r"(?P<name>[\w-]+) [\w-]+", _state),
)
