"""The pages of the G codes: what the audit found, why it matters, what to do.

Error: the record is not what it was when it was committed. Warning: the record may be whole, but
something around it (its guards, the copy it was compared with) is not.
"""

from __future__ import annotations

from tregua.terms.notes import Note, Page, Severity, Spot

_WARNINGS = ("G018", "G019", "G033", "G034", "G035", "G036")

_COMPARE = "compare with a copy: `tregua audit --copy FILE` names every entry that differs"
_RESTORE = "stop appending; restore from a copy that passes its audit, and keep this file as it is"
_ASK = "ask whoever holds the file what was done to it; keep this file as it is"
_FORGED = "leave it out of every count; ask who put it there, and keep this file as it is"

PAGES: tuple[Page, ...] = (
    Page(
        "G001",
        "the file cannot be read, or not to its end",
        "The file is not a ledger, or it is damaged inside.",
        "what cannot be read cannot be shown to be what was committed",
        _RESTORE,
    ),
    Page(
        "G002",
        "an entry is missing",
        "The numbers of the entries have a gap.",
        "a dropped entry is a report that one side can no longer show; nothing after the gap can "
        "be checked against the checkpoints",
        _COMPARE,
    ),
    Page(
        "G003",
        "an entry was changed",
        "The bytes of an entry do not hash to the leaf hash stored beside them.",
        "these are not the words that were committed; the other entries are not touched by this",
        _COMPARE,
    ),
    Page(
        "G004",
        "an entry stands in another's place",
        "The bytes of an entry are those of another entry, by their hash.",
        "the order of the record says what was known first",
        _COMPARE,
    ),
    Page(
        "G005",
        "bytes that the ledger's door does not write",
        "The bytes of an entry are not in the one form that the ledger takes.",
        "whatever wrote them was not the ledger's door",
        _ASK,
    ),
    Page(
        "G006",
        "time of receipt goes back",
        "An entry is dated before the entry that it follows.",
        "the ledger's clock never goes back, so the entries were put in another order or redated",
        _COMPARE,
    ),
    Page(
        "G007",
        "the record is shorter than its checkpoint says",
        "A checkpoint counts more entries than there are.",
        "entries and checkpoint are committed together, so entries were removed afterwards",
        _COMPARE,
    ),
    Page(
        "G008",
        "entries beyond the last checkpoint",
        "There are more entries than the last checkpoint counts.",
        "entries and checkpoint are committed together, so entries were added past the ledger's "
        "door, or a checkpoint was removed",
        _COMPARE,
    ),
    Page(
        "G009",
        "a checkpoint was changed",
        "A checkpoint disagrees with the entries, although a later one agrees with them.",
        "the later checkpoint covers the same entries, so it is this line that was changed",
        _ASK,
    ),
    Page(
        "G010",
        "entries do not give their checkpoint",
        "From some checkpoint on, the entries do not hash to the root that was committed.",
        "an entry between the two checkpoints was changed, dropped, added or moved, together with "
        "its own hash",
        _COMPARE,
    ),
    Page(
        "G011",
        "the record is shorter than a head that was saved",
        "Somebody kept a head (size and root) that counts more entries than the record holds.",
        "the end of the record was cut off, and its checkpoints with it",
        _RESTORE,
    ),
    Page(
        "G012",
        "the record is not the one whose head was saved",
        "The entries up to the size of a saved head do not give its root.",
        "history before that point was written anew, checkpoints and all",
        _COMPARE,
    ),
    Page(
        "G013",
        "an entry differs from the copy",
        "At one place, the record and a copy of it hold different entries.",
        "one of the two was changed after it was copied",
        "audit the copy as well, against a head that both sides saved",
    ),
    Page(
        "G014",
        "an entry of the copy is not in the record",
        "A copy holds an entry that the record does not hold anywhere.",
        "it was dropped from the record, or never was in it",
        _RESTORE,
    ),
    Page(
        "G015",
        "an entry is not in the copy",
        "The record holds an entry that a copy does not hold, among entries that it does.",
        "it was put in after the copy was made, at a place that was already past",
        _RESTORE,
    ),
    Page(
        "G016",
        "entries stand in another order than in the copy",
        "The record and a copy hold the same entries in different order.",
        "the order of the record says what was known first",
        _RESTORE,
    ),
    Page(
        "G017",
        "the record ends before the copy does",
        "A copy holds all entries of the record, and more after them.",
        "the end of the record was cut off; or the copy was taken from a newer one",
        _RESTORE,
    ),
    Page(
        "G018",
        "the copy fails its own audit",
        "The copy that the record was compared with is damaged itself.",
        "a difference may be the copy's fault",
        "audit the copy by itself, and use another one if there is one",
    ),
    Page(
        "G019",
        "a guard of the file is missing",
        "A rule that keeps the file append-only, or a table, is missing or changed.",
        "somebody opened the file with other software and took the guard away; the entries are "
        "checked all the same",
        _ASK,
    ),
    Page(
        "G020",
        "two entries have one number",
        "The same number stands at more than one entry.",
        "the tables were made anew by other software; nothing after this can be checked against "
        "the checkpoints",
        _COMPARE,
    ),
    Page(
        "G021",
        "an entry that its key did not sign",
        "The signature of an entry is not that of the key that it names.",
        "somebody wrote it in the name of another, or changed it after it was signed",
        _FORGED,
    ),
    Page(
        "G022",
        "an entry of an unknown key",
        "The key of an entry stands neither in the annex nor in an entry before it.",
        "nothing says whose key it is",
        _FORGED,
    ),
    Page(
        "G023",
        "an entry of a revoked key",
        "An entry stands after the one that revoked its key.",
        "whoever took the key could have signed it, and dated it earlier",
        _FORGED,
    ),
    Page(
        "G024",
        "an entry that does not follow its key's last one",
        "The number of an entry, or the entry that it names before it, is not the next of its key.",
        "an entry of this key was dropped, kept back or put elsewhere",
        "ask the signer for the missing entry, and for the receipt that it has for it",
    ),
    Page(
        "G025",
        "an entry that stands already",
        "The same signed entry stands a second time.",
        "an old report was played again as a new one",
        _FORGED,
    ),
    Page(
        "G026",
        "an entry under a text that is not in force",
        "An entry names a text of the agreement that neither annex nor ledger put in force.",
        "it may be from another deal, or from a draft",
        "compare the annex with the signed text; `tregua keys list` shows what the ledger holds",
    ),
    Page(
        "G027",
        "an entry that refers to what did not come before it",
        "An entry answers, opens or withdraws an entry that is not there before it.",
        "evidence may refer only to what was committed earlier",
        _COMPARE,
    ),
    Page(
        "G028",
        "an entry outside the terms of its key",
        "A key signed a kind of entry, or at a time, for which it was not named.",
        "its owner limited what the device may say",
        _FORGED,
    ),
    Page(
        "G029",
        "a key named or revoked by somebody who may not",
        "Keys of a party are named and revoked by its own root key, each once.",
        "a key that anybody can name is nobody's",
        _FORGED,
    ),
    Page(
        "G030",
        "a body that does not belong to its entry",
        "What is kept beside the ledger matches no digest of the entry.",
        "somebody changed or invented what the entry is said to tell",
        "ask the signer for the body again; the entry in the ledger is not touched by this",
    ),
    Page(
        "G031",
        "an entry that nobody signed",
        "A ledger with an annex holds an entry without a signature.",
        "nobody answers for it",
        _FORGED,
    ),
    Page(
        "G032",
        "an entry of a window that nobody declared",
        "A report or an opening names a window that no entry before it declares.",
        "nobody could know until when to commit and to open",
        "ask the signer which window was meant; declare windows before their reports",
    ),
    Page(
        "G033",
        "a body of no entry",
        "Beside the ledger something is kept that belongs to no entry of it.",
        "a batch was stopped before its entries were recorded, or the ledger was begun anew beside "
        "it; nothing counts it",
        "take the reports in again; if a head that you saved counts more entries, ask why",
    ),
    Page(
        "G034",
        "entries that their party counts are not here",
        "The tally of a party counts more entries of a key than the ledger holds.",
        "they were refused, lost on the way or never handed over; the signer's receipt tells which",
        "ask the party for the missing entries, and take them in",
    ),
    Page(
        "G035",
        "another entry than the one that its party counts",
        "Under the number that a tally names, the ledger holds another entry of the key.",
        "the key signed two entries under one number, or the tally is wrong",
        "ask the party for the entry that its tally names; hold the two beside each other",
    ),
    Page(
        "G036",
        "signed with a key reported stolen",
        "The key of an entry was revoked later, and it is not shown that anybody but its party had "
        "cosigned the entry before the time that the party gives as the loss.",
        "whoever took the key could have signed it; or the party would now rather not have said it",
        "`--log FOLDER` brings the cosignatures; ask the party which of these entries it stands by",
    ),
)

_BY_CODE = {page.code: page for page in PAGES}


def note(code: str, record: str, said: str, *, on: str = "") -> Note:
    """Return the note of that code on a record (named as a person would), about entry ``on``."""
    page = _BY_CODE[code]
    severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
    return Note(code, severity, said, Spot(record), page.why, page.help, on=on)


def short(leaf: bytes) -> str:
    """Return what is shown of an entry's id; ids are compared whole, never by this."""
    return leaf.hex()[:12]


def span(first: int, last: int) -> str:
    """Name the entries from ``first`` to ``last``, both included."""
    return f"entry {first}" if first == last else f"entries {first} to {last}"
