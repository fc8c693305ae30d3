"""``tregua convert``: a deal file into its JSON exchange form, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.terms.notes import Note

_DEAL, _JSON = ".deal.md", ".json"
_YAML = (".yaml", ".yml")
_WHY_NOT_YAML = (
    "YAML is neither read nor written: its readers turn the key `on` into true, 19:00 into 1140, "
    "NO into false and 3.10 into 3.1"
)


def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A .deal.md or .json file.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write, of the other.")],
) -> None:
    """Write a deal as JSON, or a deal in JSON as a deal file; the endings say which.

    \b
    Examples:
      tregua convert deal.deal.md deal.json
      tregua convert deal.json deal.deal.md

    A file that is there is not overwritten. `tregua schema` prints the JSON Schema.
    Exit code: 0 written, 2 wrong use, 3 the deal has mistakes; each is shown.
    """
    from tregua.cli.print import say, say_notes
    from tregua.cli.write_whole import write_whole

    to_json = _is_to_json(source, out)
    text, notes = _to_json(source) if to_json else _from_json(source)
    if notes:
        say_notes(notes)
        raise typer.Exit(3)
    write_whole(text.encode(), out)
    say(f"{out}: written" if to_json else f"{out}: written; next: tregua lint {out}")


def _is_to_json(source: Path, out: Path) -> bool:
    from tregua.errors import WrongUse

    if out.suffix in _YAML or source.suffix in _YAML:
        raise WrongUse(_WHY_NOT_YAML, help="use .json; `tregua schema` prints its schema")
    ends = [_ending(path) for path in (source, out)]
    if ends not in ([_DEAL, _JSON], [_JSON, _DEAL]):
        raise WrongUse(
            f"{source.name} into {out.name}: one must end in {_DEAL}, the other in {_JSON}"
        )
    if out.exists():
        raise WrongUse(f"{out} is there already; it is not overwritten")
    return ends[0] == _DEAL


def _ending(path: Path) -> str:
    return next((end for end in (_DEAL, _JSON) if path.name.lower().endswith(end)), "")


def _to_json(source: Path) -> tuple[str, Iterable[Note]]:
    from tregua.agreement.exchange.to_json import to_json
    from tregua.agreement.read import read_deal_text, text_of

    text = text_of(source)
    reading = read_deal_text(text, file=str(source), beside=source.parent)
    if reading.notes:
        return "", reading.notes
    return to_json(reading, source=text), ()


def _from_json(source: Path) -> tuple[str, Iterable[Note]]:
    from tregua.agreement.exchange.from_json import from_json
    from tregua.agreement.read import text_of

    made = from_json(text_of(source), file=str(source), beside=source.parent)
    return made.text, made.notes


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("convert")(convert)
