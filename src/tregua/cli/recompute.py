"""``tregua recompute``: makes a published answer again and compares every value."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tregua.cli.cosigned import KnownLogOption, Published
from tregua.cli.where import LEDGER, DealOption, JsonOption, LedgerOption
from tregua.cli.witness import PolicyOption

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement
    from tregua.centre import KnownAt, Picture

_SHOWN = 10  # differences shown; their number is said


def recompute(
    published: Annotated[
        Path, typer.Argument(help="What `status --json` or `bulletin --format json` wrote.")
    ],
    deal: DealOption = None,
    ledger: LedgerOption = LEDGER,
    log: KnownLogOption = None,
    policy: PolicyOption = Path("policy"),
    as_json: JsonOption = False,
) -> None:
    """Make an answer again from deal and ledger, at its own two times, and compare every value.

    An answer that was made with --log needs it again where keys were reported lost.

    \b
    Examples:
      tregua recompute status.json
      tregua recompute bulletin.json --deal deal.deal.md --ledger copy.sqlite

    Exit code: 0 the same value by value, 1 some value differs, 3 it cannot be read or is about
    another deal, 4 the ledger at hand is not the one it was made from.
    """
    from itertools import islice

    from tregua.bulletin.differences import count_values, differences
    from tregua.cli.print import say, say_json

    answer = _read(published)
    again = _again(answer, published, deal, ledger, Published(log, policy))
    found = list(differences(answer, again))
    if as_json:
        say_json({"same": not found, "values": count_values(answer), "differences": found})
    elif found:
        say(f"{published.name}: {len(found)} values differ", *islice(found, _SHOWN))
    else:
        say(f"{published.name}: the same, value by value ({count_values(answer)} values)")
    if found:
        raise typer.Exit(1)


def _read(path: Path) -> dict[str, Any]:
    """Read a published answer.

    Raises:
        InputUnreadable: when it is no JSON, or does not say what it was made from.
    """
    import json

    from tregua.errors import InputUnreadable

    try:
        value = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputUnreadable(path, error.strerror or "it cannot be read") from error
    except (ValueError, RecursionError) as error:
        raise InputUnreadable(path, "it is not JSON") from error
    try:
        _ = value["at"], value["known_at"]["until"], value["deal"]["id"], value["status"]
        _ = value["checkpoint"]["size"] + 0, value["checkpoint"]["root"]
        _ = value["view"]["audience"] + ""
    except (KeyError, TypeError, IndexError) as error:
        raise InputUnreadable(
            path,
            "it does not say from which deal, times and ledger it was made",
            help="give what `tregua status --json` or `tregua bulletin --format json` wrote",
        ) from error
    found: dict[str, Any] = value
    return found


def _again(
    answer: dict[str, Any],
    published: Path,
    deal: Path | None,
    ledger: str,
    published_log: Published,
) -> dict[str, Any]:
    """Make the answer again, as JSON gives it back."""
    import json

    from tregua.bulletin.to_json import picture_json, status_json
    from tregua.cli.where import read_agreement

    agreement = read_agreement(deal).agreement
    _same_deal(answer, agreement, published)
    picture = _picture(answer, published, agreement, ledger, published_log)
    made = picture_json(picture) if "assessments" in answer else status_json(picture)
    found: dict[str, Any] = json.loads(json.dumps(made))
    return found


def _same_deal(answer: dict[str, Any], agreement: Agreement, published: Path) -> None:
    """Refuse another deal.

    Raises:
        InputUnreadable: the text or the meaning of the deal at hand has another digest.
    """
    from tregua.bulletin.to_json import deal_json
    from tregua.errors import InputUnreadable

    here = deal_json(agreement)
    if answer["deal"] != here:
        what = next((k for k in here if answer["deal"].get(k) != here[k]), "id")
        raise InputUnreadable(
            published,
            f"it was made from another deal: its {what} is not that of the deal at hand",
            help="take the deal text that the answer names by its text_sha256",
        )


def _picture(
    answer: dict[str, Any],
    published: Path,
    agreement: Agreement,
    ledger: str,
    published_log: Published,
) -> Picture:
    """Make the picture at the two times of the answer, from as many entries.

    Raises:
        LedgerDamaged: the ledger at hand has fewer entries, or others.
        InputUnreadable: a time of the answer is none.
    """
    from tregua.centre import known_in, picture
    from tregua.cli.where import visit_of
    from tregua.errors import InputUnreadable, LedgerDamaged
    from tregua.ledger.open import open_for_reading

    checkpoint = answer["checkpoint"]
    try:
        at, asked = _instant(answer["at"]), _asked(answer)
    except (TypeError, ValueError) as error:
        raise InputUnreadable(published, "one of its times is no time") from error
    with open_for_reading(ledger) as store:
        held = store.size()
        if not 0 <= checkpoint["size"] <= held:
            why = f"it has {held} entries, the answer was made from {checkpoint['size']}"
            raise LedgerDamaged(store.name, why)
        if store.root_at(checkpoint["size"]).hex() != checkpoint["root"]:
            why = f"its first {checkpoint['size']} entries do not give the root of the answer"
            raise LedgerDamaged(store.name, why)
        visit, seen = visit_of(answer["view"]["audience"], ledger), published_log.seen(store)
        known = known_in(store, asked, zone=agreement.zone, visit=visit, seen=seen)
    return picture(agreement, known, at=at)


def _asked(answer: dict[str, Any]) -> KnownAt:
    from tregua.centre import KnownAt

    known = answer["known_at"]
    until, moment = known["until"], known.get("moment")
    return KnownAt(
        answer["checkpoint"]["size"],
        _instant(until) if until else None,
        _instant(moment) if moment else None,
        known.get("provisional", 0) + 0,
    )


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without a zone is not a time")
    return at.astimezone(UTC)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("recompute")(recompute)
