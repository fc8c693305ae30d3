"""The trust rule of a deal's annex: which logs, which cosigners, and who must have cosigned.

The values and the answer; the file is read in ``read_policy.py`` (C2SP tlog-policy).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import NoteRefused, SignatureRefused
from tregua.ledger.notes.checkpoint import LogHead, read_head_text
from tregua.ledger.notes.verify import verified

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.notes.key import VerifierKey
    from tregua.ledger.notes.note import SignedNote

NONE = b"none"  # the quorum that asks for nobody


@dataclass(frozen=True, slots=True)
class Log:
    """A log whose checkpoints may be taken. ``url`` is empty where none is given."""

    key: VerifierKey
    url: bytes


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness or mirror. ``name`` means something inside the policy alone; compared whole."""

    name: bytes
    key: VerifierKey
    url: bytes


@dataclass(frozen=True, slots=True)
class Group:
    """Cosigners or groups of which at least ``needed`` must have cosigned."""

    name: bytes
    needed: int
    members: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A whole policy.

    Attributes:
        logs: in the order of the file; so are cosigners and groups.
        quorum: name of a cosigner or group, or `NONE`.
        text: the file, byte for byte.
    """

    logs: tuple[Log, ...]
    cosigners: tuple[Cosigner, ...]
    groups: tuple[Group, ...]
    quorum: bytes
    text: bytes

    @property
    def log_keys(self) -> tuple[VerifierKey, ...]:
        """Return the keys of the logs."""
        return tuple(log.key for log in self.logs)

    def is_met(self, by: Iterable[bytes]) -> bool:
        """Say whether the quorum is met when these cosigners have cosigned."""
        met = {NONE, *by}
        for group in self.groups:  # a group names only what stands above it
            if sum(member in met for member in group.members) >= group.needed:
                met.add(group.name)
        return self.quorum in met


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a checkpoint is worth under a policy.

    Attributes:
        head: what it says.
        by: cosigners of the policy that cosigned it, each with its newest time (POSIX seconds), in
            the order of the policy.
        missing: the others.
        is_met: the quorum is met.
    """

    head: LogHead
    by: tuple[tuple[Cosigner, int], ...]
    missing: tuple[Cosigner, ...]
    is_met: bool


def acknowledged(note: SignedNote, policy: Policy, *, now: int | None = None) -> Acknowledged:
    """Check a checkpoint's origin, its log's signature and every known cosignature.

    Raises:
        NoteRefused: the text is no checkpoint.
        SignatureRefused: of no log of the policy, or a line of a known key does not hold.
    """
    head = read_head_text(note.text)
    logs = [key for key in policy.log_keys if key.name == head.origin]
    if not logs:
        raise SignatureRefused(head.origin, "no log of the policy has this name")
    if not verified(note, logs, now=now, of_log=True):
        raise SignatureRefused(head.origin, "the log did not sign this checkpoint")
    times: dict[VerifierKey, int] = {}
    for signed in verified(note, [c.key for c in policy.cosigners], now=now):
        times[signed.key] = max(signed.time, times.get(signed.key, 0))
    by = tuple((c, times[c.key]) for c in policy.cosigners if c.key in times)
    missing = tuple(c for c in policy.cosigners if c.key not in times)
    return Acknowledged(head, by, missing, policy.is_met(c.name for c, _ in by))


def log_signed(note: SignedNote, keys: Iterable[VerifierKey]) -> LogHead:
    """Return what a checkpoint says, once one of its own log's keys is seen to have signed it.

    Raises:
        NoteRefused: the text is no checkpoint.
        SignatureRefused: none of the keys signed it, or one of them signed something else.
    """
    head = read_head_text(note.text)
    if not verified(note, [k for k in keys if k.name == head.origin], of_log=True):
        raise SignatureRefused(head.origin, "no trusted key of this log signed the checkpoint")
    return head


def one_log(policy: Policy) -> Log:
    """Return the log of a policy that is about one log.

    Raises:
        NoteRefused: it names none, or several.
    """
    if len(policy.logs) != 1:
        raise NoteRefused("policy", f"it names {len(policy.logs)} logs where one is meant")
    return policy.logs[0]
