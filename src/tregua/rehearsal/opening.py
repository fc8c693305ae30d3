"""The record that a rehearsal begins with: three keys named, eleven reports, three beats.

Two sides and a neutral report on made-up days; every entry is signed by whoever says it, and both
mirrors and the witness cosign each beat.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.sign import Draft
from tregua.rehearsal.cast import EVERYBODY, REL
from tregua.rehearsal.stage import Stage
from tregua.reports.model import Observation, Origin
from tregua.reports.to_entry import body_of
from tregua.reports.to_fields import fields_of
from tregua.terms.place import Place
from tregua.terms.time import When

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.ledger.signing.sign import Signed
    from tregua.rehearsal.cast import Cast

BEGAN = 1_473_696_000  # 12 September 2016, 16:00 UTC
DAY = 86_400
BEATS = (("a", "b", "un"), ("a", "b", "a", "b"), ("un", "a", "b", "a"))  # who reports, in order
_SIGNS = ("report", "reply", "nil", "opening")
_PLACES = {"a": (36.2, 37.1), "b": (35.9, 36.6), "un": (36.2, 36.7)}  # north, east


def begin(folder: Path, cast: Cast) -> Stage:
    """Set the stage in a folder that holds nothing yet."""
    stage = Stage(folder, cast, BEGAN)
    for party in EVERYBODY:
        stage.put(_named(stage, party))
    for reporters in BEATS:
        for party in reporters:
            stage.put(report(stage, party))
        stage.beat()
    return stage


def _named(stage: Stage, party: str) -> Signed:
    phone = stage.cast.keys[f"{party}/phone"]
    since, until = stage.now - 7 * DAY, stage.now + 30 * DAY
    terms = KeyTerms(phone.kid, phone.alg, phone.public, _SIGNS, since, until)
    draft = Draft("key", stage.cast.agr, REL, stage.now, key=terms)
    return stage.signed(draft, stage.cast.keys[f"{party}/root"])


def report(stage: Stage, party: str, *, iat: int | None = None) -> Signed:
    """Sign a report of a party about its own place, dated now unless said otherwise."""
    return stage.signed(draft(stage, party, iat=iat), stage.cast.keys[f"{party}/phone"])


def forged(stage: Stage, party: str, *, by: str) -> Signed:
    """Sign a report in the name of a party's phone, with the key of somebody else's."""
    key = replace(stage.cast.keys[f"{by}/phone"], kid=f"{party}/phone")
    return stage.signed(draft(stage, party), key)


def draft(stage: Stage, party: str, *, number: int = 0, iat: int | None = None) -> Draft:
    """Return what a party reports; the ``number`` tells several of one hour apart."""
    at = datetime.fromtimestamp(stage.now, UTC) - timedelta(minutes=30)
    north, east = _PLACES[party]
    record = Observation(
        Origin(f"{party}-{stage.now}-{number}", party, party, stage.clock()),
        When(at, at + timedelta(minutes=1)),
        "mortar-fire",
        Place("", east, north, 500.0),
    )
    fields = fields_of(body_of(record), REL)
    return Draft("report", stage.cast.agr, REL, stage.now if iat is None else iat, fields)
