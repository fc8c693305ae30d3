"""Pages of the ``X`` codes: errors that end a command."""

from __future__ import annotations

from tregua.terms.notes import Page

PAGES: tuple[Page, ...] = (
    Page(
        "X001",
        "a file cannot be read",
        "The file is missing, a folder, not text in UTF-8, or cut off.",
        "Reading half of it would lose the other half without anybody noticing.",
        "Look at the path and the rights; save text as UTF-8; fetch a cut file again. Exit code 3.",
    ),
    Page(
        "X002",
        "the ledger fails its audit",
        "Bytes, order or number of entries are not those that were acknowledged.",
        "A record that may have been changed must not be built upon.",
        "Run `tregua audit`; compare with the other side's copy. Exit code 4, for nothing else.",
    ),
    Page(
        "X003",
        "a source or store cannot be reached",
        "An address, a ledger file or a data set is away.",
        "Nothing can be said about what was not seen.",
        "The message names the address; a file may be handed over by hand. Exit code 5.",
    ),
    Page(
        "X004",
        "the record cannot be written",
        "The folder is read-only, the disk is full, or another program holds the ledger.",
        "A batch is recorded whole or not at all.",
        "Free space or rights, then run the same command again. Exit code 5.",
    ),
    Page(
        "X005",
        "wrong use of the command",
        "An option or argument has a value that cannot be meant.",
        "Guessing would answer another question than the one asked.",
        "The message says what may be written. Exit code 2.",
    ),
    Page(
        "X006",
        "the record does not take this entry",
        "An entry is empty, too large, or not in canonical form.",
        "What is recorded must read back byte for byte.",
        "Shorten the entry; attachments are referred to by digest. Exit code 3.",
    ),
    Page(
        "X007",
        "a signed text is not in its form",
        "A key, note, checkpoint, policy, proof or tile is cut, too large or spelt another way.",
        "One value has one spelling; a second one would let two readers see two things.",
        "Fetch it again from whoever wrote it; the message names the part. Exit code 3.",
    ),
    Page(
        "X008",
        "a signature does not hold",
        "A line names a key that is trusted, and the key did not sign this text at this time.",
        "The text or the line was changed, so nothing of the note is taken.",
        "Keep the text as it is and ask the signer for its own copy. Exit code 4.",
    ),
    Page(
        "X009",
        "a log holds an entry that may not stand there",
        "Its key did not sign it, is not valid there, or another entry of the key should come.",
        "A mirror that signed it would say that it is in order; so it signs nothing.",
        "Keep the proof that the message names; ask whoever runs the log. Exit code 4.",
    ),
    Page(
        "X070",
        "a fault of ours",
        "The program met something that its authors did not expect.",
        "It stops rather than go on with a wrong answer.",
        "Please report the file that the message names; it holds no data. Exit code 70.",
    ),
)
