"""Every exception that tregua raises, as one tree.

::

    TreguaError
    ├── InputUnreadable      a file cannot be read at all            exit 3
    ├── LedgerDamaged        the record fails its audit              exit 4, and nothing else does
    │   ├── SignatureRefused a line of a known key does not hold     exit 4
    │   └── EntryUnsound     a log holds what may not stand there    exit 4
    ├── SourceUnreachable    a source, store or address is away      exit 5
    ├── StoreUnwritable      the record cannot be written            exit 5
    ├── WrongUse             a call with values that cannot be meant exit 2
    ├── EntryRefused         an entry that the record does not take  exit 3
    └── NoteRefused          a signed text that is not in its form   exit 3

Mistakes in a user's *text* or *data* are never exceptions: they are values
(``tregua.terms.notes.Note``), collected and shown together. Exceptions are for callers; each builds
its own sentence from its arguments, and no sentence holds a local value of the program.
"""

from __future__ import annotations


class TreguaError(Exception):
    """Any error that tregua raises on purpose. ``str(error)`` is one sentence for a person."""

    exit_code = 70
    code = "X000"
    help = ""


class InputUnreadable(TreguaError):
    """A file cannot be read at all: missing, a folder, no permission, not text."""

    exit_code = 3
    code = "X001"

    def __init__(self, path: object, why: str, *, help: str = "") -> None:  # noqa: A002
        super().__init__(f"{path}: {why}")
        self.path = str(path)
        self.why = why
        self.help = help


class LedgerDamaged(TreguaError):
    """The record fails its audit. ``where`` names the first place that is wrong."""

    exit_code = 4
    code = "X002"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why
        self.help = "run `tregua audit` to see every place; compare with the other side's copy"


class SourceUnreachable(TreguaError):
    """An address, a store or a folder cannot be reached."""

    exit_code = 5
    code = "X003"

    def __init__(self, what: str, why: str, *, help: str = "") -> None:  # noqa: A002
        super().__init__(f"{what}: {why}")
        self.what = what
        self.why = why
        self.help = help


class StoreUnwritable(TreguaError):
    """Record or file cannot be written: read-only folder, full disk, locked by another writer."""

    exit_code = 5
    code = "X004"

    def __init__(
        self, path: object, why: str, *, left: str = "nothing of this batch was recorded"
    ) -> None:
        super().__init__(f"{path}: {why}; {left}")
        self.path = str(path)
        self.why = why
        self.help = (
            "make the folder if it is missing, or give it space or rights; "
            "then run the same command again"
        )


class WrongUse(TreguaError):
    """The command or call was used with values that cannot be meant."""

    exit_code = 2
    code = "X005"

    def __init__(self, what: str, *, help: str = "") -> None:  # noqa: A002
        super().__init__(what)
        self.help = help


class EntryRefused(TreguaError):
    """The record does not take this entry: empty, too large, or not canonical."""

    exit_code = 3
    code = "X006"

    def __init__(self, why: str, *, rule: str = "form") -> None:
        super().__init__(f"the record does not take this entry: {why}")
        self.why = why
        self.rule = rule  # which rule it breaks, for the audit


class NoteRefused(TreguaError):
    """Bytes from outside are not in their form: a key, note, checkpoint, policy, proof or tile."""

    exit_code = 3
    code = "X007"

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"the {what} is not in its form: {why}")
        self.what = what
        self.why = why


class SignatureRefused(LedgerDamaged):
    """A line of a key that is trusted does not hold, so nothing of the note is taken."""

    code = "X008"

    def __init__(self, signer: str, why: str) -> None:
        super().__init__(f"signature of {signer}", why)
        self.help = "keep this text as it is: it may show who changed it"


class EntryUnsound(LedgerDamaged):
    """A log that was signed holds an entry that may not stand where it stands.

    ``proof`` names the file that shows it to anybody: the entry's place under the log's checkpoint.
    """

    code = "X009"

    def __init__(self, index: int, why: str, proof: str) -> None:
        super().__init__(f"entry {index}", f"{why}; it is not cosigned, and {proof} proves it")
        self.proof = proof
        self.help = "keep that file; ask whoever runs the log how the entry came in"
