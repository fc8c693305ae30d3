"""Reading a policy file strictly, and writing one (C2SP tlog-policy).

One rule a line; items apart by spaces and tabs; empty lines, and lines that begin with ``#``, say
nothing. What other readers let pass is an error here: a name in two groups, a second quorum line,
one key on two lines, a last line without its newline (the file may be cut).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.errors import NoteRefused
from tregua.ledger.notes.key import COSIGNER_TYPES, LOG_TYPES, KeyType, VerifierKey, read_vkey
from tregua.ledger.notes.policy import NONE, Cosigner, Group, Log, Policy

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_POLICY = 1_048_576  # bytes; 32 logs, 32 witnesses and 32 groups need about 130,000
_FORBIDDEN = re.compile(rb"[^\t\n\x20-\x7e\x80-\xff]")
_K = re.compile(rb"[1-9][0-9]{0,5}")


def read_policy(data: bytes) -> Policy:
    """Read a policy.

    Raises:
        NoteRefused: with the number of the first line that is wrong.
    """
    if len(data) > MAX_POLICY:
        raise NoteRefused("policy", f"it has more than {MAX_POLICY:,} bytes")
    *lines, rest = data.split(b"\n")
    if rest:
        raise NoteRefused("policy", "its last line has no newline, so it may be cut")
    draft = _Draft()
    for number, line in enumerate(lines, start=1):
        try:
            _take(draft, line)
        except NoteRefused as refused:
            raise NoteRefused(f"policy, line {number},", refused.why) from None
    if draft.quorum is None:
        raise NoteRefused("policy", "it has no quorum line")
    return Policy(
        tuple(draft.logs), tuple(draft.cosigners), tuple(draft.groups), draft.quorum, data
    )


@dataclass(slots=True)
class _Draft:
    logs: list[Log] = field(default_factory=list)
    cosigners: list[Cosigner] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    quorum: bytes | None = None
    names: set[bytes] = field(default_factory=set)
    members: set[bytes] = field(default_factory=set)
    keys: set[bytes] = field(default_factory=set)


def _take(draft: _Draft, line: bytes) -> None:
    if _FORBIDDEN.search(line):
        raise NoteRefused("policy", "it holds a control character")
    words = [word for word in re.split(rb"[ \t]+", line) if word]
    if not words or words[0].startswith(b"#"):
        return
    rule = _RULES.get(words[0])
    if rule is None:
        raise NoteRefused("policy", "it begins with none of log, witness, group, quorum")
    rule(draft, words[1:])


def _log(draft: _Draft, words: list[bytes]) -> None:
    if len(words) not in (1, 2):
        raise NoteRefused("policy", "a log is written `log KEY [URL]`")
    key = _key(draft, words[0], LOG_TYPES)
    draft.logs.append(Log(key, b"".join(words[1:])))


def _witness(draft: _Draft, words: list[bytes]) -> None:
    if len(words) not in (2, 3):
        raise NoteRefused("policy", "a witness is written `witness NAME KEY [URL]`")
    name = _new_name(draft, words[0])
    key = _key(draft, words[1], COSIGNER_TYPES)
    draft.cosigners.append(Cosigner(name, key, b"".join(words[2:])))


def _group(draft: _Draft, words: list[bytes]) -> None:
    if len(words) < len(("name", "k", "member")):
        raise NoteRefused("policy", "a group is written `group NAME K|all|any MEMBER...`")
    members = tuple(words[2:])
    for member in members:
        if member not in draft.names:
            raise NoteRefused("policy", f"no witness or group above is named {_shown(member)}")
        if member in draft.members:
            raise NoteRefused("policy", f"{_shown(member)} is a member already")
        draft.members.add(member)
    needed = _threshold(words[1], len(members))
    draft.groups.append(Group(_new_name(draft, words[0]), needed, members))


def _threshold(word: bytes, members: int) -> int:
    spelt = {b"all": members, b"any": 1}
    if word not in spelt and not _K.fullmatch(word):
        raise NoteRefused("policy", "a group needs a number from 1, all, or any")
    needed = spelt[word] if word in spelt else int(word)
    if needed > members:
        raise NoteRefused("policy", f"a group of {members} cannot need {needed}")
    return needed


def _quorum(draft: _Draft, words: list[bytes]) -> None:
    if len(words) != 1:
        raise NoteRefused("policy", "a quorum is written `quorum NAME`")
    if draft.quorum is not None:
        raise NoteRefused("policy", "a second quorum line; there is exactly one")
    if words[0] != NONE and words[0] not in draft.names:
        raise NoteRefused("policy", f"no witness or group above is named {_shown(words[0])}")
    draft.quorum = words[0]


def _new_name(draft: _Draft, name: bytes) -> bytes:
    if name == NONE:
        raise NoteRefused("policy", "the name none is reserved")
    if name in draft.names:
        raise NoteRefused("policy", f"the name {_shown(name)} stands above already")
    draft.names.add(name)
    return name


def _key(draft: _Draft, word: bytes, types: tuple[KeyType, ...]) -> VerifierKey:
    try:
        text = word.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteRefused("policy", "a key is not UTF-8") from None
    try:
        key = read_vkey(text, types=types)
    except NoteRefused as refused:
        raise NoteRefused("policy", f"{refused.what}: {refused.why}") from None
    if key.public in draft.keys:
        raise NoteRefused("policy", f"the public key of {key.name} stands on a line above already")
    draft.keys.add(key.public)
    return key


def _shown(name: bytes) -> str:
    return name.decode("utf-8", "backslashreplace")


_RULES: dict[bytes, Callable[[_Draft, list[bytes]], None]] = {
    b"log": _log,
    b"witness": _witness,
    b"group": _group,
    b"quorum": _quorum,
}
