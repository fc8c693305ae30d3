"""``tregua sign REPORTS``: sign reports on a device of one's own, without a ledger or a network."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tregua.cli.chain import AfterOption, KeyOption, ToOption, hand_over, place_for
from tregua.cli.where import DealOption, JsonOption


def sign(
    reports: Annotated[Path, typer.Argument(help="A report file.")],
    key: KeyOption,
    to: ToOption,
    rel: Annotated[str, typer.Option(help="Audiences of rows that name none: A,B.")] = "",
    window: Annotated[str, typer.Option(help="Id of the sealed window.")] = "",
    deal: DealOption = None,
    after: AfterOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sign every report of a file as an entry, and write one bundle to hand over.

    The columns `rel` and `rel.FIELD` say for each row and field who may see it. A file with a wrong
    row is not signed. Record ids begin with the party. The place in the chain of the key is kept
    in KEY.place.

    \b
    Examples:
      tregua sign reports.csv --key post-7.key --rel A,B,MON --to day-3.bundle
      tregua sign reports.csv --key post-7.key --rel A,B --window 2030-09-13-am --to am.bundle

    Exit code: 0 signed, 1 a row is refused and nothing was signed, 2 a marking cannot be meant.
    """
    from tregua.cli.print import say, say_json, say_notes
    from tregua.cli.where import read_agreement
    from tregua.ledger.signing.device_key import read_key
    from tregua.reports.marking import labels
    from tregua.reports.read_file import read_file
    from tregua.reports.reader import Options
    from tregua.reports.to_signed import Terms, signed_rows

    signer, agreement = read_key(key), read_agreement(deal).agreement
    now = datetime.now(UTC)
    reading = read_file(reports, Options(agreement.zone or None, signer.party, now))
    if reading.refused:
        say_notes(n for row in reading.refused for n in row.notes)
        say(f"{reports.name}: {len(reading.refused)} rows are refused; nothing was signed.")
        raise typer.Exit(1)
    terms = Terms(agreement.text.digest, labels(rel, where="--rel"), int(now.timestamp()), window)
    made, place = signed_rows(reading.rows, signer, place_for(key, signer.kid, after), terms)
    hand_over(made, to, key, signer.kid, place)
    if as_json:
        say_json({"bundle": str(to), "entries": [one.next for one in made], "next": place.seq})
    else:
        say(f"{to}: {len(made)} entries signed by {signer.kid}; the next is number {place.seq}.")
        say("Next: hand it over; there: tregua intake " + to.name)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sign")(sign)
