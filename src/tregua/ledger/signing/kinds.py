"""The closed list of what an entry can be. Which report it is, is confidential: all are reports."""

from __future__ import annotations

KINDS: dict[str, str] = {
    "agreement": "the digests of the deal in force",
    "report": "an observation, a watch, a count, a step of a convoy",
    "nil": "nothing to report",
    "tally": "the last number of each key of a party",
    "opening": "the reports of a sealed window are opened",
    "reply": "an answer to another entry",
    "link": "people join or part reports",
    "finding": "a body determines",
    "vote": "a member of a body votes",
    "consequence": "a consequence is taken",
    "release": "somebody widens who may see",
    "erasure": "somebody's data were destroyed",
    "key": "a key becomes valid",
    "revocation": "a key is valid no more",
    "notice": "the centre states a fact about the record",
    "bulletin": "a bulletin was published",
    "epoch": "a new ledger follows an older one",
}
