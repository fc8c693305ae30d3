"""``tregua sign REPORTS``: sign reports on a device of one's own, without a ledger or a network."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import DealOption, JsonOption

if TYPE_CHECKING:
    from tregua.ledger.signing.sign import Place, Signed

KeyOption = Annotated[Path, typer.Option("--key", help="The key file that signs.")]
AfterOption = Annotated[
    Path | None,
    typer.Option(
        "--after", help="A copy of the ledger to continue the chain from. Default: from beside KEY."
    ),
]


def sign(
    reports: Annotated[Path, typer.Argument(help="A report file.")],
    key: KeyOption,
    to: Annotated[Path, typer.Option("--to", help="New file for the bundle, for its owner only.")],
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
    made, place = signed_rows(reading.rows, signer, _place(key, signer.kid, after), terms)
    _write(made, to, key, signer.kid, place)
    if as_json:
        say_json({"bundle": str(to), "entries": [one.next for one in made], "next": place.seq})
    else:
        say(f"{to}: {len(made)} entries signed by {signer.kid}; the next is number {place.seq}.")
        say("Next: hand it over; there: tregua intake " + to.name)


def _place(key: Path, kid: str, after: Path | None) -> Place:
    from tregua.ledger.open import open_for_reading
    from tregua.ledger.signing.place_file import read_place
    from tregua.ledger.take_signed import place_in

    if after is None:
        return read_place(key, kid)
    with open_for_reading(after) as store:
        return place_in(store, kid)


def _write(made: tuple[Signed, ...], to: Path, key: Path, kid: str, place: Place) -> None:
    """Write the bundle, then the place: were only the place written, a number would be missing."""
    from tregua.cli.write_whole import write_whole
    from tregua.ledger.signing.bundle import write_bundle
    from tregua.ledger.signing.place_file import place_of, place_text

    write_bundle(made, to)
    try:
        write_whole(place_text(kid, place).encode("ascii"), place_of(key))
    except BaseException:
        to.unlink(missing_ok=True)
        raise


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sign")(sign)
