"""``tregua keys renew``: another key for the desk of this centre, when the old one ran out."""

from __future__ import annotations

from datetime import UTC, datetime

from tregua.cli.where import LEDGER, LedgerOption


def renew(ledger: LedgerOption = LEDGER) -> None:
    """Make a new key for the desk of this centre, in place of the old one.

    A desk signs what is taken in, for 400 days with one key. The root key names the new one in the
    ledger, with the first entry that it signs. What the old one signed stands as it is.

    \b
    Examples:
      tregua keys renew
    """
    from tregua.cli.desk import desk_of, keys_of
    from tregua.cli.print import say
    from tregua.ledger.signing.device_key import new_key, write_key

    desk, folder = desk_of(ledger), keys_of(ledger)
    made = new_key(
        f"{desk.device.party}/desk-{datetime.now(UTC):%Y-%m-%d-%H%M%S}", alg=desk.device.alg
    )
    fresh = folder / "desk.key.new"
    fresh.unlink(missing_ok=True)  # of a call that was stopped
    write_key(made, fresh)
    fresh.replace(folder / "desk.key")
    say(f"This centre signs with {made.kid} now; the next entry of its root key names it.")
