"""The trees of some answers as JSON, and a folder with which anybody can check them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tregua.assessment.model import Assessment
    from tregua.assessment.to_tree import AsOf
    from tregua.centre import Picture
    from tregua.sharing.visit import Visit
    from tregua.status.model import ClockState


def trees_of(
    assessments: Iterable[Assessment], picture: Picture, ledger: str, visit: Visit
) -> list[dict[str, object]]:
    """Return the tree of each answer; ``not considered`` names what became known later."""
    from tregua.assessment.to_tree import trees_json

    editions = (e.agreement for e in picture.editions)
    return list(trees_json(assessments, editions, _as_of(picture, ledger, visit)))


def _as_of(picture: Picture, ledger: str, visit: Visit) -> AsOf:
    from tregua.assessment.to_tree import AsOf
    from tregua.centre import KnownAt, known_in
    from tregua.ledger.open import open_for_reading

    known = picture.known
    with open_for_reading(ledger) as store:
        every = known_in(store, KnownAt(), visit=visit).positions
    held = dict(known.positions)
    # A record of which a newer version came later was considered, in its older words.
    later = tuple(sorted(record for record, _ in every if record not in held))
    digests = (("model", picture.deal.model_digest), ("text", picture.deal.text.digest))
    return AsOf(picture.at, known.size, known.root, known.instant, later, digests)


def clock_trees_of(
    clocks: Iterable[ClockState], picture: Picture, ledger: str, visit: Visit
) -> list[dict[str, object]]:
    """Return the tree of each clock."""
    from tregua.status.clock_tree import clock_tree

    as_of = _as_of(picture, ledger, visit)
    blocks = {c.id: c for c in picture.agreement.clocks}
    return [clock_tree(blocks[c.id], c, picture.facts, as_of) for c in clocks]


def export_trees(
    assessments: Iterable[Assessment],
    clocks: Iterable[ClockState],
    picture: Picture,
    ledger: str,
    folder: Path,
    visit: Visit,
) -> None:
    """Write the trees, the entries that they were made from, and the checker into a folder.

    An answer about a whole time, or a clock, names incidents; their trees are written as well.

    Raises:
        StoreUnwritable: when the folder cannot be written.
    """
    import json

    from tregua.cli.checker_file import checker
    from tregua.cli.write_whole import write_whole
    from tregua.ledger.open import open_for_reading
    from tregua.sharing.reading import lines_for

    _make(folder)
    clocks = list(clocks)
    asked = [*assessments, *_about(clocks, picture)]
    trees = trees_of(_with_incidents(asked, picture), picture, ledger, visit)
    trees += clock_trees_of(clocks, picture, ledger, visit)
    text = json.dumps(trees, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    with open_for_reading(ledger) as store:
        entries = tuple(store.entries(0, picture.known.size))
        bodies = visit.bodies(store, entries)
        told = lines_for(entries, bodies, audience=visit.audience, releasers=visit.releasers)
        lines = b"".join(line + b"\n" for line in told)
    write_whole(text.encode("utf-8"), folder / "tree.json")
    write_whole(lines, folder / "entries.jsonl")
    write_whole(checker(), folder / "check_tree.py")


def _make(folder: Path) -> None:
    from tregua.errors import StoreUnwritable

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or "it cannot be made"
        raise StoreUnwritable(folder, why, left="nothing of it was written") from error


def _about(clocks: list[ClockState], picture: Picture) -> list[Assessment]:
    """Return the answers about the incidents that may move one of the clocks."""
    ids = {a for clock in clocks for day in clock.days for a in day.assessments}
    return [a for a in picture.assessments if a.id in ids]


def _with_incidents(assessments: Iterable[Assessment], picture: Picture) -> list[Assessment]:
    """Return the answers, and for one about a whole time those about its incidents as well."""
    asked = list(assessments)
    whole = {(a.norm, a.bearer) for a in asked if a.instance == "whole"}
    ids = {a.id for a in asked}
    return asked + [
        a
        for a in picture.assessments
        if (a.norm, a.bearer) in whole and a.id not in ids and a.instance != "whole"
    ]
