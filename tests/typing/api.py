"""The public doors with their types: checked by mypy, never run.

What another program may rely on: the names, the arguments, the results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from tregua.agreement.lint_deal import lint
from tregua.agreement.model import Agreement
from tregua.agreement.read import read_deal
from tregua.assessment.model import Assessment
from tregua.attribution.model import Attributed
from tregua.bulletin.blocks import Bulletin
from tregua.bulletin.compose import compose
from tregua.bulletin.to_html import to_html
from tregua.bulletin.to_json import picture_json
from tregua.bulletin.to_text import to_text
from tregua.centre import Known, KnownAt, Picture, TakenIn, known_in, picture, take_in
from tregua.ledger.audit import Audit, audit
from tregua.ledger.beat.publish import Published, publish
from tregua.ledger.mirror.mirror import Mirror
from tregua.ledger.mirror.pull import Pulled
from tregua.ledger.mirror.receipt import receipt_of
from tregua.ledger.mirror.sources import source_at
from tregua.ledger.notes.key_file import read_key_file
from tregua.ledger.notes.policy import Policy
from tregua.ledger.notes.proof_file import ProofCheck, ProofFile, check_proof
from tregua.ledger.notes.read_policy import read_policy
from tregua.ledger.open import open_for_reading, open_for_writing
from tregua.ledger.signing.desk import new_desk
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options
from tregua.reports.to_entry import body_of_row
from tregua.status.model import Status
from tregua.terms.notes import Note

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


DESK = new_desk(("PUBLIC",))


def the_whole_road(deal: Path, reports: Path, ledger: Path, at: datetime, known: datetime) -> None:
    """Walk from two files to a page, as a program of somebody else would."""
    reading = read_deal(deal)
    assert_type(reading.agreement, Agreement)
    assert_type(reading.notes, tuple[Note, ...])
    assert_type(lint(reading), tuple[Note, ...])

    rows = read_file(reports, Options(zone=reading.agreement.zone, received=known)).rows
    records = ((record, body_of_row(record, row)) for row in rows for record in row.records)
    with open_for_writing(ledger) as store:
        assert_type(take_in(store, records, DESK, agreement=reading.agreement), TakenIn)

    with open_for_reading(ledger) as store:
        then = known_in(store, KnownAt(instant=known), zone=reading.agreement.zone)
        assert_type(then, Known)
    assert_type(audit(ledger), Audit)

    shown = picture(reading.agreement, then, at=at)
    assert_type(shown, Picture)
    assert_type(shown.attributed, tuple[Attributed, ...])
    assert_type(shown.assessments, tuple[Assessment, ...])
    assert_type(shown.status, Status)

    page = compose(shown)
    assert_type(page, Bulletin)
    assert_type(to_html(page, shown), str)
    assert_type(to_text(page), str)
    assert_type(picture_json(shown), dict[str, object])


def the_record_between_two_sides(ledger: Path, key: Path, rule: bytes, entry: bytes) -> None:
    """Publish, copy, prove: what the centre and a side do, and what anybody may check."""
    policy = read_policy(rule)
    assert_type(policy, Policy)
    public, ours = ledger.with_name("public"), ledger.with_name("ours")
    with open_for_reading(ledger) as store:
        published = publish(store, public, read_key_file(key), policy, now=1_473_930_000)
    assert_type(published, Published)

    pulled = Mirror(ours, policy).pull(source_at(str(public)), now=1_473_930_060)
    assert_type(pulled, Pulled)

    proof = receipt_of(source_at(str(ours)), 812)
    assert_type(proof, ProofFile)
    assert_type(check_proof(proof, entry, policy), ProofCheck)
