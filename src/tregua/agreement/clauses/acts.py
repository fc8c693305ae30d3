"""Act kinds that the deal adds to the built-in tree, or their names in other scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.acts import BUILT_IN
from tregua.agreement.clause import (
    ClauseKind,
    Key,
    ValueType,
)
from tregua.agreement.reading.fault import Fault
from tregua.agreement.value import Items, Text, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, Entry
    from tregua.agreement.clause import Scope

KEYS = (Key("row", ValueType.ROW, required=True, repeats=True),)

EXAMPLE = """\
acts local "Acts named in this deal"
    row: tunnel, fortify, "tunnelling", "рытьё тоннелей", "حفر الأنفاق"
"""

MOST_CELLS = 5


def _check(block: Block, scope: Scope) -> Iterator[tuple[Entry | None, Fault]]:
    """Hold every row against its form, its parent against the tree, its id against the others."""
    seen: set[str] = set()
    for entry in block.every("row"):
        items = entry.value.items if isinstance(entry.value, Items) else ()
        names = [i.only for i in items[:2] if isinstance(i.only, Word)]
        texts = [i for i in items[2:] if isinstance(i.only, Text)]
        if len(names) != 2 or len(texts) != len(items) - 2 or len(items) > MOST_CELLS:  # noqa: PLR2004
            said = "a row names an act, its parent, and the act in other languages"
            yield entry, Fault("D006", said, help='row: tunnel, fortify, "tunnelling"')
            continue
        act, parent = names
        if act.name in BUILT_IN or act.name in seen:
            said = f"the act {act.name} exists already"
            yield (
                entry,
                Fault("D004", said, act.cut, help=f"write another one, such as {act.name}-2"),
            )
        if not scope.is_act(parent.name):
            said = f"{parent.name} is not a kind of act"
            yield (
                entry,
                Fault("D012", said, parent.cut, help="write a kind of the tree as its parent"),
            )
        seen.add(act.name)


ACTS = ClauseKind(
    kind="acts",
    what="Act kinds of this deal, each under a parent of the tree.",
    keys=KEYS,
    violated="Cannot be violated itself; a norm on the parent covers the added kind.",
    evidence="As for the parent kind.",
    example=EXAMPLE,
    check=_check,
)
