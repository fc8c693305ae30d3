"""A key on a device of one's own: where its chain stands, and the bundle that carries it on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.signing.sign import Draft, Place, Signed

KeyOption = Annotated[Path, typer.Option("--key", help="The key file that signs.")]
ToOption = Annotated[
    Path, typer.Option("--to", help="New file for the bundle, for its owner only.")
]
AfterOption = Annotated[
    Path | None,
    typer.Option(
        "--after", help="A copy of the ledger to continue the chain from. Default: from beside KEY."
    ),
]


def place_for(key: Path, kid: str, after: Path | None) -> Place:
    """Return where the next entry of a key stands: by the file beside it, or by a ledger."""
    from tregua.ledger.open import open_for_reading
    from tregua.ledger.signing.place_file import read_place
    from tregua.ledger.take_signed import place_in

    if after is None:
        return read_place(key, kid)
    with open_for_reading(after) as store:
        return place_in(store, kid)


def hand_over(made: tuple[Signed, ...], to: Path, key: Path, kid: str, place: Place) -> None:
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


def hand_over_one(draft: Draft, signer: DeviceKey, key: Path, place: Place, to: Path) -> None:
    """Sign one draft as the next entry of a key, write its bundle, and say what comes next."""
    from tregua.cli.print import say
    from tregua.ledger.signing.sign import Place, sign

    made = sign(draft, signer, place)
    hand_over((made,), to, key, signer.kid, Place(place.seq + 1, made.next))
    say(f"{to}: 1 entry signed by {signer.kid}; the next is number {place.seq + 1}.")
    say("Next: hand it over; there: tregua intake " + to.name)
