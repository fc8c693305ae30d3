"""What a deal means: typed, immutable, names resolved. The page to read first.

``Slot[T]`` is a value of the deal with its four states: a ``T``, `Undefined` (left open),
`Nothing` (said to be none), or ``None`` (the encoded text is silent).

Lists of actors are sorted by id: their order carries no meaning. Built-in names (``everywhere``,
``everyone``, ``all-parties``, ``own-control``, ``controller``, ``actor``, ``target``, ``excluded``)
stand in lists as they are written, except ``all-parties``, which is expanded to the party ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from tregua.agreement.value import Amount, AmountRange, Call, Instant, Nothing, Undefined

if TYPE_CHECKING:
    from decimal import Decimal

    from tregua.agreement.block import DealText

T = TypeVar("T")
Slot: TypeAlias = T | Undefined | Nothing | None
Ids: TypeAlias = tuple[str, ...]


# --- moments and conditions ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """A moment set by a power, e.g. ``D``."""

    name: str


@dataclass(frozen=True, slots=True)
class Shifted:
    """``D + 2 days``: a moment moved by an amount (``sign`` is ``+1`` or ``-1``)."""

    base: TimeExpr
    sign: int
    amount: Amount


TimeExpr: TypeAlias = (
    Instant | Named | Shifted | Call
)  # Call: start(p), end(p), done(d), first(...)


@dataclass(frozen=True, slots=True)
class Compare:
    """``calm >= 7 days``."""

    clock: str
    op: str
    amount: Amount


Condition: TypeAlias = Compare | Call  # Call: the closed list of 02, 2.4; not/any/all nest


@dataclass(frozen=True, slots=True)
class Act:
    """An act kind of the tree with its arguments, e.g. ``attack(weapon: any)``."""

    kind: str
    args: tuple[tuple[str, str], ...] = ()


# --- who, where ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Who:
    """Anyone the deal names.

    Attributes:
        kind: party, guarantor, excluded, group, actor or body.
        names: titles by language (``en``, ``ru``, ``ar``).
        aliases: other names, in any script, under which reports may speak of it.
        of: for a guarantor: of whom; for a group: what it is part of.
        answers_for: those for whose acts it is responsible.
        may: what a body or actor may do (``determine``, ``verify`` ...); empty when not said.
        certainty: of the membership in ``of``, 0..1.
        members: parties that sit in a body.
    """

    id: str
    kind: str
    clause: str
    names: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...] = ()
    of: Slot[Ids] = None
    answers_for: Ids = ()
    may: Slot[Ids] = None
    certainty: Decimal | None = None
    members: Slot[Ids] = None

    def title(self, language: str = "en") -> str:
        """Return the title in that language, else in English, else the id in brackets."""
        names = dict(self.names)
        return names.get(language) or names.get("en") or f"[{self.id}]"


@dataclass(frozen=True, slots=True)
class Ground:
    """A zone, line, road or ring. ``geometry`` is a path beside the deal file or a reference."""

    id: str
    kind: str
    clause: str
    names: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...] = ()
    geometry: Slot[str] = None
    inside: Ids = ()
    shape: str = (
        ""  # GeoJSON geometry as canonical text, loaded at reading; empty when there is none
    )


# --- when ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phase:
    """A period in which norms hold."""

    id: str
    clause: str
    title: str
    starts: Slot[TimeExpr]
    lasts: Slot[Amount] = None
    ends: Slot[TimeExpr] = None
    extended_by: Ids = ()
    suspended_by: Ids = ()
    on_expiry: Slot[str] = None
    next: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A counter of the deal, e.g. consecutive days of calm."""

    id: str
    clause: str
    title: str
    counts: str  # consecutive-days consecutive-hours total-days elapsed
    day: Slot[str]  # calendar or 24-hours
    zone: str
    starts: Slot[TimeExpr]
    bad_day: Slot[tuple[Condition, ...]]
    resets_on: Slot[tuple[Condition, ...]]
    pauses_on: Slot[tuple[Condition, ...]]
    certified_by: Slot[Ids]
    target: Amount | None
    assumed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that lets something begin."""

    id: str
    clause: str
    title: str
    opens_when: Slot[tuple[Condition, ...]]
    decided_by: Slot[Ids]
    mode: Slot[str]
    latest: Slot[TimeExpr]
    if_not_decided: Slot[str]
    leads_to: Slot[Ids]


# --- norms --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Norm:
    """A prohibition, a duty or a permission.

    Attributes:
        kind: prohibition, duty or permission.
        shape: ``forbid`` (prohibition, and a permission with ``unhindered: yes``), ``achieve``
            (duty with ``must``), ``maintain`` (duty with ``must keep``), ``allow`` (permission).
        bearers: who owes it; for an unhindered permission those of ``owed by``.
        holders: for a permission: who may; otherwise empty.
        acts: forbidden, owed or permitted acts; for an unhindered permission the hindering acts.
        tolerance: incidents that are no violation yet; ``tolerance_per`` says in what length of
            time (``2 per 24 hours``), ``None`` for the norm's whole time.
        trigger: ``when`` of a duty, one instance each time it becomes true; ``if`` of a permission.
        coverage: share of place and time that must be watched before "kept" may be said.
        violated_at, kept_at: standard of proof as probabilities, only ever from the deal.
        consequences: ``on violation``; `Undefined`, `Nothing` and absent stay apart.
        assumed: the drafter's assumptions (key, reason); carried into every explanation.
    """

    id: str
    kind: str
    shape: str
    clause: str
    instrument: str
    title: str
    bearers: Slot[Ids]
    holders: Ids
    acts: tuple[Act, ...]
    against: Slot[Ids]
    during: Slot[Ids]
    where: Slot[Ids]
    exceptions: Ids
    tolerance: Slot[int]
    check: str
    trigger: Slot[tuple[Condition, ...]]
    within: Slot[Amount]
    deadline: Slot[TimeExpr]
    after: Ids
    together_with: Ids
    verified_by: Slot[Ids]
    coverage: Slot[Decimal]
    violated_at: Slot[Decimal]
    kept_at: Slot[Decimal]
    consequences: Slot[Ids]
    still_owed: bool
    mirror_of: str
    assumed: tuple[tuple[str, str], ...] = ()
    undefined_words: tuple[str, ...] = ()
    tolerance_per: Amount | None = None


@dataclass(frozen=True, slots=True)
class ExceptionClause:
    """An exception: a claim with a burden, not a silent hole."""

    id: str
    clause: str
    title: str
    when: Slot[tuple[Condition, ...]]
    result: str  # justified or outside
    burden: Slot[str]
    decided_by: Slot[Ids]
    only_in: Slot[Ids]
    priority: int = 0
    assumed: tuple[tuple[str, str], ...] = ()


# --- deciding and answering ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Power:
    """Who may set, start, extend, suspend or end something; its exercise is a ledger entry."""

    id: str
    clause: str
    title: str
    holder: Slot[Ids]
    mode: Slot[str]
    does: str
    sets: str
    over: Ids
    when: Slot[tuple[Condition, ...]]
    at: Slot[TimeExpr]
    within: Slot[Amount]
    if_silent: Slot[str]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the deal says follows."""

    id: str
    clause: str
    title: str
    when: Slot[tuple[Condition, ...]]
    needs: str  # assessment or finding
    decided_by: Slot[Ids]
    does: tuple[Act, ...]
    over: Slot[Ids]
    within: Slot[Amount]
    undone_when: Slot[tuple[Condition, ...]]
    then: Ids = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """Who checks what, and how sure is sure."""

    id: str
    clause: str
    of: Slot[Ids]
    by: Slot[Ids]
    coverage: Slot[Decimal]
    violated_at: Slot[Decimal]
    kept_at: Slot[Decimal]
    settles_after: Slot[Amount]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A unilateral statement beside the deal: a side's own clock."""

    id: str
    clause: str
    title: str
    by: Slot[Ids]
    starts: Slot[TimeExpr]
    ends: Slot[TimeExpr]
    relation: Slot[str]
    over: Ids


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the text and who may say that it applies."""

    id: str
    clause: str
    title: str
    decided_by: Slot[Ids]
    measured_as: Slot[tuple[Condition, ...]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A deal, resolved. Every tuple is in the order of the file, except lists of actors (by id).

    Attributes:
        id: of the deal.
        title: of the deal.
        zone: IANA default time zone; ``UTC`` only when the header names none (see lint L201).
        zone_is_stated: whether the header names a zone.
        model_digest: SHA-256 (hex) over kinds, ids and typed values, without titles and prose.
        text: the file as written, for lint, read-back and notes.
        variant: the instrument chosen among variants of one text; empty when none was chosen.
    """

    id: str
    title: str
    zone: str
    zone_is_stated: bool
    effective: Slot[TimeExpr]
    who: tuple[Who, ...]
    grounds: tuple[Ground, ...]
    phases: tuple[Phase, ...]
    clocks: tuple[Clock, ...]
    gates: tuple[Gate, ...]
    norms: tuple[Norm, ...]
    exceptions: tuple[ExceptionClause, ...]
    powers: tuple[Power, ...]
    consequences: tuple[Consequence, ...]
    verifications: tuple[Verification, ...]
    declarations: tuple[Declaration, ...]
    terms: tuple[Term, ...]
    act_parents: tuple[tuple[str, str], ...]  # (kind, parent) added by `acts` blocks
    model_digest: str
    text: DealText
    variant: str = ""

    def anyone(self, who_id: str) -> Who | None:
        """Return whoever has that id, compared whole."""
        return next((w for w in self.who if w.id == who_id), None)

    def of_kind(self, *kinds: str) -> tuple[Who, ...]:
        """Return all of these kinds, sorted by id."""
        return tuple(sorted((w for w in self.who if w.kind in kinds), key=lambda w: w.id))

    @property
    def parties(self) -> tuple[Who, ...]:
        """Return the parties, sorted by id: order is a statement, so it is nobody's choice."""
        return self.of_kind("party")

    def norm(self, norm_id: str) -> Norm | None:
        """Return the norm of that id."""
        return next((n for n in self.norms if n.id == norm_id), None)

    def phase(self, phase_id: str) -> Phase | None:
        """Return the phase of that id."""
        return next((p for p in self.phases if p.id == phase_id), None)


def is_open(slot: object) -> bool:
    """Say whether the text leaves a slot open: absent or undefined (but not "said to be none")."""
    return slot is None or isinstance(slot, Undefined)


__all__ = [
    "Act",
    "Agreement",
    "Amount",
    "AmountRange",
    "Call",
    "Clock",
    "Compare",
    "Condition",
    "Consequence",
    "Declaration",
    "ExceptionClause",
    "Gate",
    "Ground",
    "Ids",
    "Instant",
    "Named",
    "Norm",
    "Nothing",
    "Phase",
    "Power",
    "Shifted",
    "Slot",
    "Term",
    "TimeExpr",
    "Undefined",
    "Verification",
    "Who",
    "is_open",
]
