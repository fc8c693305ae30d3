"""``tregua keys``: make keys, show, name, revoke and list them, count what they signed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.chain import AfterOption, KeyOption, ToOption, hand_over_one, place_for
from tregua.cli.new_key import new, public_line
from tregua.cli.renew_key import renew
from tregua.cli.where import LEDGER, DealOption, JsonOption, LedgerOption

if TYPE_CHECKING:
    from tregua.ledger.signing.keys import KeyLife
    from tregua.ledger.take_signed import Taken

keys = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Make keys that sign, name and revoke them in the ledger, list them.\n\n"
        "\b\nExamples:\n"
        "  tregua keys new side-a/post-7 --to post-7.key\n"
        "  tregua keys name post-7.key --root a-root.key\n"
        "  tregua keys list"
    ),
)
RootOption = Annotated[Path, typer.Option("--root", help="File of the party's root key.")]
FORM = "key PARTY/DEVICE ALGORITHM KEY, as `tregua keys show` prints it"
DAY = 86_400  # seconds


keys.command("new")(new)
keys.command("renew")(renew)


@keys.command("show")
def show(
    file: Annotated[Path, typer.Argument(help="A key file.")],
    as_json: JsonOption = False,
) -> None:
    """Show the public part of a key: the line of the annex, of the policy, or of a device.

    \b
    Examples:
      tregua keys show a-root.key
    """
    from tregua.cli.print import say, say_json
    from tregua.ledger.notes.key_file import is_key_file, read_key_file
    from tregua.ledger.signing.b64 import encode
    from tregua.ledger.signing.device_key import read_key

    if is_key_file(file):
        own = read_key_file(file)
        line = public_line(own)
        say_json({"name": own.name, "key": line}) if as_json else say(line)
        return
    key = read_key(file)
    public = {"key": key.kid, "algorithm": key.alg, "public": encode(key.public)}
    say_json(public) if as_json else say(public_line(key))


@keys.command("name")
def name_(
    public: Annotated[Path, typer.Argument(help=f"A key file, or a file that holds: {FORM}.")],
    root: RootOption,
    kinds: Annotated[
        str, typer.Option(help="Kinds of entry that it may sign, with commas.")
    ] = "report,nil,link,opening,release,reply,tally",
    days: Annotated[int, typer.Option(min=1, max=3650, help="Days for which it is named.")] = 30,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Name a device key in the ledger, by the root key of its party; it counts from that entry.

    \b
    Examples:
      tregua keys name post-7.pub --root a-root.key
      tregua keys name post-7.pub --root a-root.key --kinds report,nil --days 90
    """
    from tregua.ledger.signing.claims import KeyTerms

    kid, alg, octets = _read_public(public)
    since = int(datetime.now(UTC).timestamp())
    terms = KeyTerms(kid, alg, octets, _kinds(kinds), since - DAY, since + days * DAY)
    _say_taken(_put(ledger, root, terms), f"The key {kid} may sign for {days} days")


@keys.command("revoke")
def revoke(
    name: Annotated[str, typer.Argument(help="PARTY/DEVICE.")],
    root: RootOption,
    lost: Annotated[
        str, typer.Option(help="Since when it may be in other hands. Default: now.")
    ] = "",
    ledger: LedgerOption = LEDGER,
) -> None:
    """Revoke a device key; nothing that it signs counts after that entry.

    \b
    Examples:
      tregua keys revoke side-a/post-7 --root a-root.key --lost 2030-09-14T05:00Z
    """
    from tregua.cli.where import at_instant
    from tregua.ledger.signing.claims import KeyTerms

    since = int(at_instant(lost, "UTC", option="--lost").timestamp())
    taken = _put(ledger, root, KeyTerms(name, since=since))
    _say_taken(taken, f"The key {name} signs nothing more")


@keys.command("list")
def list_(ledger: LedgerOption = LEDGER, as_json: JsonOption = False) -> None:
    """List every key of the ledger and where it was valid.

    \b
    Examples:
      tregua keys list
    """
    from tregua.cli.desk import annex_needed
    from tregua.cli.print import columns, say, say_json
    from tregua.ledger.name_key import lives_in
    from tregua.ledger.open import open_for_reading

    with open_for_reading(ledger) as store:
        lives = lives_in(store, annex_needed(ledger))
    if as_json:
        say_json([_json(life) for life in lives])
    else:
        head = ("key", "algorithm", "may sign", "until", "valid from")
        say(*columns([head, *(_row(life) for life in lives)]))


