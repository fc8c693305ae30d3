"""Act kinds that the deal adds to the built-in tree, or their names in other scripts."""

from __future__ import annotations

from tregua.agreement.clause import (
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (Key("row", ValueType.ROW, required=True, repeats=True),)

EXAMPLE = """\
acts local "Acts named in this deal"
    row: tunnel, fortify, "tunnelling", "рытьё тоннелей", "حفر الأنفاق"
"""

ACTS = ClauseKind(
    kind="acts",
    what="Act kinds of this deal, each under a parent of the tree.",
    keys=KEYS,
    violated="Cannot be violated itself; a norm on the parent covers the added kind.",
    evidence="As for the parent kind.",
    example=EXAMPLE,
)
