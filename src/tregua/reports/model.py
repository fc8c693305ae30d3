"""The records that reports consist of. A record is a statement, never a fact.

Six kinds share one `Origin` (who says it, since when it could be known, where it is cited):

* `Observation`: one act or thing that somebody saw, heard or was told of;
* `CountClaim`: a claimed number ("302 violations in seven days"), never an incident;
* `Watch`: coverage: somebody watched a place for a time;
* `Statement`: a declaration, decision, denial, acceptance or claim about the state of the deal;
* `Naming`: whom a name in reports may stand for, and for which side a reporter speaks; contestable;
* `Link`: a person joins or parts two reports; reversible.

What happened (``when``) and when anyone could know it (``known``) are separate everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from tregua.terms.estimate import NOT_STATED, Estimate
from tregua.terms.place import Place

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.terms.time import When


_NOWHERE = Place()


class Means(StrEnum):
    """How the observer came to know it."""

    SAW = "saw"
    HEARD = "heard"
    TRACES = "saw traces"
    TOLD = "was told"
    DEVICE = "device recorded"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says it, and since when it could be known.

    Attributes:
        key: the reporter's own id of the record, unique within one source ("S16-205", "227936").
        source: short name of the file or data set the record came in with ("syria-2016", "ged").
        reporter: who says it, as written ("SNHR", "Russian Ministry of Defence").
        known: instant from which anyone could have known it, UTC; never before the event began.
        citation: where it is published; may be empty.
        summary: the statement in a few words of whoever entered it.
        flags: closed words set at intake ("known-before-event", "low-above-best",
            "summary-row" ...); listed in docs/reference/reports.md.
    """

    key: str
    source: str
    reporter: str
    known: datetime
    citation: str = ""
    summary: str = ""
    flags: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return ``source:key``, the id under which a record is shown and linked."""
        return f"{self.source}:{self.key}"


@dataclass(frozen=True, slots=True)
class Harm:
    """People killed and injured, as claimed; who they were, when said."""

    killed: Estimate = NOT_STATED
    injured: Estimate = NOT_STATED
    who: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One act or thing.

    Attributes:
        what: act kind of the tree; empty when the source does not say.
        by: the accused as stated, each an alternative; empty = nobody is accused.
        also_possible: names of others that the source's coding cannot tell apart from ``by``.
        against: target as stated; empty when not stated.
        number: how many of ``unit``.
        matter: the reporter's or clerk's own key that joins statements on one matter; may be empty.
        certain: true only for records that a case or scenario takes as certain (``p 1``).
        pair_only: true when ``by`` names the sides that were fighting, not who fired.
        asked: for acts of aid access: the convoy or request it belongs to.
    """

    origin: Origin
    when: When
    what: str
    place: Place = _NOWHERE
    by: tuple[str, ...] = ()
    also_possible: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    harm: Harm = Harm()
    number: Estimate = NOT_STATED
    unit: str = ""
    means: Means = Means.NOT_STATED
    matter: str = ""
    certain: bool = False
    pair_only: bool = False
    asked: str = ""


@dataclass(frozen=True, slots=True)
class CountClaim:
    """A claim about a count: a number, a unit, a period, an accused; not an incident.

    Attributes:
        when: the period that is counted.
        unit: what is counted, as stated ("violations", "attacks", "explosions", "trucks").
        unit_is_defined: whether the claimant says what one of them is.
        accused: whom the count is laid to, as stated; empty when nobody.
        parts: named parts of the count, as published, e.g. by province.
        cumulative: whether it counts from a start named elsewhere.
        about: the topic: ``violations`` or another word (``deaths``, ``aid`` ...).
    """

    origin: Origin
    when: When
    number: Estimate
    unit: str
    accused: tuple[str, ...] = ()
    place: Place = _NOWHERE
    parts: tuple[tuple[str, int], ...] = ()
    cumulative: bool = False
    unit_is_defined: bool = False
    about: str = "violations"
    harm: Harm = Harm()


@dataclass(frozen=True, slots=True)
class Watch:
    """Coverage: who watched which place, when, by which means.

    Attributes:
        sees: act kinds that this watch would have noticed; empty means all.
        share: share of the place and time that was watched, 0..1.
    """

    origin: Origin
    when: When
    place: Place
    means: str = ""
    sees: tuple[str, ...] = ()
    share: float = 1.0


class Says(StrEnum):
    """What a statement does. Closed list."""

    SETS = "sets"  # exercise of a power that sets a moment: `about` = power id, `at` = the moment
    STARTS = "starts"
    EXTENDS = "extends"  # `about` = power or phase, `until` = new end as stated
    SUSPENDS = "suspends"
    RESUMES = "resumes"
    ENDS = "ends"
    ACCEPTS = "accepts"
    REJECTS = "rejects"
    DENIES = "denies"  # an accusation: `about` = matter key
    ADMITS = "admits"
    JUDGES = "judges"  # a person's decision that a term applies: `about` = term or matter
    CERTIFIES = (
        "certifies"  # how far a clock has run: `about` = clock id, `quantity` = amount in its unit
    )
    FINDS = "finds"  # a finding of the body that the deal names
    CLAIMS_STATE = "claims state"  # "over", "holding": `about` = phase or deal, `text` = the claim
    REPLIES = "replies"
    DECIDES = "decides"  # any other decision
    DECLARES = "declares"  # any other declaration


@dataclass(frozen=True, slots=True)
class Statement:
    """A declaration, decision, denial, acceptance, or claim about the state.

    Attributes:
        when: when it was made or takes effect, as cited.
        says: what it does.
        by: who makes it, as written; several for a joint one.
        about: id of a power, phase, clock, gate, term or norm of the deal, or a matter key.
        at: the moment it fixes (a start, an end), when there is one.
        quantity: a number it states (days, hours), as written; ``None`` when there is none.
        claim: the claimed state in the claimant's words, short.
    """

    origin: Origin
    when: When
    says: Says
    by: tuple[str, ...]
    about: str = ""
    at: When | None = None
    quantity: float | None = None
    unit: str = ""
    claim: str = ""
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Naming:
    """Whom a name in reports may stand for. Data, not code: it is in the ledger and contestable.

    Attributes:
        name: as it is written in reports.
        stands_for: ids of the deal (or ``third-party``, ``unknown``, or any other plain id);
            several when the name does not tell them apart ("Syrian insurgents": opposition, nusra).
        speaks_for: for a reporter: ids of the sides in whose camp it is; empty = independent.
        office: the publishing office behind the reporter, so that one office counts once.
        from_, until: validity of the reading; ``None`` = open.
    """

    origin: Origin
    name: str
    stands_for: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()
    office: str = ""
    from_: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A person joins (``same`` true) or parts two records, with a reason; a later one wins."""

    origin: Origin
    first: str  # record ids
    second: str
    same: bool
    reason: str


Record: TypeAlias = Observation | CountClaim | Watch | Statement | Naming | Link
