"""``tregua nil``: sign that there is nothing to report, so that silence can be told from a loss."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from tregua.cli.chain import AfterOption, KeyOption, ToOption, hand_over_one, place_for
from tregua.cli.where import DealOption


def nil(
    key: KeyOption,
    to: ToOption,
    rel: Annotated[str, typer.Option(help="Audiences: A,B.")],
    since: Annotated[str, typer.Option("--from", help="From when there is nothing to report.")],
    until: Annotated[str, typer.Option(help="Until when.")],
    window: Annotated[str, typer.Option(help="Id of the sealed window.")] = "",
    deal: DealOption = None,
    after: AfterOption = None,
) -> None:
    """Sign one entry that says: nothing to report in this time. Times are of the deal's zone.

    It is no proof that nothing happened, and nothing is ever called kept because of it. It shows
    that this key was there to report: no report is then no lost report. In a sealed window it
    counts as a commitment, so nobody can tell before the opening who had something to say.

    \b
    Examples:
      tregua nil --key post-7.key --from 2030-09-13 --until 2030-09-13 --rel A,B --to nil.bundle

    Exit code: 0 signed, 2 the marking or the time cannot be meant.
    """
    from tregua.cli.where import at_instant, read_agreement, read_when
    from tregua.errors import WrongUse
    from tregua.ledger.signing.device_key import read_key
    from tregua.ledger.signing.disclosures import Field
    from tregua.ledger.signing.sign import Draft
    from tregua.reports.marking import labels

    signer, agreement = read_key(key), read_agreement(deal).agreement
    end = at_instant(until, agreement.zone, option="--until")
    start = read_when(since, agreement.zone, option="--from").start
    if not start < end:
        raise WrongUse("--from must lie before --until", help="a day is meant with its end")
    audiences = labels(rel, where="--rel")
    said = {"from": start, "until": end}
    fields = tuple(Field(n, t.astimezone(UTC).isoformat(), audiences) for n, t in said.items())
    now = int(datetime.now(UTC).timestamp())
    draft = Draft("nil", agreement.text.digest, audiences, now, fields, window)
    hand_over_one(draft, signer, key, place_for(key, signer.kid, after), to)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("nil")(nil)
