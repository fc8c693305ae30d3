"""``tregua release``: let an audience see more, with a reason; first look at exactly what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import LEDGER, JsonOption, LedgerOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.signing.disclosures import Field
    from tregua.ledger.store import Store
    from tregua.sharing.release import Release, Shown
    from tregua.sharing.view import Held


def release(
    entries: Annotated[list[str], typer.Argument(help="Entry ids, or record ids.")],
    to: Annotated[str, typer.Option("--to", help="The audience that may see them from now on.")],
    reason: Annotated[str, typer.Option(help="Why; it stands in the ledger.")],
    fields: Annotated[str, typer.Option(help="Fields, with commas; default: all of them.")] = "",
    key: Annotated[
        Path | None, typer.Option("--key", help="Key file of the releaser; default: the desk's.")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what would be seen; release nothing.")
    ] = False,
    ledger: LedgerOption = LEDGER,
    as_json: JsonOption = False,
) -> None:
    """Release entries, or fields of them, to an audience. What was seen cannot be taken back.

    Whoever signed an entry may release it, and the releasers of the annex may release any.

    \b
    Examples:
      tregua release side-a:s1 --to B --fields where.point --reason "agreed on the 14th" --preview
      tregua release side-a:s1 --to B --fields where.point --reason "agreed on the 14th" --key a.key
    """
    from tregua.cli.desk import annex_needed, desk_of
    from tregua.cli.print import say, say_json
    from tregua.cli.where import an_audience, visit_of
    from tregua.cli.which import entry_of
    from tregua.errors import WrongUse
    from tregua.ledger.open import open_for_reading, open_for_writing
    from tregua.ledger.signing.device_key import read_key
    from tregua.sharing.reading import held_in
    from tregua.sharing.release import preview as shown_by
    from tregua.sharing.release import release_from

    signer = read_key(key) if key is not None else desk_of(ledger).device
    annex, audience = annex_needed(ledger), an_audience(to)
    # Whoever releases looks at what would be seen, in the role of the party whose key it is.
    visit = visit_of("", ledger, how="release", role=signer.party)
    with open_for_reading(ledger) as store:
        ids = tuple(dict.fromkeys(entry_of(store, what) for what in entries))
        stand = tuple(store.entries())
        bodies = visit.bodies(store, stand, only=ids)
        held, before = held_in(stand, bodies, releasers=visit.releasers)
    names = tuple(sorted({name.strip() for name in fields.split(",") if name.strip()}))
    said = _fields(audience, reason, names, ("PUBLIC",))
    wanted = release_from(ids, signer.party, said)
    _may(wanted, [held[i] for i in ids], annex.releasers)
    shown = shown_by(wanted, [held[i] for i in ids], before)
    if as_json:
        say_json(_json(wanted, shown, preview=preview))
    else:
        say(*_lines(wanted, shown))
    if preview:
        return
    if not shown:
        raise WrongUse(f"{audience} sees all of this already, or nothing of it is held here")
    with open_for_writing(ledger) as store:
        _put(store, annex, signer, wanted, [held[i] for i in ids])


def _put(store: Store, annex: Annex, signer: DeviceKey, wanted: Release, held: list[Held]) -> None:
    from tregua.cli.print import tell
    from tregua.ledger.put_act import Act, put_acts

    rel = tuple(sorted({wanted.to, *(label for one in held for label in one.rel)}))
    said = _fields(wanted.to, wanted.reason, wanted.fields, rel)
    (taken,) = put_acts(store, annex, signer, [Act("release", rel, said, wanted.of)])
    tell(f"released: {taken.id} stands as entry {taken.index}")


def _fields(
    to: str, reason: str, names: tuple[str, ...], rel: tuple[str, ...]
) -> tuple[Field, ...]:
    from tregua.ledger.signing.disclosures import Field

    return (Field("fields", list(names), rel), Field("reason", reason, rel), Field("to", to, rel))


def _may(wanted: Release, held: Sequence[Held], releasers: Sequence[str]) -> None:
    from tregua.errors import WrongUse

    others = sorted({one.iss for one in held} - {wanted.by})
    if others and wanted.by not in releasers:
        raise WrongUse(
            f"{wanted.by} may not release what {others[0]} signed",
            help="name --key of whoever signed it, or of a releaser of the annex",
        )
    unknown = set(wanted.fields) - {f.name for one in held for f in one.fields}
    if unknown:
        raise WrongUse(f"--fields: none of these entries holds {min(unknown)!r}")


def _lines(wanted: Release, shown: Sequence[Shown]) -> list[str]:
    from tregua.terms.visible import one_line

    lines = [f"To {wanted.to}, from {wanted.by}, because: {one_line(wanted.reason)}"]
    lines += [f"  {s.entry[:12]}  {s.field.name}: {_value(s.field.value)}" for s in shown]
    return [*lines, f"{len(shown)} fields would be seen that are not seen now."]


def _value(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _json(wanted: Release, shown: Sequence[Shown], *, preview: bool) -> dict[str, object]:
    new = [{"entry": s.entry, "field": s.field.name, "value": s.field.value} for s in shown]
    return {
        "to": wanted.to,
        "by": wanted.by,
        "reason": wanted.reason,
        "newly_seen": new,
        "released": not preview,
    }


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("release")(release)
