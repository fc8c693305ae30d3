"""``tregua publish FOLDER``: one beat of the centre, or one after the other."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import LEDGER, JsonOption, LedgerOption
from tregua.cli.witness import PolicyOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.annex import Annex
    from tregua.ledger.beat.asked import Waiting
    from tregua.ledger.beat.publish import Published
    from tregua.ledger.signing.desk import Desk
    from tregua.ledger.store import Store

MINUTE, HOUR = 60, 3600


def publish(
    folder: Annotated[Path, typer.Argument(help="Where the log lies as files.")],
    ledger: LedgerOption = LEDGER,
    key: Annotated[Path, typer.Option("--key", help="The log's secret.")] = Path("log.key"),
    policy: PolicyOption = Path("policy"),
    patience: Annotated[
        int, typer.Option(help="Hours until a missing acknowledgement is overdue.", min=1)
    ] = 12,
    take: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint that a mirror cosigned and sent by hand."),
    ] = None,
    every: Annotated[
        int, typer.Option(help="Go on, a beat every so many minutes; 0 for one beat.", min=0)
    ] = 0,
    as_json: JsonOption = False,
) -> None:
    """Write the record as files, sign its size and root, and ask the sides to acknowledge it.

    What is signed lies in FOLDER/checkpoint.pending; FOLDER/checkpoint follows when the policy is
    met. Who has not acknowledged is named, with the time since when; what is overdue is recorded.
    Who read what on the days that are over is told to the record first, as a digest.

    \b
    Examples:
      tregua publish public --key log.key --policy policy
      tregua publish public --every 60
      tregua publish public --take from-side-b.checkpoint

    Exit code: 0 acknowledged as the policy asks, 1 somebody has not acknowledged, 3 key or policy
    cannot be read, 4 the record is not what was signed, 5 ledger or folder cannot be used.
    """
    import gc
    from time import sleep

    from tregua.cli.listen import posix_now

    code = _beat(folder, ledger, key, policy, patience, take or [], as_json=as_json)
    if not every:
        raise typer.Exit(code)
    gc.enable()  # this process stays
    while True:
        sleep(every * MINUTE - posix_now() % (every * MINUTE))
        _beat(folder, ledger, key, policy, patience, [], as_json=as_json)


def _beat(
    folder: Path,
    ledger: str,
    key: Path,
    policy: Path,
    patience: int,
    take: list[Path],
    *,
    as_json: bool,
) -> int:
    from tregua.cli.listen import bytes_in, policy_in, posix_now
    from tregua.ledger.beat.notice import notice_overdue
    from tregua.ledger.beat.publish import publish as publish_record
    from tregua.ledger.notes.key_file import read_key_file
    from tregua.ledger.notes.note import MAX_NOTE, read_note
    from tregua.ledger.open import open_for_reading

    now = posix_now()
    handed = tuple(read_note(bytes_in(path, most=MAX_NOTE)) for path in take)
    _tell_who_read(ledger, now)
    with open_for_reading(ledger) as store:
        published = publish_record(
            store,
            folder,
            read_key_file(key),
            policy_in(policy),
            now=now,
            patience=patience * HOUR,
            handed=handed,
        )
    if any(waiting.is_overdue for waiting in published.waiting):
        with _signing(ledger) as (store, desk, annex):
            notice_overdue(store, folder, published, desk, annex, now=now)
    _show(published, now, as_json=as_json)
    return 1 if published.waiting else 0


def _tell_who_read(ledger: str, now: int) -> None:
    """Tell the record who read what on the days that are over, before its size is signed."""
    from tregua.cli.desk import PARTY
    from tregua.ledger.beat.notice_accesses import notice_accesses, untold
    from tregua.ledger.open import open_for_reading

    with open_for_reading(ledger) as store:
        due = untold(store, PARTY, now=now)
    if due:
        with _signing(ledger) as (store, desk, annex):
            notice_accesses(store, desk, annex, now=now)


@contextmanager
def _signing(ledger: str) -> Iterator[tuple[Store, Desk, Annex]]:
    """Open the ledger for writing, with the keys of its desk and the annex under which they count.

    Raises:
        InputUnreadable: keys or annex are not there.
    """
    from tregua.cli.desk import annex_needed, desk_beside
    from tregua.ledger.open import open_for_writing
    from tregua.ledger.signed import SignedEntry

    with open_for_writing(ledger) as store:
        # A ledger begun before entries were signed gets its keys with the first signature.
        begun = any(isinstance(entry, SignedEntry) for _, entry in store.entries())
        desk = desk_beside(ledger, begun=begun)
        yield store, desk, annex_needed(ledger)


def _show(published: Published, now: int, *, as_json: bool) -> None:
    from tregua.cli.print import say, say_json
    from tregua.terms.time import show_seconds

    head = published.held.head
    if as_json:
        say_json(
            {
                "checkpoint": {"size": head.size, "root": head.root.hex()},
                "met": published.held.is_met,
                "acknowledged": {c.key.name: show_seconds(time) for c, time in published.held.by},
                "waiting": {w.cosigner.key.name: _as_json(w) for w in published.waiting},
            }
        )
        return
    state = "acknowledged as the policy asks" if published.held.is_met else "pending"
    say(f"{head.origin}: {head.size} entries, root {head.root.hex()}, {state}.")
    say(
        *(f"{c.key.name} acknowledged it at {show_seconds(time)}." for c, time in published.held.by)
    )
    say(*(w.sentence(now) for w in published.waiting))


def _as_json(waiting: Waiting) -> dict[str, object]:
    from tregua.terms.time import show_seconds

    return {
        "since": show_seconds(waiting.since),
        "said": waiting.said,
        "refuses": waiting.refuses,
        "overdue": waiting.is_overdue,
    }


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("publish")(publish)
