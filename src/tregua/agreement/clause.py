"""What a block kind must say about itself, and what all kinds share.

A kind is one file in ``clauses/`` that ends in one `ClauseKind`, plus one line in that folder's
list. The grammar never changes for a new kind. The files do not import each other; what several of
them need stands here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tregua.agreement.block import Block, Entry
    from tregua.agreement.reading.fault import Fault
    from tregua.agreement.value import Item


class ValueType(StrEnum):
    """What may stand right of a key's colon (02, 2.4)."""

    TEXT = "text"
    TEXTS = "texts"
    WORD = "word"
    WORDS = "words"
    NAME = "name"
    NAMES = "names"
    SPAN = "span"
    LENGTH = "length"
    TIME = "time"
    ZONE = "zone"
    ACTS = "acts"
    WHEN = "when"
    CLAUSES = "clauses"
    NUMBER = "number"
    PHRASE = "phrase"
    ROW = "row"
    STEP = "step"
    GIVEN = "given"
    EXPECT = "expect"
    KEY_TEXT = "key + text"
    CODE_TEXT = "code + text"
    FORMAT = "format"  # `tregua-deal/1`, in the header alone


WHO = ("party", "group", "guarantor", "excluded", "actor", "body")
PLACES = ("zone", "line", "road", "ring")
NORMS = ("prohibition", "duty", "permission")
CHECKERS = (*WHO, "verification")

WHO_BUILT_IN = ("all-parties", "everyone", "controller", "actor", "target", "violator", "excluded",
                "centre", "any")  # fmt: skip
PLACES_BUILT_IN = ("everywhere", "own-control", "any")
BUILT_IN = frozenset({*WHO_BUILT_IN, *PLACES_BUILT_IN, "heavy"})

UNDEFINED = "undefined"
SILENT = "-"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a kind.

    Attributes:
        name: lower-case words separated by one space.
        type: of the value.
        default: what an absent key means: ``-`` (the text is silent), ``undefined``, or a value.
        required: whether a block without it costs a note.
        words: the closed list of a ``word`` or ``words`` key; empty when any id may stand.
        kinds: kinds of block that a ``name`` may mean; empty for any kind.
        also: built-in names that may stand instead.
        repeats: whether it may stand more than once in a block.
        counted: whether a number may follow each name (``members: ru 1, us 1``).
        open: whether ``undefined`` is a legal value; not so in ``is`` and a file's identity.
        share: whether a number must lie between 0 and 1.
    """

    name: str
    type: ValueType
    default: str = SILENT
    required: bool = False
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    repeats: bool = False
    counted: bool = False
    open: bool = True
    share: bool = False


class Scope(Protocol):
    """What a kind's own check may ask about the rest of the deal."""

    def kind_of(self, name: str) -> str:
        """Return the kind of the block of that id, or an empty string."""
        ...

    def is_act(self, name: str) -> bool:
        """Say whether the name is an act kind, built in or added by the deal."""
        ...

    def name_faults(
        self, item: Item, kinds: tuple[str, ...], also: tuple[str, ...]
    ) -> Iterator[Fault]:
        """Yield what is wrong with an item that must be one declared name."""
        ...

    def time_faults(self, item: Item) -> Iterator[Fault]:
        """Yield what is wrong with an item that must be a moment."""
        ...


if TYPE_CHECKING:
    BlockCheck = Callable[[Block, Scope], Iterator[tuple[Entry | None, Fault]]]


@dataclass(frozen=True, slots=True)
class ClauseKind:
    """A kind of block.

    Attributes:
        kind: the word in the head line.
        what: one sentence: what such a block states.
        keys: its own keys, in the order in which they are usually written.
        violated: how it can be violated; or why it cannot.
        evidence: what would show it.
        example: a block as it is written; the tests read it.
        check: what the value types alone cannot see; yields (entry or ``None``, fault).
    """

    kind: str
    what: str
    keys: tuple[Key, ...]
    violated: str
    evidence: str
    example: str
    check: BlockCheck | None = field(default=None)

    def key(self, name: str) -> Key | None:
        """Return the kind's own or common key of that name."""
        return next((k for k in (*self.keys, *COMMON) if k.name == name), None)


COMMON: tuple[Key, ...] = (
    Key("clause", ValueType.CLAUSES, "enclosing heading"),
    Key("says", ValueType.TEXT, repeats=True),
    Key("words not defined", ValueType.TEXTS),
    Key("assumed by drafter", ValueType.KEY_TEXT, repeats=True),
    Key("ru", ValueType.TEXT),
    Key("ar", ValueType.TEXT),
    Key("aliases", ValueType.TEXTS),
    Key("note", ValueType.TEXT),
    Key("source", ValueType.TEXT, repeats=True),
    Key("accept", ValueType.CODE_TEXT, repeats=True),
    Key("version", ValueType.NUMBER, "1"),
    Key("made by", ValueType.NAME, "current instrument", kinds=("instrument",)),
    Key("valid from", ValueType.TIME, "start of the instrument"),
    Key("valid until", ValueType.TIME),
)

NORM_KEYS: tuple[Key, ...] = (
    Key("on", ValueType.NAMES, required=True, kinds=WHO, also=WHO_BUILT_IN),
    Key("against", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("during", ValueType.NAMES, UNDEFINED, kinds=("phase",)),
    Key("where", ValueType.NAMES, UNDEFINED, kinds=PLACES, also=PLACES_BUILT_IN),
    Key("window", ValueType.PHRASE),
    Key("except", ValueType.NAMES, kinds=("exception",)),
    Key("tolerance", ValueType.PHRASE, UNDEFINED),
    Key("check", ValueType.WORD, "machine", words=("machine", "person", "not-checkable")),
    Key(
        "evidence",
        ValueType.WORDS,
        UNDEFINED,
        words=(
            "report",
            "photo",
            "count",
            "list",
            "certificate",
            "notification",
            "position",
            "coverage",
        ),
    ),
    Key("verified by", ValueType.NAMES, UNDEFINED, kinds=CHECKERS, also=WHO_BUILT_IN),
    Key("standard", ValueType.NAME, UNDEFINED, kinds=("term", "verification")),
    Key("on violation", ValueType.NAMES, UNDEFINED, kinds=("consequence",)),
    Key("mirror of", ValueType.NAME, kinds=NORMS),
)
