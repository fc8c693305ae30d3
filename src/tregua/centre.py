"""The road on one page: agreement and record in, picture out. Owns nothing, holds no rule.

Everything after `known_in` is a pure function of (agreement, records known, the moment asked
about): a question about the past, a what-if and a party's own recomputation are the same call with
other arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.agreement.versions.editions import editions_of
from tregua.agreement.versions.in_force import agreement_at
from tregua.assessment.assess import assess
from tregua.assessment.changes import Side
from tregua.assessment.kept import Kept
from tregua.assessment.moments import Moments, known_moments, moments_in
from tregua.assessment.operator import Form
from tregua.assessment.spells import Judged, spells_in
from tregua.attribution.pairs import pairs_to_compare
from tregua.attribution.tallies import Tallies, two_tallies
from tregua.incidents.match import match
from tregua.ledger.intake import append, machine_clock
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.desk import Signing
from tregua.reports.from_entry import read_body
from tregua.reports.model import Statement, Watch
from tregua.reports.to_entry import entry_kind
from tregua.reports.to_fields import fields_of
from tregua.sharing.doubted import doubted_in
from tregua.sharing.reader import Reader
from tregua.sharing.reading import read_entries
from tregua.sharing.visit import Visit
from tregua.status.advance import advance
from tregua.status.basis import Basis
from tregua.status.facts import facts_of
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.agreement.versions.editions import Edition
    from tregua.assessment.live_answers import LiveAnswers, Version
    from tregua.assessment.model import Assessment
    from tregua.attribution.model import Attributed
    from tregua.ledger.signing.desk import Desk
    from tregua.ledger.store import Store
    from tregua.ledger.windows.seen import Seen
    from tregua.reports.model import Record
    from tregua.sharing.doubted import Doubted
    from tregua.sharing.erased import Erased
    from tregua.status.facts import Facts
    from tregua.status.model import Status


@dataclass(frozen=True, slots=True)
class KnownAt:
    """What was known: the first ``size`` entries, or what could be known by ``instant`` (UTC).

    Both ``None`` means everything the ledger holds.

    Attributes:
        size: entries from the first on.
        instant: by the dates that sources give.
        moment: the time (UTC) that cosignatures resolved to ``size``; ``None`` when it was asked.
        provisional: entries of it, the last ones, that the centre's own clock alone puts there.
    """

    size: int | None = None
    instant: datetime | None = None
    moment: datetime | None = None
    provisional: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What was known: the records, and the piece of the ledger that they stand in.

    Attributes:
        records: newest version of each, sorted by (known, id).
        positions: record id -> ledger index of the entry that carries it, as sorted pairs.
        size: entries of the ledger that were looked at.
        root: root hash (hex) of those entries.
        as_of: the words for people: "entry 812" or an instant.
        deals: SHA-256 (hex) of every deal text that the record names.
        instant: the moment asked about, UTC; ``None`` when a prefix was asked for.
        moment, provisional: as in `KnownAt`, when cosignatures resolved a time to the prefix.
        audience: whose view it is; empty for whoever keeps the record.
        left_out: ids (hex) of entries of which something is hidden or not held, sorted.
        erased: entries of which the body was destroyed.
        doubted: those of ``records`` whose key was revoked, and whose entry is not shown to have
            been acknowledged before the loss; by id.
    """

    records: tuple[Record, ...]
    positions: tuple[tuple[str, int], ...]
    size: int
    root: str
    as_of: str
    deals: tuple[str, ...] = ()
    instant: datetime | None = None
    moment: datetime | None = None
    provisional: int = 0
    audience: str = ""
    left_out: tuple[str, ...] = ()
    erased: tuple[Erased, ...] = ()
    doubted: tuple[Doubted, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the deal stands at a time, as known at a time, with everything it was made from.

    Attributes:
        deal: the whole deal, with all its versions.
        agreement: its words as they stand at ``at``, with what is announced and has not begun.
        known: the records it was made from.
        at: the moment asked about, UTC.
        attributed: the incidents, by the words that stand at ``at``.
        moments: the same.
        assessments: every act judged by the words that held when it was done.
        status: clocks, gates, phases and what is due.
        editions: the texts that held up to ``at``, by time.
        facts: what the status was made from.
    """

    deal: Agreement
    agreement: Agreement
    known: Known
    at: datetime
    attributed: tuple[Attributed, ...]
    moments: Moments
    assessments: tuple[Assessment, ...]
    status: Status
    editions: tuple[Edition, ...]
    facts: Facts = field(compare=False, repr=False)


def known_in(
    store: Store,
    until: KnownAt,
    *,
    zone: str = "UTC",
    visit: Visit | None = None,
    reader: Reader | None = None,
    seen: Seen | None = None,
) -> Known:
    """Read what was known: a prefix of the ledger, or all that could be known by then.

    The ``visit`` sees what is marked for its audience or was released to it, and is logged first;
    ``None``: whoever keeps the record. A ``reader`` that looked before reads only what is new. What
    others had ``seen`` of the record before a key was lost takes the doubt from its entries.

    Raises:
        StoreUnwritable: the visit cannot be logged, so nothing is read.
        LedgerDamaged: what is held does not belong to its entries, or these not to a checkpoint.
    """
    visit, looking = visit or Visit(), reader or Reader()
    size = store.size() if until.size is None else min(until.size, store.size())
    read, root = looking.read(store, size, visit, seen)
    newest: dict[str, tuple[int, Record]] = {}
    owners: dict[str, str] = {}
    for told in read.told:
        record = _own(told.record, told.issuer, owners)
        # A later entry of the same id supersedes the earlier one; neither is deleted.
        if until.instant is None or record.origin.known <= until.instant:
            newest[record.origin.id] = (told.index, record)
    records = sorted((r for _, r in newest.values()), key=lambda r: (r.origin.known, r.origin.id))
    positions = tuple(sorted((key, index) for key, (index, _) in newest.items()))
    return Known(
        records=tuple(records),
        positions=positions,
        size=size,
        root=root.hex(),
        as_of=_words(until, size, zone),
        deals=read.deals,
        instant=until.instant,
        moment=until.moment,
        provisional=until.provisional,
        audience=visit.audience,
        left_out=read.left_out,
        erased=read.erased,
        doubted=doubted_in(positions, read.doubted),
    )


def _own(record: Record, issuer: str, owners: dict[str, str]) -> Record:
    """Return the record under an id that is its signer's: nobody supersedes what another signed."""
    while owners.setdefault(record.origin.id, issuer) != issuer:
        origin = replace(record.origin, source=f"{issuer}/{record.origin.source}")
        record = replace(record, origin=origin)
    return record


def _words(until: KnownAt, size: int, zone: str) -> str:
    if until.instant is not None:
        return f"{show_time(until.instant, zone)}, as dated by the sources"
    if until.moment is not None:
        by = f"{show_time(until.moment, zone)}: the first {size} entries, by the cosignatures"
        own = f"; the last {until.provisional} by the centre's own clock, provisional"
        return f"{by}{own}" if until.provisional else by
    return f"the first {size} entries of the ledger"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an intake did: new records, revised ones, those already there; the head."""

    new: int
    revised: int
    already: int
    size: int
    root: str


def take_in(
    store: Store,
    records: Iterable[tuple[Record, str]],
    desk: Desk,
    *,
    agreement: Agreement | None = None,
    now: Callable[[], datetime] = machine_clock,
) -> TakenIn:
    """Sign and append records, each with its body, in one batch: all of them or none.

    A record that stands there already, word for word, is not appended again; one whose text changed
    is appended and supersedes. The deal's digest becomes an entry the first time it is seen.

    Raises:
        StoreUnwritable, LedgerDamaged, EntryRefused: nothing of the batch was recorded.
    """
    told = {"new": 0, "revised": 0, "already": 0}

    def batch() -> Iterator[bytes]:
        # Asked for by `append` when our turn to write has come: another intake may just have ended.
        entries = list(store.entries())
        read = read_entries(entries, store.bodies.all())
        signed = [(e.id, e.claims) for _, e in entries if isinstance(e, SignedEntry)]
        signing = Signing(desk, signed, iat=int(now().timestamp()))
        named, made = signing.opening(), []
        if agreement is not None and agreement.text.digest not in read.deals:
            made.append(signing.agreement(agreement.text.digest))
        own = (t for t in read.told if t.issuer in ("", desk.device.party))
        newest = {t.record.origin.id: t.body for t in own}
        for record, body in records:
            held = newest.get(record.origin.id)
            if held is not None and (held == body or _says_the_same(held, body)):
                told["already"] += 1
                continue
            told["new" if held is None else "revised"] += 1
            newest[record.origin.id] = body
            made.append(signing.entry(entry_kind(record), fields=fields_of(body, desk.rel)))
        # Bodies first: an entry without its body could not be read, a body without one is nothing.
        store.bodies.put(made)
        yield from (m.entry for m in (*(named if made else ()), *made))

    head = append(store, batch(), now=now)
    return TakenIn(**told, size=head.size, root=head.root.hex())


def _says_the_same(held: str, body: str) -> bool:
    """Say whether one row came again: it cannot become known later than it was first taken in."""
    one, other = read_body(held), read_body(body)
    if not one.row or one.row != other.row:
        return False
    origin = replace(other.record.origin, known=one.record.origin.known)
    return replace(other.record, origin=origin) == one.record


def picture(
    agreement: Agreement,
    known: Known,
    *,
    at: datetime,
    form: Form = Form.COLUMNAR,
    kept: Kept | None = None,
) -> Picture:
    """Say where the deal stands at ``at`` (UTC), from what was known.

    Neither the ``form`` in which the engine's operators are asked nor what was ``kept`` of an
    earlier picture changes anything but the time it takes.
    """
    kept = kept or Kept()
    kept.begin()
    records = kept.records(known.records)
    # What happened after `at` is not looked at, even if it is known today.
    statements = tuple(r for r in records if isinstance(r, Statement) and r.when.start < at)
    watches = tuple(r for r in records if isinstance(r, Watch) and r.when.start < at)
    incidents = kept.incidents(i for i in match(records, kept.matched) if i.when.start < at)
    first, last = known_moments(moments_in(agreement, statements, at=at))
    texts = (agreement, first, last, at)
    editions = kept.recall(
        ("editions",),
        lambda _: texts,
        lambda: editions_of(agreement, first=first, last=last, until=at),
    )
    now = kept.recall(
        ("in force",),
        lambda _: texts,
        lambda: agreement_at(agreement, at, agreement.variant, known=first, ahead=True),
    )
    owing = tuple(e for e in editions if e.agreement.norms)
    people = {deal.who: deal for deal in (now, *(e.agreement for e in owing))}
    weighed = {who: kept.weighed(incidents, records, deal) for who, deal in people.items()}
    judged = tuple(
        Judged(e, weighed[e.agreement.who], moments_in(e.agreement, statements, at=at))
        for e in owing
    )
    seed = bytes.fromhex(known.root)
    norms = spells_in(judged, watches, statements, at=at, seed=seed, form=form)
    assessments, attributed = assess(norms, kept), weighed[now.who]
    moments = moments_in(now, statements, at=at)
    basis = Basis(now, assessments, attributed, watches, statements, moments, at, form)
    facts = facts_of(basis, norms)
    return Picture(
        *(agreement, now, known, at, attributed, moments, assessments, advance(facts), editions),
        facts=facts,
    )


def picture_after(
    agreement: Agreement, known: Known, live: LiveAnswers, *, at: datetime
) -> tuple[Picture, tuple[Version, ...]]:
    """Say where the deal stands after more became known; and which answers have a new version.

    The picture is the one that ``picture`` makes of the same; only what was touched since the
    picture before is asked again. ``live`` goes from one call to the next.
    """
    shown = picture(agreement, known, at=at, kept=live.kept)
    return shown, live.take(side_of(shown), known.positions, known.size)


def side_of(shown: Picture) -> Side:
    """Return what is compared when it is asked what later knowledge changed."""
    return Side(shown.assessments, shown.attributed, shown.known.records)


def window_of(shown: Picture) -> tuple[datetime, datetime]:
    """Return the time of the deal so far: from the first start of a phase to the moment asked."""
    starts = [p.start for p in shown.status.phases if p.start is not None and p.start < shown.at]
    told = [r.when.start for r in shown.known.records if isinstance(r, Watch | Statement)]
    times = [start for start in told if start < shown.at]  # what is announced lies ahead of it
    return min(starts or times, default=shown.at - timedelta(days=1)), shown.at


def tallies_of(shown: Picture) -> tuple[Tallies, ...]:
    """Lay the tallies of the sides, and of those who speak for none, beside each other."""
    start, end = window_of(shown)
    records = shown.known.records
    return tuple(
        two_tallies(
            records, shown.attributed, shown.agreement, camp_a=a, camp_b=b, start=start, end=end
        )
        for a, b in pairs_to_compare(records, shown.agreement, start=start, end=end)
    )