@keys.command("tally")
def tally(
    places: Annotated[list[Path], typer.Argument(help="Files KEY.place of the party's devices.")],
    key: KeyOption,
    to: ToOption,
    rel: Annotated[str, typer.Option(help="Audiences: A,B.")],
    deal: DealOption = None,
    after: AfterOption = None,
) -> None:
    """Sign how far each key of a party has come, so that no entry of it is lost unseen.

    The audit then names every entry that was counted and is not in the ledger. Sign one each day.

    \b
    Examples:
      tregua keys tally post-7.key.place post-8.key.place --key hq.key --rel A,B --to day.bundle
    """
    from tregua.cli.where import read_agreement
    from tregua.ledger.signing.device_key import read_key
    from tregua.ledger.signing.place_file import read_place_file
    from tregua.ledger.signing.sign import Draft
    from tregua.ledger.signing.tally import tally_field, tally_in
    from tregua.reports.marking import labels

    signer, agreement = read_key(key), read_agreement(deal).agreement
    audiences, place = labels(rel, where="--rel"), place_for(key, signer.kid, after)
    counted = dict(read_place_file(path) for path in places) | {signer.kid: place}
    said = tally_field(counted, audiences)
    tally_in([said], signer.party)
    now = int(datetime.now(UTC).timestamp())
    draft = Draft("tally", agreement.text.digest, audiences, now, (said,))
    hand_over_one(draft, signer, key, place, to)


def _put(ledger: str, root: Path, terms: object) -> Taken:
    from tregua.cli.desk import annex_needed
    from tregua.ledger.name_key import put_terms
    from tregua.ledger.open import open_for_writing
    from tregua.ledger.signing.claims import KeyTerms
    from tregua.ledger.signing.device_key import read_key

    assert isinstance(terms, KeyTerms)
    key, annex = read_key(root), annex_needed(ledger)
    with open_for_writing(ledger) as store:
        return put_terms(store, annex, key, terms)


def _say_taken(taken: Taken, what: str) -> None:
    from tregua.cli.print import say

    say(f"{what}, from entry {taken.index} on ({taken.id}).")


def _read_public(path: Path) -> tuple[str, str, bytes]:
    """Read a device key's name, algorithm and public bytes from either kind of file.

    Raises:
        InputUnreadable: it holds neither.
    """
    from tregua.errors import EntryRefused, InputUnreadable
    from tregua.ledger.signing.b64 import decode
    from tregua.ledger.signing.device_key import FIRST_LINE, read_key

    try:
        text = path.read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        raise InputUnreadable(path, "it cannot be read") from error
    if text.startswith(FIRST_LINE):
        key = read_key(path)
        return key.kid, key.alg, key.public
    words = text.strip("\n").split(" ")
    try:
        if len(words) == 4 and words[0] == "key":  # noqa: PLR2004
            return words[1], words[2], decode(words[3])
    except EntryRefused:
        pass
    raise InputUnreadable(path, "it holds no public key", help=f"one line: {FORM}")


def _kinds(text: str) -> tuple[str, ...]:
    from tregua.errors import WrongUse
    from tregua.ledger.signing.kinds import KINDS

    named = tuple(sorted({word.strip() for word in text.split(",")}))
    if not set(named) <= set(KINDS):
        raise WrongUse(f"--kinds {text}: one is no kind of entry", help=", ".join(KINDS))
    return named


def _json(life: KeyLife) -> dict[str, object]:
    return {
        "key": life.kid,
        "algorithm": life.alg,
        "kinds": list(life.kinds),
        "named": None if life.named < 0 else life.named,
        "revoked": life.revoked,
        "since": life.since,
        "until": life.until,
        "lost": life.lost,
    }


def _row(life: KeyLife) -> tuple[str, ...]:
    if life.named < 0:
        return (life.kid, life.alg, ", ".join(life.kinds), "for ever", "the annex")
    until = f"{datetime.fromtimestamp(life.until, UTC):%Y-%m-%d}"
    where = f"entry {life.named}"
    if life.revoked is not None:
        where += f" to {life.revoked}, where it was revoked"
    return (life.kid, life.alg, ", ".join(life.kinds), until, where)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.add_typer(keys, name="keys")
