"""An attack on the record: what is done, and which look at the record should find it.

An attack is caught when its look, which found nothing before, says a sentence that names what was
touched. A sentence about something else does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.rehearsal.stage import Stage


class Outcome(StrEnum):
    """What came of an attack. ``VISIBLE``: it cannot be prevented, and everybody can see it."""

    CAUGHT = "caught"
    VISIBLE = "made visible"
    NOT_CAUGHT = "not caught"


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did.

    Attributes:
        what: one sentence.
        names: what the look has to name, each in its own words.
    """

    what: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack.

    Attributes:
        id: short name.
        title: a few words.
        act: does it to the stage.
        look: asks one part of the audit; empty when that part finds nothing.
        at_best: what a look can come to.
    """

    id: str
    title: str
    act: Callable[[Stage], Done]
    look: Callable[[Stage], str]
    at_best: Outcome = Outcome.CAUGHT


@dataclass(frozen=True, slots=True)
class Played:
    """An attack that was played.

    Attributes:
        attack: which.
        done: what was done.
        before: what the look said before anything was done; anything at all is a false alarm.
        said: what it said afterwards.
    """

    attack: Attack
    done: Done
    before: str
    said: str

    @property
    def outcome(self) -> Outcome:
        """Say what came of it."""
        named = bool(self.said) and all(name in self.said for name in self.done.names)
        return self.attack.at_best if named and not self.before else Outcome.NOT_CAUGHT
