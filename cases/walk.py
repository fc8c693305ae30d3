"""Walks the whole road for one case and says what differs from what is expected."""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tregua.agreement.lint_deal import lint
from tregua.agreement.profiles import Side, Start, new_deal
from tregua.agreement.read import Reading, read_deal_text
from tregua.centre import KnownAt, Picture, known_in, picture, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.rehearsal.expect import told
from tregua.reports.model import (
    CountClaim,
    Harm,
    Means,
    Naming,
    Observation,
    Origin,
    Record,
    Says,
    Statement,
    Watch,
)
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options
from tregua.reports.to_entry import body_of
from tregua.terms.estimate import at_least, exactly
from tregua.terms.place import Place
from tregua.terms.time import Precision, When, read_time

if TYPE_CHECKING:
    from collections.abc import Iterator

DESK = new_desk(("PUBLIC",))
HEADER = """---
deal: case
title: "A case"
format: tregua-deal/1
authoritative: text
prose: restated
time zone: UTC
---

"""
HEADER_LINES = HEADER.count("\n") + 1  # and the fence line above the first line of the block


def has_two_sides(case: Any) -> bool:
    if profile_of(case):
        return True
    return sorted(re.findall(r"^party ([\w-]+)", case.text("deal"), re.MULTILINE)) == ["a", "b"]


def profile_of(case: Any) -> list[str]:
    """Return ``[NAME, id of one side, id of the other]`` of a deal that begins with a profile."""
    heads = [rest.split() for kind, rest, _ in case.blocks if kind == "deal"]
    return next((head[1:] for head in heads if head[:1] == ["profile"]), [])


def deal_of(case: Any) -> Reading:
    text = case.text("deal")
    if profile := profile_of(case):
        name, *ids = profile
        one, other = (Side(id_, f"Side {id_}") for id_ in ids)
        start = Start("case", sides=(one, other), zone="UTC")
        whole = f"{new_deal(start, profile_name=name)}\n```deal\n{text}```\n"
        return read_deal_text(whole, file="case.deal.md", beside=Path(__file__).parent)
    if text.startswith("---"):
        return read_deal_text(text, file="case.deal.md", beside=Path(__file__).parent)
    whole = f"{HEADER}```deal\n{text}```\n"
    return read_deal_text(whole, file="case.deal.md", beside=Path(__file__).parent)


def differences(case: Any) -> list[str]:
    """Return one line for every expectation that does not hold."""
    wrong: list[str] = []
    for kind, rest, text in case.blocks:
        if kind != "expected":
            continue
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        assert lines, "an `expected` block without a line tests nothing"
        if rest.startswith("at"):
            wrong += _state(case, rest, lines)
        elif rest == "intake":
            wrong += _intake(case, lines)
        else:
            wrong += _notes(case, lines)
    return wrong


# --- the state ----------------------------------------------------------------------------------


def _state(case: Any, rest: str, lines: list[str]) -> list[str]:
    times = re.fullmatch(r"at (\S+)(?: known (\S+))?", rest)
    assert times is not None, f"cannot read: expected {rest}"
    reading = deal_of(case)
    assert not reading.notes, [f"{n.code} {n.said}" for n in reading.notes]
    shown = picture_of(case, reading, _instant(times[1]), times[2])
    return [
        f"expected: {line}\n     got: {got}" for line in lines if (got := told(shown, line)) != line
    ]


def picture_of(case: Any, reading: Reading, at: datetime, known: str | None) -> Picture:
    store = MemoryStore()
    take_in(
        store,
        [(r, body_of(r)) for r in records_of(case)],
        DESK,
        agreement=reading.agreement,
    )
    until = KnownAt()
    if known is not None:
        until = (
            KnownAt(size=int(known[1:]))
            if known.startswith("@")
            else KnownAt(instant=_instant(known))
        )
    return picture(reading.agreement, known_in(store, until), at=at)


def _instant(text: str) -> datetime:
    return read_time(text, "UTC").start


# --- notes and intake ---------------------------------------------------------------------------


