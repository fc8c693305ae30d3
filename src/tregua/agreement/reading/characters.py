"""What single characters of a line mean: comments, keys, quotation marks, what cannot be seen."""

from __future__ import annotations

import re

_KEY = re.compile(r"\w[\w -]*")
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)


def unquote(text: str) -> str:
    r"""Return what stands between quotation marks, ``\"`` and ``\\`` resolved."""
    return re.sub(r'\\(["\\])', r"\1", text[1:-1])


def key_at(text: str, start: int = 0) -> tuple[str, int] | None:
    """Return the key that a line begins with and where its value starts; ``None`` without one."""
    colon = text.find(":", start)
    key = text[start:colon].rstrip(" ")
    after = text[colon + 1 : colon + 2]
    if colon < 0 or after not in ("", " ") or not _KEY.fullmatch(key):
        return None
    rest = text[colon + 1 :]
    return key, len(text) - len(rest.lstrip(" "))


def without_comment(text: str) -> str:
    """Return the line up to its comment: ``#`` at the start or after a space, outside ``"..."``."""
    if "#" not in text:
        return text
    quoted, escaped, before = False, False, " "
    for at, char in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == "#" and not quoted and before == " ":
            return text[:at]
        before = char
    return text
