"""What each independent office says about one incident: whom it names, denies, admits.

Rules:

1. An office counts once, however often and through whomever it speaks.
2. A record that names the sides that were fighting (``pair_only``) accuses nobody: it allows both
   sides, a third party and ``unknown``. It speaks for its office only where that accuses nobody.
3. An office admits when it names only its own camp. A statement of admission counts as one when it
   comes from the speaker's own camp or through an office known to be independent; told by others it
   is an accusation of theirs.
4. A denial is taken from whoever carries it: it can only take certainty away. A guarantor that
   denies speaks for itself and for the side of which it is guarantor.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.attribution.model import THIRD_PARTY, UNKNOWN, Voice
from tregua.reports.model import Says

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.attribution.camps import Camps, Standing
    from tregua.attribution.names import Names
    from tregua.incidents.model import Incident
    from tregua.reports.model import Observation, Statement


@dataclass(frozen=True, slots=True)
class Speech:
    """What one record says, for one office."""

    standing: Standing
    record: str
    names: frozenset[str] = frozenset()
    pair: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    denies: frozenset[str] = frozenset()
    admits: bool = False
    tells: bool = False  # whether it says that the thing occurred
    certain: bool = False
    unresolved: tuple[str, ...] = ()


def speeches_on(incident: Incident, names: Names, camps: Camps) -> tuple[Speech, ...]:
    """Return what every record of the incident says, office by office."""
    told = [s for o in incident.observations for s in _of_observation(o, names, camps)]
    replied = [s for r in incident.replies for s in _of_reply(r, names, camps)]
    return (*told, *replied)


def voices_in(speeches: Iterable[Speech]) -> tuple[Voice, ...]:
    """Return one voice for each office about who did it, sorted by office."""
    by_office = _by_office(speeches)
    return tuple(_voice(office, by_office[office]) for office in sorted(by_office))


def voices_on_target(speeches: Iterable[Speech]) -> tuple[Voice, ...]:
    """Return one voice for each office about whom it hit; nobody denies in these."""
    by_office = _by_office(s for s in speeches if s.tells)
    return tuple(_target_voice(office, by_office[office]) for office in sorted(by_office))


def _of_observation(one: Observation, names: Names, camps: Camps) -> list[Speech]:
    by = names.resolve((*one.by, *one.also_possible), one.when)
    against = names.resolve(one.against, one.when)
    named = frozenset() if by.names_nobody else by.ids
    pair = named | {THIRD_PARTY, UNKNOWN} if one.pair_only else frozenset()
    plain = frozenset() if one.pair_only else named
    return [
        Speech(
            standing=standing,
            record=one.origin.id,
            names=plain,
            pair=pair,
            targets=frozenset() if against.names_nobody else against.ids,
            admits=bool(plain) and plain <= set(standing.camps),
            tells=True,
            certain=one.certain,
            unresolved=(*by.unresolved, *against.unresolved),
        )
        for standing in camps.of(one.origin.reporter, one.origin.known)
    ]


def _of_reply(one: Statement, names: Names, camps: Camps) -> list[Speech]:
    carriers = camps.of(one.origin.reporter, one.origin.known)
    speeches = []
    for name in one.by or (one.origin.reporter,):
        for speaker in camps.of(name, one.origin.known):
            ids = names.stands_for(name, one.when) or frozenset(speaker.speaks_for)
            if one.says is Says.ADMITS:
                speeches += _admission(one, speaker, ids, carriers)
            else:
                denied = (
                    {c for i in ids for c in camps.camp_of(i)} if one.says is Says.DENIES else ()
                )
                speeches.append(Speech(speaker, one.origin.id, denies=frozenset(denied)))
    return speeches


def _admission(
    one: Statement, speaker: Standing, ids: frozenset[str], carriers: tuple[Standing, ...]
) -> list[Speech]:
    who = ids or frozenset({UNKNOWN})
    trusted = all(
        c.office == speaker.office or set(c.camps) & set(speaker.camps) or (c.known and not c.camps)
        for c in carriers
    )
    if trusted:
        return [Speech(speaker, one.origin.id, names=who, admits=bool(ids), tells=True)]
    return [Speech(c, one.origin.id, names=who, tells=True) for c in carriers]


def _by_office(speeches: Iterable[Speech]) -> dict[str, list[Speech]]:
    by_office: dict[str, list[Speech]] = defaultdict(list)
    for speech in speeches:
        by_office[speech.standing.office].append(speech)
    return by_office


def _voice(office: str, speeches: list[Speech]) -> Voice:
    plain = {n for s in speeches for n in s.names}
    pair = {n for s in speeches for n in s.pair}
    return Voice(
        office=office,
        camps=_camps(speeches),
        names=tuple(sorted(plain or pair)),
        denies=tuple(sorted({d for s in speeches for d in s.denies})),
        admits=any(s.admits for s in speeches),
        records=tuple(sorted({s.record for s in speeches})),
        camp_known=any(s.standing.known for s in speeches),
        pair_only=bool(pair) and not plain,
    )


def _target_voice(office: str, speeches: list[Speech]) -> Voice:
    return Voice(
        office=office,
        camps=_camps(speeches),
        names=tuple(sorted({t for s in speeches for t in s.targets})),
        denies=(),
        admits=any(s.admits and s.targets for s in speeches),
        records=tuple(sorted({s.record for s in speeches if s.targets})),
        camp_known=any(s.standing.known for s in speeches),
    )


def _camps(speeches: list[Speech]) -> tuple[str, ...]:
    return tuple(sorted({c for s in speeches for c in s.standing.camps}))
