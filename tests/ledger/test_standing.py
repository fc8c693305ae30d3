"""A phone is lost and reported: which of its entries stand, and who had seen them before."""

from __future__ import annotations

import pytest

from tests.ledger.signing.conftest import AGR, ALL, REPORT, D
from tests.ledger.test_signatures import Record
from tregua.ledger.audit import audit
from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.sign import Draft
from tregua.ledger.standing import Affected, Standing
from tregua.ledger.windows.seen import Cosigned, Seen

OTHER = {"a": "b", "b": "a"}
HOUR = 3_600
LOST = D + HOUR
BOTH = pytest.mark.parametrize("side", ["a", "b"])


class Lost(Record):
    """A record whose beats are cosigned by those who are named."""

    def __init__(self, side: str) -> None:
        super().__init__()
        self.side = side
        self.cosigned: list[Cosigned] = []

    def report(self) -> int:
        self.put(f"{self.side}/phone", Draft("report", AGR, ALL, D + 60, fields=REPORT))
        return self.store.size() - 1

    def beat(self, at: int, *cosigners: str) -> None:
        self.cosigned += [Cosigned(name, self.store.size(), at) for name in cosigners]

    def revoke(self) -> int:
        terms = KeyTerms(f"{self.side}/phone", since=LOST)
        self.put(f"{self.side}/root", Draft("revocation", AGR, ("PUBLIC",), D + 1, key=terms))
        return self.store.size() - 1

    def stands(self, *, seen: bool = True) -> dict[int, str]:
        found = audit(self.store, annex=self.annex, seen=Seen(self.cosigned) if seen else None)
        return {one.index: str(one.standing) for one in found.affected}


@BOTH
def test_cosigned_by_the_other_side_before_the_loss_it_is_valid(side: str) -> None:
    """To the second; the key of the other side is not touched by it."""
    record = Lost(side)
    report = record.report()
    record.beat(LOST, OTHER[side])
    record.put(f"{OTHER[side]}/phone", Draft("report", AGR, ALL, D + 60))
    record.revoke()
    assert {report: "valid"} == record.stands()
    assert [] == record.found()[1:]


@BOTH
def test_between_loss_and_revocation_it_is_signed_with_a_key_reported_stolen(side: str) -> None:
    """The audit names it, key and times with it, and does not fail: nobody can know."""
    record = Lost(side)
    report = record.report()
    record.beat(LOST - 1, side)  # its own mirror, whose clock is its own
    record.beat(LOST + 1, OTHER[side])
    revoked = record.revoke()
    assert {report: "signed with a key reported stolen"} == record.stands()
    result = audit(record.store, annex=record.annex, seen=Seen(record.cosigned))
    (note,) = result.findings
    assert ("G036", str(report), True) == (note.code, note.on, result.is_intact)
    assert note.said.endswith(
        f"signed with a key reported stolen; {side}/phone was lost at 2016-09-12T17:00:00Z by what "
        f"its party says (revoked by {revoked}), and another party first cosigned it at "
        "2016-09-12T17:00:01Z"
    )


@BOTH
def test_behind_the_revocation_it_is_invalid_and_the_audit_fails(side: str) -> None:
    record = Lost(side)
    record.beat(LOST - 2, "a", "b")
    revoked = record.revoke()
    late = record.report()
    record.beat(LOST - 1, "a", "b")  # whatever clocks say: the order of the record decides
    assert late == revoked + 1
    assert {late: "invalid"} == record.stands()
    assert [("G023", str(late))] == record.found()


@BOTH
def test_a_side_that_does_not_cosign_makes_nothing_invalid(side: str) -> None:
    """The other side kept its cosignature back, and then the phone was lost."""
    record = Lost(side)
    report = record.report()
    record.beat(LOST - 1, side)
    record.revoke()
    assert {report: "signed with a key reported stolen"} == record.stands()
    record.cosigned.append(Cosigned("un", report + 1, LOST - 1))
    assert {report: "valid"} == record.stands()


def test_without_cosignatures_at_hand_it_says_so() -> None:
    record = Lost("a")
    report = record.report()
    record.beat(LOST - 1, "b")
    record.revoke()
    assert {report: "signed with a key reported stolen"} == record.stands(seen=False)
    (note,) = audit(record.store, annex=record.annex).findings
    assert "no cosignature of another party over it is at hand" in note.said


def test_whoever_is_not_the_owner_s_root_revokes_nothing() -> None:
    """B's root says that A's phone was lost: the audit names that, and A's report stands."""
    record = Lost("a")
    record.report()
    terms = KeyTerms("a/phone", since=D)
    record.put("b/root", Draft("revocation", AGR, ("PUBLIC",), D + 1, key=terms))
    assert ({}, ["G029"]) == (record.stands(), [code for code, _ in record.found()])


def test_the_sides_exchanged_exchange_the_standings() -> None:
    found = []
    for side in ("a", "b"):
        record = Lost(side)
        for at, who in ((LOST - 1, OTHER[side]), (LOST - 1, side), (LOST + 1, OTHER[side])):
            record.report()
            record.beat(at, who)
        record.revoke()
        record.report()
        found.append(record.stands())
    assert found[0] == found[1]
    assert ["valid", *["signed with a key reported stolen"] * 2, "invalid"] == [*found[0].values()]


def test_the_order_of_the_record_stands_above_every_clock() -> None:
    """Acknowledged long before the loss by its time, and yet behind the revocation: invalid."""
    one = Affected(9, "00" * 32, "a/phone", revoked=8, lost=LOST, acknowledged=LOST - HOUR)
    assert Standing.INVALID is one.standing