def _notes(case: Any, lines: list[str]) -> list[str]:
    reading = deal_of(case)
    supplied = 0 if case.text("deal").startswith("---") else HEADER_LINES
    found = {f"{n.code} at {n.spot.line - supplied}:{n.spot.column}" for n in reading.notes}
    found |= {f"{n.code} on {n.on or 'the deal'}" for n in lint(reading)}
    found |= {
        f"no {line[3:]}" for line in lines if line.startswith("no ") and not _has(found, line[3:])
    }
    return [
        f"expected: {line}\n     got: {', '.join(sorted(found))}"
        for line in lines
        if line not in found
    ]


def _has(found: set[str], what: str) -> bool:
    return any(f == what or f.startswith(what + " ") for f in found)


def _intake(case: Any, lines: list[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.csv"
        path.write_text(case.text("csv"), encoding="utf-8")
        received = datetime(2031, 1, 1, tzinfo=UTC)
        rows = read_file(path, Options(zone="UTC", source="case", received=received)).rows
    found = []
    for row in rows:
        codes = sorted({n.code for n in row.notes})
        state = "refused" if row.is_refused else "accepted"
        found.append(f"row {row.number} {state}" + (f": {', '.join(codes)}" if codes else ""))
    return [
        f"expected: {line}\n     got: {', '.join(found)}" for line in lines if line not in found
    ]


# --- the short tables ---------------------------------------------------------------------------


def records_of(case: Any) -> list[Record]:
    rows = list(_table(case.text("reports")))
    records = [_record(row, number) for number, row in enumerate(rows, 1)]
    names = list(_table(case.text("names")))
    return [*records, *(_naming(row, number) for number, row in enumerate(names, 1))]


def _table(text: str) -> Iterator[dict[str, str]]:
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return
    head = [c.strip() for c in lines[0].split("|")]
    for line in lines[1:]:
        yield dict(zip(head, (c.strip() for c in line.split("|")), strict=True))


def _when(text: str) -> When:
    if "/" not in text:
        return read_time(text, "UTC")
    start, end = (read_time(part, "UTC").start for part in text.split("/"))
    return When(start, end, Precision.PERIOD, "UTC")


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _origin(row: dict[str, str], number: int, when: When) -> Origin:
    known = _instant(row["known"]) if row.get("known") else when.start
    key = row.get("key") or f"r{number}"
    return Origin(key=key, source="case", reporter=row["from"], known=known)


def _place(name: str) -> Place:
    match = re.fullmatch(r"(-?[\d.]+) (-?[\d.]+) ([\d.]+) m", name)
    if match is None:
        return Place(name=name)
    return Place(name="a point", lon=float(match[1]), lat=float(match[2]), radius_m=float(match[3]))


def _record(row: dict[str, str], number: int) -> Record:
    when = _when(row["when"])
    origin = _origin(row, number, when)
    if row["what"] == "watched":
        return Watch(origin, when, _place(row["where"]), row.get("how", ""))
    if row.get("says"):
        return _statement(row, origin, when)
    if row.get("number"):
        return CountClaim(origin, when, exactly(int(row["number"])), row["what"], _list(row["by"]))
    return Observation(
        origin,
        when,
        row["what"],
        _place(row["where"]),
        by=_list(row["by"]),
        against=_list(row["against"]),
        harm=Harm(killed=_killed(row.get("killed", ""))),
        means=Means(row.get("how") or "not stated"),
        matter=row.get("matter", ""),
        certain=row.get("p") == "1",
    )


def _killed(text: str) -> Any:
    if not text:
        return Harm().killed
    return at_least(int(text[:-1])) if text.endswith("+") else exactly(int(text))


def _statement(row: dict[str, str], origin: Origin, when: When) -> Statement:
    number, _, unit = row.get("quantity", "").partition(" ")
    return Statement(
        origin,
        when,
        Says(row["says"]),
        _list(row["by"]),
        about=row.get("about", ""),
        at=read_time(row["at"], "UTC") if row.get("at") else None,
        quantity=float(number) if number else None,
        unit=unit,
        claim=row["what"],
    )


def _naming(row: dict[str, str], number: int) -> Naming:
    origin = Origin(
        f"n{number}", "case", "the clerk", datetime(2000, 1, 1, tzinfo=UTC) + timedelta(0)
    )
    return Naming(
        origin,
        row["name"],
        stands_for=_list(row.get("stands for", "")),
        speaks_for=_list(row.get("speaks for", "")),
        office=row.get("office", ""),
    )
