"""The values that stand right of a colon in a block, as parsed and before names are resolved.

Four things differ and are kept apart (language principle 4): a key that is absent (``None`` here),
`Undefined` (the text speaks and leaves it open), `Nothing` (the text says there is none), and a
value. A vague word is never turned into a number.

Every atom knows its ``cut``, the piece of the entry's raw text that it was read from, so that a
note can put its caret under the exact token. The cut never takes part in a comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from decimal import Decimal

    from tregua.terms.time import When

Cut: TypeAlias = tuple[int, int]  # first and last-plus-one character in the entry's raw text
NOWHERE: Cut = (0, 0)


@dataclass(frozen=True, slots=True)
class Undefined:
    """The text speaks of it and leaves it open; ``phrase`` is the text's own wording, if quoted."""

    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The text says that there is none."""


@dataclass(frozen=True, slots=True)
class Word:
    """A bare name: a word of a closed list, or the id of a block."""

    name: str
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted string."""

    text: str
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number without a unit."""

    value: Decimal
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with a unit: ``48 hours``, ``3500 m``, ``60 %``.

    ``hours`` and shorter are elapsed time; ``days`` and longer are calendar steps in a zone.
    """

    value: Decimal
    unit: str  # seconds minutes hours days weeks months years m km mm %
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit}"


@dataclass(frozen=True, slots=True)
class AmountRange:
    """``15..20 km``: both ends with one unit."""

    low: Amount
    high: Amount
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Instant:
    """A date or a date and time; without an offset it needs a zone (its own or the header's)."""

    text: str
    zone: str = ""  # IANA name written behind it, if any
    when: When | None = None  # resolved at reading, ``None`` while no zone is known
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """``08:00``."""

    hour: int
    minute: int
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ZoneName:
    """An IANA time zone."""

    name: str
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """``§3d``, with the instrument's id in front when it is another instrument's clause."""

    label: str
    instrument: str = ""
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Op:
    """``>= <= = > < + - .. *``."""

    sign: str
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Arg:
    """An argument of a call: ``within: 60 minutes`` is named ``within``; a plain one is not."""

    name: str
    item: Item


@dataclass(frozen=True, slots=True)
class Call:
    """``attack(weapon: any)``, ``prior(attack, on: actor, within: 60 minutes)``."""

    name: str
    args: tuple[Arg, ...] = ()
    cut: Cut = field(default=NOWHERE, compare=False, repr=False)

    def arg(self, name: str) -> Item | None:
        """Return the named argument, or ``None``."""
        return next((a.item for a in self.args if a.name == name), None)

    def plain(self) -> tuple[Item, ...]:
        """Return the arguments without a name, in order."""
        return tuple(a.item for a in self.args if not a.name)


Atom: TypeAlias = (
    Word
    | Text
    | Number
    | Amount
    | AmountRange
    | Instant
    | TimeOfDay
    | ZoneName
    | ClauseRef
    | Op
    | Call
)


@dataclass(frozen=True, slots=True)
class Item:
    """One element of a comma-separated list: one or more atoms, e.g. ``D + 2 days``, ``ru 1``."""

    atoms: tuple[Atom, ...]

    @property
    def only(self) -> Atom | None:
        """Return the atom when there is exactly one."""
        return self.atoms[0] if len(self.atoms) == 1 else None

    @property
    def word(self) -> str:
        """Return the first atom's name when it is a word or a call, else an empty string."""
        first = self.atoms[0]
        return first.name if isinstance(first, Word | Call) else ""


@dataclass(frozen=True, slots=True)
class Items:
    """The parsed value of a key: a list of items (one item for most keys)."""

    items: tuple[Item, ...]

    def words(self) -> tuple[str, ...]:
        """Return the names that stand in the list (ids, closed words), in the order written."""
        return tuple(i.word for i in self.items if i.word)

    def texts(self) -> tuple[str, ...]:
        """Return the quoted strings of the list."""
        return tuple(a.text for i in self.items for a in i.atoms if isinstance(a, Text))


Value: TypeAlias = Items | Undefined | Nothing
