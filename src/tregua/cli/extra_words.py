"""What a command says of words that it cannot place: what was given, and what to type instead."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from typer.core import TyperCommand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import typer

# Files that a command takes by an option: how their names look, and where else they are found.
_BY_OPTION: dict[str, tuple[Callable[[str], bool], str]] = {
    "--deal": (lambda word: word.endswith(".md"), "the deal is the only *.deal.md in this folder"),
    "--ledger": (
        lambda word: word.endswith(".sqlite") or word.startswith("postgresql://"),
        "the ledger is ledger.sqlite in this folder",
    ),
}


class Command(TyperCommand):
    """A command that tells where a word belongs which is one too many."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read the words of the command line.

        Raises:
            WrongUse: there are more than the command takes.
        """
        given, ctx.allow_extra_args = tuple(args), True
        rest = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            self._refuse(ctx, given, ctx.args)
        return rest

    def _refuse(self, ctx: typer.Context, given: Sequence[str], extra: Sequence[str]) -> None:
        from tregua.errors import WrongUse

        path, word = ctx.command_path, extra[0]
        options = {name for param in self.params for name in param.opts}
        for option, (fits, found) in _BY_OPTION.items():
            if option in options and fits(word):
                better = shlex.join([*path.split(), *_without(given, word), option, word])
                raise WrongUse(
                    f"{path}: {word!r} stands where no file is read",
                    help=f"{found}, or the one that {option} names: `{better}`",
                )
        raise WrongUse(
            f"{path}: {word!r} is one word more than it takes",
            help=f"`{path} --help` shows what it takes",
        )


def _without(words: Sequence[str], word: str) -> list[str]:
    at = len(words) - 1 - list(reversed(words)).index(word)
    return [*words[:at], *words[at + 1 :]]
