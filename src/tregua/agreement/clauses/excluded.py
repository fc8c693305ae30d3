"""A group that the deal does not protect, by name, list, territory or behaviour."""

from __future__ import annotations

from tregua.agreement.clause import (
    PLACES,
    PLACES_BUILT_IN,
    UNDEFINED,
    WHO,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    Key("basis", ValueType.WORDS, required=True, words=("named", "list", "territory", "behaviour")),
    Key("list", ValueType.TEXT),
    Key("list as of", ValueType.TIME, UNDEFINED),
    Key("successors", ValueType.WORD, UNDEFINED, words=("included", "not-included")),
    Key("members", ValueType.NAMES, kinds=WHO, also=WHO_BUILT_IN),
    Key("area", ValueType.NAMES, UNDEFINED, kinds=PLACES, also=PLACES_BUILT_IN),
    Key("decided by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
)

EXAMPLE = """\
excluded black-flag "Black Flag"
    basis: named, list
    list: "sanctions list of the Security Council"
    list as of: undefined
    successors: undefined
    area: undefined "to be delineated"
"""

EXCLUDED = ClauseKind(
    kind="excluded",
    what="A group outside the protection of the deal, and on what basis.",
    keys=KEYS,
    violated="Cannot be violated itself; acts against it may fall outside a norm by an exception.",
    evidence="The list, its date, and who decides on it.",
    example=EXAMPLE,
)
