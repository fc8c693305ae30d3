"""A drawn deal in another language: titles, quoted words and prose change, ids stay."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ABOUT_FILES = ("geometry:",)  # names a file, which has no language


def translated(text: str) -> str:
    """Return the text with every title, phrase, heading and paragraph in other words."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if line.startswith("> ["):
        mark, _, _prose = line.partition("] ")
        return f"{mark}] Что говорит этот пункт."
    if line.startswith("#"):
        label, dot, _title = line.partition(" · ")
        return f"{label}{dot}Раздел"
    if line.strip().startswith(_ABOUT_FILES) and ".geojson" in line:
        return line
    return _QUOTED.sub(lambda match: f'"{_turned(match[0][1:-1])}"', line)


def _turned(words: str) -> str:
    """Return other words: they need no meaning, and no two titles become one."""
    return f"по-русски: {words[::-1]}"
