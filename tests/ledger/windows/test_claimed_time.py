"""Times that devices claim, beside the cosignatures around their entries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.notes_made import NOW, A, B, checkpoint, policy
from tregua.ledger.signing.claims import Claims
from tregua.ledger.windows.bracket import AHEAD, EARLY
from tregua.ledger.windows.claimed_time import Misdated, misdated
from tregua.ledger.windows.seen import Cosigned, Seen, seen_in

HOUR = 3600
AROUND = (Cosigned("b", 5, NOW), Cosigned("b", 8, NOW + HOUR))  # entries 5, 6, 7 came between


def entry(iat: int, iss: str = "a") -> Claims:
    return Claims("EdDSA", f"{iss}/phone", iss, "report", 1, "", iat, "00" * 32)


def found(iat: int, *, index: int = 6, iss: str = "a") -> tuple[Misdated, ...]:
    return misdated([(index, entry(iat, iss))], Seen(AROUND))


def test_a_claim_within_the_bracket_is_no_note() -> None:
    """To the second: a day and a zone early, five minutes late."""
    assert () == (*found(NOW - EARLY), *found(NOW + 60), *found(NOW + HOUR + AHEAD))


def test_a_claim_outside_says_entry_key_and_both_times() -> None:
    (early,), (late,) = found(NOW - EARLY - 1), found(NOW + HOUR + AHEAD + 1)
    assert (
        "entry 6 of a/phone is dated 2016-09-14T06:59:59Z; by the cosignatures around it, "
        "it came between 2016-09-15T09:00:00Z and 2016-09-15T10:00:00Z" == str(early)
    )
    assert "dated 2016-09-15T10:05:01Z" in str(late)


def test_one_s_own_cosigner_proves_nothing_about_oneself() -> None:
    """B's clock does not date what B signed; nobody else has seen it."""
    assert () == found(0, iss="b")


def test_what_nobody_has_seen_yet_has_no_later_time() -> None:
    (one,) = found(0, index=9)
    assert str(one).endswith("between 2016-09-15T10:00:00Z and no known time")


def test_cosignatures_are_read_from_checkpoints() -> None:
    """By the names of the policy, each with its size and time; the log's own line is none."""
    notes = (checkpoint(5, A, B), checkpoint(8, B))
    assert (
        Cosigned("A", 5, NOW), Cosigned("B", 5, NOW + 1), Cosigned("B", 8, NOW),
    ) == seen_in(notes, policy()).cosigned  # fmt: skip
    assert 12 == seen_in((*notes, checkpoint(12)), policy()).published


@given(st.integers(0, 2**33), st.permutations(AROUND))
def test_the_order_of_cosignatures_says_nothing(iat: int, order: list[Cosigned]) -> None:
    """The same answer, however they are laid out."""
    assert found(iat) == misdated([(6, entry(iat))], Seen(order))
