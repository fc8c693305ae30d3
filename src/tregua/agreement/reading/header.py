"""The keys of a deal's header (02, 2.2), in the same form as those of a block kind."""

from __future__ import annotations

from tregua.agreement.clause import UNDEFINED, ClauseKind, Key, ValueType

MAJOR = "tregua-deal/1"

KEYS = (
    Key("deal", ValueType.WORD, required=True, open=False),
    Key("title", ValueType.TEXT, required=True, open=False),
    Key("format", ValueType.FORMAT, required=True, open=False),
    Key("label", ValueType.TEXT),
    Key("class", ValueType.WORD, UNDEFINED, words=("cessation", "preliminary", "definitive")),
    Key("side", ValueType.WORD, UNDEFINED, words=("unilateral", "bilateral", "multilateral")),
    Key("written", ValueType.WORD, UNDEFINED, words=("yes", "partly", "no")),
    Key("scope", ValueType.WORD, UNDEFINED, words=("national", "partial")),
    Key(
        "purpose",
        ValueType.WORDS,
        UNDEFINED,
        words=("humanitarian", "peace-process", "holiday", "election", "other"),
    ),
    Key("country", ValueType.WORDS),
    Key("mediator", ValueType.TEXTS),
    Key("declared", ValueType.TIME, UNDEFINED),
    Key("effective", ValueType.TIME, UNDEFINED),
    Key("ended", ValueType.TIME),
    Key("time zone", ValueType.ZONE, UNDEFINED),
    Key("predecessor", ValueType.WORDS),
    Key("ids", ValueType.TEXTS),
    Key("languages", ValueType.WORDS),
    Key("authoritative", ValueType.WORD, "text", words=("text",)),
    Key("prose", ValueType.WORD, required=True, words=("restated", "verbatim"), open=False),
    Key(
        "publicity", ValueType.WORD, UNDEFINED, words=("public", "leaked", "confidential", "partly")
    ),
    Key("read back", ValueType.WORDS, "en, ru, ar", words=("en", "ru", "ar")),
    Key("accept", ValueType.CODE_TEXT, repeats=True),
)

HEADER = ClauseKind(
    kind="header",
    what="What the file as a whole is: which deal, in which format, where and when.",
    keys=KEYS,
    violated="Cannot be violated.",
    evidence="None.",
    example="",
)
