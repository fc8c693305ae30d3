"""What came of asking a cosigner, kept line by line: who acknowledged what, and since when not.

``acknowledgements`` is a text that is only appended to: POSIX seconds, size, the cosigner's name in
the policy, what came of it, and one sentence, with tabs between. It is the centre's own account;
what counts is the cosignatures themselves.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged, StoreUnwritable
from tregua.terms.time import show_seconds
from tregua.terms.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tregua.ledger.notes.policy import Cosigner

FILE = "acknowledgements"
HOUR = 3_600  # seconds
_MOST_SAID = 200  # characters that a stranger's answer may add to the account


class Outcome(StrEnum):
    """What came of it. ``NOTICED``: the record was told that the acknowledgement is overdue."""

    COSIGNED = "cosigned"
    REFUSED = "refused"
    AWAY = "away"
    NOTICED = "noticed"


_LINE = re.compile(
    rf"([0-9]{{1,15}})\t([0-9]{{1,18}})\t([^\t\n]+)\t({'|'.join(Outcome)})\t([^\t\n]*)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the account.

    Attributes:
        at: POSIX seconds.
        size: of the checkpoint that was shown.
        cosigner: its name in the policy.
        outcome: what came of it.
        said: one sentence.
    """

    at: int
    size: int
    cosigner: bytes
    outcome: Outcome
    said: str

    def __str__(self) -> str:
        said = visible(" ".join(self.said.split()))[:_MOST_SAID]
        name = self.cosigner.decode("utf-8", "surrogateescape")
        return f"{self.at}\t{self.size}\t{name}\t{self.outcome}\t{said}\n"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A cosigner that has not acknowledged the record.

    Attributes:
        cosigner: whose signature is missing.
        since: POSIX seconds of the first beat that it did not acknowledge.
        said: what it answered last.
        refuses: it answered, and refused.
        is_overdue: it has been missing for longer than the agreement allows.
        noticed: the record was told already.
    """

    cosigner: Cosigner
    since: int
    said: str
    refuses: bool
    is_overdue: bool
    noticed: bool

    def sentence(self, now: int) -> str:
        """Say who has not acknowledged the record, since when, and for how many hours."""
        how = "refuses to acknowledge" if self.refuses else "has not acknowledged"
        late = ", overdue" if self.is_overdue else ""
        since = f"{show_seconds(self.since)} ({(now - self.since) // HOUR} h)"
        return f"{self.cosigner.key.name} {how} the record since {since}{late}: {self.said}"


def read_account(folder: Path) -> tuple[Asked, ...]:
    """Read the account; a last line that a kill cut off is left out.

    Raises:
        LedgerDamaged: a line is no line of an account.
    """
    try:
        text = (folder / FILE).read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ()
    return tuple(_read_line(number, line) for number, line in enumerate(text.split("\n")[:-1], 1))


def _read_line(number: int, line: str) -> Asked:
    match = _LINE.fullmatch(line)
    if match is None:
        raise LedgerDamaged(f"{FILE}, line {number}", "it is no line of this account")
    at, size, name, outcome, said = match.groups()
    cosigner = name.encode("utf-8", "surrogateescape")
    return Asked(int(at), int(size), cosigner, Outcome(outcome), said)


def append_account(folder: Path, lines: Iterable[Asked]) -> None:
    """Append lines durably, behind the last whole one.

    Raises:
        StoreUnwritable: no room, no right.
    """
    path = folder / FILE
    try:
        with path.open("a+b") as file:
            file.seek(0)
            whole = file.read().rpartition(b"\n")
            file.truncate(len(whole[0]) + len(whole[1]))
            file.write("".join(map(str, lines)).encode("utf-8", "surrogateescape"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreUnwritable(path, error.strerror or "it cannot be written") from None


def waiting_for(
    missing: Iterable[Cosigner], account: tuple[Asked, ...], *, now: int, patience: int
) -> tuple[Waiting, ...]:
    """Say since when each missing cosigner has not acknowledged.

    Args:
        missing: those whose signature is not under the newest checkpoint.
        account: all that was asked.
        now: POSIX seconds.
        patience: seconds until an acknowledgement is overdue.
    """
    found = []
    for cosigner in missing:
        lines = [one for one in account if one.cosigner == cosigner.name]
        last = max((n for n, a in enumerate(lines, 1) if a.outcome is Outcome.COSIGNED), default=0)
        open_lines = lines[last:]
        tries = [one for one in open_lines if one.outcome is not Outcome.NOTICED]
        since = tries[0].at if tries else now
        found.append(
            Waiting(
                cosigner,
                since,
                tries[-1].said if tries else "it was not asked yet",
                bool(tries) and tries[-1].outcome is Outcome.REFUSED,
                now - since >= patience,
                any(one.outcome is Outcome.NOTICED for one in open_lines),
            )
        )
    return tuple(found)
