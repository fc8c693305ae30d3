"""Releases: somebody who may widens who sees something, with a reason; and the preview of it.

A record may be released by whoever signed it, and by those whom the agreement names as releasers.
Others' releases change nothing. What a release would show, and to whom, is shown before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.terms.marking import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.signing.disclosures import Field
    from tregua.sharing.view import Held


@dataclass(frozen=True, slots=True)
class Release:
    """A release as its entry says it.

    Attributes:
        of: ids of the entries.
        to: the audience that may see them from now on.
        fields: names of the fields; empty for all.
        by: who signed the release.
        reason: in words.
    """

    of: tuple[str, ...]
    to: str
    fields: tuple[str, ...]
    by: str
    reason: str

    def opens(self, entry_id: str, field: str, audience: str) -> bool:
        """Say whether it lets an audience see a field of an entry."""
        reached = self.to in (audience, PUBLIC)
        return reached and entry_id in self.of and (not self.fields or field in self.fields)


def counting(
    releases: Iterable[Release], entries: Iterable[Held], releasers: frozenset[str] = frozenset()
) -> tuple[Release, ...]:
    """Return the releases that count, each for those entries only that its signer may release."""
    made = tuple(releases)
    signer = {e.id: e.iss for e in entries} if made else {}
    found = []
    for release in made:
        may = tuple(i for i in release.of if release.by in releasers or signer.get(i) == release.by)
        if may:
            found.append(Release(may, release.to, release.fields, release.by, release.reason))
    return tuple(found)


def release_from(of: tuple[str, ...], by: str, fields: Iterable[Field]) -> Release:
    """Read a release from the fields of its entry: ``to``, ``fields``, ``reason``.

    Raises:
        WrongUse: it does not say to whom, or why.
    """
    held = {f.name: f.value for f in fields}
    to, reason, names = held.get("to"), held.get("reason"), held.get("fields", [])
    if not isinstance(to, str) or not to.strip():
        raise WrongUse("a release says to which audience")
    if not isinstance(reason, str) or not reason.strip():
        raise WrongUse("a release gives its reason")
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise WrongUse("a release names fields as a list of texts")
    return Release(of, to, tuple(sorted(names)), by, reason)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a release would newly show: one field of one entry."""

    entry: str
    field: Field


def preview(
    release: Release, entries: Iterable[Held], before: Iterable[Release] = ()
) -> tuple[Shown, ...]:
    """Return exactly what an audience would see after a release that it does not see now.

    What somebody has seen cannot be taken back; so this is shown first.
    """
    from tregua.sharing.view import visible

    known = tuple(before)
    return tuple(
        Shown(entry.id, field)
        for entry in entries
        for field in entry.fields
        if not visible(entry, field, release.to, known)
        and visible(entry, field, release.to, (*known, release))
    )
