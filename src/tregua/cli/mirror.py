"""``tregua mirror pull|serve|check FOLDER``: a whole copy of the record, in one side's hands."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import JsonOption
from tregua.cli.witness import ListenOption, PolicyOption

if TYPE_CHECKING:
    from tregua.ledger.annex import Annex
    from tregua.ledger.mirror.mirror import Mirror
    from tregua.ledger.witness.serve import Handler


class What(StrEnum):
    """What is done with the copy."""

    PULL = "pull"
    SERVE = "serve"
    CHECK = "check"


def mirror(
    what: Annotated[What, typer.Argument(help="pull: bring it up to date. serve. check.")],
    folder: Annotated[Path, typer.Argument(help="Where copy and memory of the mirror lie.")],
    source: Annotated[
        str, typer.Option("--from", help="The log: http://..., https://..., or a folder.")
    ] = "",
    policy: PolicyOption = Path("policy"),
    key: Annotated[
        Path | None, typer.Option("--key", help="With it the mirror cosigns what it holds.")
    ] = None,
    annex: Annotated[
        Path | None,
        typer.Option(
            "--annex", help="Root keys and texts, from the paper; default: annex, if it is here."
        ),
    ] = None,
    listen: ListenOption = "127.0.0.1:8732",
    peers: Annotated[
        bool, typer.Option("--peers", help="With check: ask the other cosigners what they saw.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Keep a copy of the record: every entry checked, stored, and only then cosigned.

    Entries are hashed again; with the annex each must be signed by a key that is valid there, as
    the next of that key. Where one is not, nothing is cosigned, and what proves it is kept in
    FOLDER/refused.

    A pull may be stopped at any time; the next one goes on. Serving offers the copy to others and,
    with --key and --from, answers the witness call after fetching what it covers.

    \b
    Examples:
      tregua mirror pull ours --from https://centre.example/ledger/1 --policy policy
      tregua mirror pull ours --from usb/ledger --policy policy --annex annex --key mirror.key
      tregua mirror serve ours --from https://centre.example/ledger/1 --key mirror.key
      tregua mirror check ours --peers

    Exit code: 0 done, 3 the log's files are out of form, 4 the log or the copy is not what was
    signed, or holds an entry that may not stand there, 5 the source or the folder cannot be
    reached.
    """
    from tregua.cli.listen import listen as serve
    from tregua.cli.listen import policy_in
    from tregua.cli.print import tell
    from tregua.errors import WrongUse
    from tregua.ledger.mirror.mirror import Mirror
    from tregua.ledger.notes.key_file import read_key_file

    if key and not source and what is not What.CHECK:
        raise WrongUse("--key needs --from", help="a mirror cosigns what it can fetch")
    known = _annex(annex)
    signer = read_key_file(key) if key else None
    here = Mirror(folder, policy_in(policy), signer, annex=known)
    if what is What.SERVE:
        if signer is not None and known is None:
            tell(_who_signed(None))
        serve(_handler(here, source), listen, "The mirror")
    elif what is What.PULL:
        _pull(here, source, known, as_json=as_json)
    else:
        _check(here, known, peers=peers, as_json=as_json)


def _annex(named: Path | None) -> Annex | None:
    from tregua.ledger.annex import read_annex

    here = Path("annex")
    if named is None and not here.exists():
        return None
    return read_annex(named or here)


def _who_signed(annex: Annex | None) -> str:
    from tregua.cli.audit import made_valid_by

    if annex is None:
        return "Signatures were not checked: no --annex says whose keys count."
    return made_valid_by(annex)


def _pull(here: Mirror, source: str, annex: Annex | None, *, as_json: bool) -> None:
    from tregua.cli.listen import posix_now
    from tregua.cli.print import say, say_json
    from tregua.errors import WrongUse
    from tregua.ledger.mirror.sources import source_at

    if not source:
        raise WrongUse("a pull needs --from", help="name the log's address or folder")
    pulled = here.pull(source_at(source), now=posix_now())
    head = pulled.held.head
    if as_json:
        checkpoint = {"origin": head.origin, "size": head.size, "root": head.root.hex()}
        told = {"checkpoint": checkpoint, "new": pulled.new, "note": _text(pulled.note)}
        say_json(told | {"signatures_checked": annex is not None})
        return
    say(f"The copy holds {head.size} entries of {head.origin}, {pulled.new} of them new.")
    say(_who_signed(annex))
    names = ", ".join(c.key.name for c, _ in pulled.held.by) or "nobody yet"
    say(f"Acknowledged by {names}; root {head.root.hex()}.")


def _text(note: object) -> str:
    from tregua.ledger.notes.note import SignedNote

    assert isinstance(note, SignedNote)
    return note.to_bytes().decode()


def _check(here: Mirror, annex: Annex | None, *, peers: bool, as_json: bool) -> None:
    from tregua.cli.print import say, say_json

    head = here.check()
    told = here.compare() if peers else ()
    if as_json:
        said = {p.cosigner.key.name: p.said for p in told}
        copy = {"origin": head.origin, "size": head.size, "root": head.root.hex()}
        say_json(copy | {"peers": said, "signatures_checked": annex is not None})
        return
    say(f"The copy is whole: {head.size} entries of {head.origin}, root {head.root.hex()}.")
    say(_who_signed(annex))
    say(*(f"{p.cosigner.key.name}: {p.said}." for p in told))


def _handler(here: Mirror, source: str) -> Handler:
    from tregua.cli.listen import posix_now
    from tregua.ledger.mirror.mirror import public_file
    from tregua.ledger.mirror.sources import source_at
    from tregua.ledger.witness.routes import cosigner_routes
    from tregua.ledger.witness.serve import Asked
    from tregua.ledger.witness.witness import Answer

    def add(body: bytes, now: int) -> Answer:
        return here.add_checkpoint(body, now=now, source=source_at(source))

    cosign = cosigner_routes(here.witness, posix_now, add) if here.witness and source else None

    def handler(asked: Asked) -> Answer | None:
        answer = cosign(asked) if cosign else None
        if answer is None and asked.method != "POST":
            answer = public_file(here.folder.folder, asked.path[1:])
        return answer

    return handler


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("mirror")(mirror)
