"""``tregua export INTO``: the whole record as one archive that outlives this program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.cosigned import NOWHERE, Published
from tregua.cli.where import LEDGER, AtOption, DealOption, JsonOption, KnownAtOption, LedgerOption
from tregua.cli.witness import PolicyOption

if TYPE_CHECKING:
    from tregua.centre import Picture
    from tregua.sharing.visit import Visit

AnnexOption = Annotated[
    Path | None,
    typer.Option("--annex", help="Root keys and texts; default: the root key beside the ledger."),
]


def export(
    into: Annotated[Path, typer.Argument(help="The archive: NAME.zip, or a new folder.")],
    deal: DealOption = None,
    ledger: LedgerOption = LEDGER,
    log: Annotated[
        Path | None, typer.Option(help="Where the log was published: its checkpoints are taken.")
    ] = None,
    annex: AnnexOption = None,
    audience: Annotated[
        str, typer.Option(help="Only what this audience may see; default: all that is held.")
    ] = "",
    at: AtOption = "",
    known_at: KnownAtOption = "",
    policy: PolicyOption = Path("policy"),
    as_json: JsonOption = False,
) -> None:
    """Write entries, log, deal, answers and their trees, the verifier and a page into one archive.

    The same record gives the same bytes. Nobody needs this program to check it: the page in it,
    index.html, says how. With --log a time of --known-at means what others had cosigned by then.

    \b
    Examples:
      tregua export record.zip --log public
      tregua export for-b.zip --audience B --at 2016-09-20
      tregua export folder --annex annex

    Exit code: 0 written, 3 deal or annex cannot be read, 4 the record does not hold, 5 no room.
    """
    from hashlib import sha256

    from tregua.cli.look import look
    from tregua.cli.print import say, say_json
    from tregua.cli.verify import check_files
    from tregua.cli.where import visit_of
    from tregua.ledger.archive.names import HEAD
    from tregua.ledger.archive.pack import pack, with_sums

    visit = visit_of(audience, ledger, how="export")
    published = Published(log, policy) if known_at else NOWHERE
    picture = look(deal, ledger, at, known_at, visit, published)
    files = with_sums(_files(picture, ledger, deal, log, annex, visit))
    check_files(files)  # nobody is handed what would not hold
    packed = pack(files)
    _write(files, packed, into)
    digest, head = sha256(packed).hexdigest(), files[HEAD].decode().strip()
    if as_json:
        say_json({"archive": str(into), "sha256": digest, "files": len(files), "head": head})
        return
    say(f"{into}: {len(files)} files, {len(packed):,} bytes as a zip, SHA-256 {digest}.")
    say(f"Next: tregua verify {into}, or open index.html in it; its head is {head}")


def _files(
    picture: Picture,
    ledger: str,
    deal: Path | None,
    log: Path | None,
    annex: Path | None,
    visit: Visit,
) -> dict[str, bytes]:
    from tregua.cli.archived import agreement_files, annex_bytes, answers, log_files, page, programs
    from tregua.ledger.archive.names import ANNEX, ENTRIES, HEAD, PAGE, TREES
    from tregua.ledger.open import open_for_reading
    from tregua.ledger.store import Head
    from tregua.sharing.reading import lines_for

    with open_for_reading(ledger) as store:
        entries = tuple(store.entries())
        held = visit.bodies(store, entries)
        head = Head(len(entries), store.root_at(len(entries)))
    lines = tuple(lines_for(entries, held, audience=visit.audience, releasers=visit.releasers))
    files = {
        **log_files(lines, log, head),
        **agreement_files(deal),
        **programs(),
        ANNEX: annex_bytes(annex, ledger),
        ENTRIES: b"".join(line + b"\n" for line in lines),
        HEAD: f"{head}\n".encode(),
        TREES: answers(picture, ledger, visit),
    }
    return files | {PAGE: page(picture, files, lines)}


def _write(files: dict[str, bytes], packed: bytes, into: Path) -> None:
    from tregua.cli.write_whole import write_whole
    from tregua.errors import StoreUnwritable, WrongUse

    if into.suffix == ".zip":
        write_whole(packed, into)
        return
    if into.exists():
        raise WrongUse(f"{into} is there already", help="name a new folder, or a file NAME.zip")
    try:
        for name, data in files.items():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).write_bytes(data)
    except OSError as error:
        why = error.strerror or "it cannot be written"
        raise StoreUnwritable(into, why, left="the folder is not whole: remove it") from error


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export")(export)
