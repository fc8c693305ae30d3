"""The closed lists of calls in a value: conditions, moments, arguments of acts (02, 2.4).

Adding a word here is a change of the format's version.
"""

from __future__ import annotations

from dataclasses import dataclass

from tregua.agreement.clause import NORMS, PLACES, PLACES_BUILT_IN, WHO, WHO_BUILT_IN


@dataclass(frozen=True, slots=True)
class Takes:
    """What one argument takes: a ``name`` of these kinds, or another ``type`` of value.

    Types: name, act, span, count, word, when, time, day, free.
    """

    type: str
    kinds: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """How a call is written: its plain arguments, at least how many, and its named ones."""

    plain: tuple[Takes, ...] = ()
    least: int = 1
    named: tuple[tuple[str, Takes], ...] = ()
    many: bool = False  # the last plain argument may repeat


_WHO = Takes("name", WHO, WHO_BUILT_IN)
_PLACE = Takes("name", PLACES, PLACES_BUILT_IN)
_NORM = Takes("name", NORMS)
_ANY = Takes("name", (), WHO_BUILT_IN)
_SPAN = Takes("span")
_CONDITION = Takes("when")
_TIME = Takes("time")

REQUESTS = ("aid-convoy", "movement", "visit", "evacuation")

CONDITIONS: dict[str, Form] = {
    "kept": Form((_NORM,), named=(("for", _SPAN),)),
    "done": Form((Takes("name", ("duty", "schedule", "quota")),)),
    "open": Form((Takes("name", ("gate",)),)),
    "in-force": Form((Takes("name", ("phase",)),)),
    "violation": Form((_NORM,), named=(("count", Takes("count")), ("in", _SPAN))),
    "finding": Form((_NORM,)),
    "prior": Form((Takes("act"),), named=(("on", _WHO), ("within", _SPAN))),
    "target-in": Form((_WHO,)),
    "place-in": Form((_PLACE,)),
    "authorised": Form((), 0, named=(("by", _WHO),)),
    "tried": Form((Takes("name", ("procedure",)),)),
    "notified": Form((_ANY,), 0, named=(("to", _WHO), ("before", _SPAN))),
    "request": Form((Takes("word", REQUESTS),)),
    "declared": Form((_ANY,), 0, named=(("by", _WHO),)),
    "judged": Form((Takes("name", ("term",)),), named=(("by", _WHO),)),
    "not": Form((_CONDITION,)),
    "any": Form((_CONDITION,), many=True),
    "all": Form((_CONDITION,), many=True),
}

MOMENTS: dict[str, Form] = {
    "signed": Form((Takes("name", ("instrument",)),)),
    "approved": Form((Takes("name", ("instrument",)),), named=(("by", _WHO),)),
    "accepted": Form((_ANY,)),
    "start": Form((Takes("name", ("phase",)),)),
    "end": Form((Takes("name", ("phase",)),)),
    "done": Form((Takes("name", ("duty", "schedule", "quota")),)),
    "opened": Form((Takes("name", ("gate",)),)),
    "notified": Form((_ANY,), named=(("by", _WHO), ("to", _WHO))),
    "first": Form((_TIME,), many=True),
    "last": Form((_TIME,), many=True),
    "sunset": Form((_PLACE, Takes("day")), 2),
    "sunrise": Form((_PLACE, Takes("day")), 2),
}

FAMILIES = ("small-arm", "machine-gun", "anti-tank", "mortar", "gun", "howitzer", "tank", "mlrs",
            "tactical-missile", "air-defence", "armoured-vehicle", "aircraft", "helicopter",
            "drone", "mine")  # fmt: skip
WEAPON_WORDS = ("any", "heavy", *FAMILIES)
PASSAGES = ("humanitarian", "civilian", "commercial", "medical")
FORCES = ("armed-force", "armed-group", "militia", "police", "foreign-force", "mercenary")

_WEAPONS = Takes("name", ("weapons",), WEAPON_WORDS)
ACT_ARGUMENTS: dict[str, Takes] = {
    "weapon": _WEAPONS,
    "weapons": _WEAPONS,
    "passage": Takes("word", PASSAGES),
    "persons": Takes("free"),
    "list": Takes("free"),
    "beyond": _PLACE,
    "from": Takes("name", (*PLACES, *WHO), (*PLACES_BUILT_IN, *WHO_BUILT_IN)),
    "to": Takes("name", (), (*PLACES_BUILT_IN, *WHO_BUILT_IN)),
    "through": _PLACE,
    "of": Takes("name", (), (*WEAPON_WORDS, *FORCES, *PLACES_BUILT_IN, *WHO_BUILT_IN)),
    "about": Takes("free"),
    "purpose": Takes("free"),
    "target": Takes("name", (), (*WHO_BUILT_IN, *PLACES_BUILT_IN)),
    "attempt": Takes("word", ("yes", "no")),
}
