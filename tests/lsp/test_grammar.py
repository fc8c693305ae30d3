"""The TextMate grammar of `editors/`: whole, and true for every bundled deal.

Editors read its patterns with Oniguruma. All of them are written in what Oniguruma and Python's
``re`` have in common, so that they can be tried here by a small reading of TextMate's rules: the
leftmost pattern wins, of two at one place the first; ``begin`` opens a region up to ``end``.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tregua.agreement.clauses import KINDS
from tregua.agreement.lsp.position import lines_of
from tregua.agreement.read import read_deal_text

if TYPE_CHECKING:
    from pathlib import Path

MARKDOWN = "text.html.markdown"


@pytest.fixture(scope="module")
def grammar(request: pytest.FixtureRequest) -> dict[str, Any]:
    text = (request.config.rootpath / "editors" / "tregua.tmLanguage.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


@pytest.fixture(scope="module")
def deals(request: pytest.FixtureRequest) -> list[Path]:
    folder = request.config.rootpath / "src" / "tregua" / "agreement" / "library"
    return sorted(folder.glob("*.deal.md"))


def rules_of(grammar: dict[str, Any]) -> list[dict[str, Any]]:
    return [grammar, *grammar["repository"].values()]


def test_every_include_has_its_rule_and_every_rule_is_included(grammar: dict[str, Any]) -> None:
    """What is included stands in the repository, or is the grammar of Markdown."""
    included = {i["include"] for rule in rules_of(grammar) for i in rule.get("patterns", ())}
    assert {MARKDOWN, *(f"#{name}" for name in grammar["repository"])} == included


def test_every_pattern_is_a_pattern_and_every_capture_is_a_group(grammar: dict[str, Any]) -> None:
    """All patterns compile, and no capture names a group that its pattern has not."""
    for rule in grammar["repository"].values():
        for pattern, captures in (("match", "captures"), ("begin", "beginCaptures")):
            if pattern in rule:
                groups = re.compile(rule[pattern]).groups
                assert all(int(n) <= groups for n in rule.get(captures, {})), rule


def test_the_kinds_are_those_of_the_language(grammar: dict[str, Any]) -> None:
    """A head is coloured for every kind of block, and for no other word."""
    pattern = grammar["repository"]["head"]["match"]
    assert f"^({'|'.join(kind.kind for kind in KINDS)})(?![" in pattern


def test_heads_keys_and_texts_of_every_bundled_deal_are_coloured(
    grammar: dict[str, Any], deals: list[Path]
) -> None:
    """Kind, id, key, clause label and text mark get their colour wherever the reader finds them."""
    assert deals
    for path in deals:
        text = path.read_text("utf-8")
        deal = read_deal_text(text, file=path.name).text
        scopes = coloured(grammar, text)
        for block in deal.blocks:
            line = block.spot.line
            assert block.kind == scopes[line, 1, "keyword.declaration.kind.tregua"], path.name
            assert block.id == scopes[line, block.spot.column, "entity.name.type.id.tregua"]
            for entry in block.entries:
                spot = entry.key_spot
                found = scopes[spot.line, spot.column, "support.type.property-name.tregua"]
                assert entry.key == found, path.name
        for entry in deal.header:
            name = "support.type.property-name.tregua"
            assert entry.key == scopes[entry.key_spot.line, 1, name]
        for head in deal.clauses:
            name = "entity.name.section.label.tregua"
            assert head.label == scopes[head.spot.line, head.spot.column, name]
        for paragraph in deal.paragraphs:
            name = "constant.language.mark.tregua"
            assert paragraph.mark == scopes[paragraph.spot.line, paragraph.spot.column + 1, name]


def test_nothing_inside_of_quotation_marks_is_coloured_as_a_name(
    grammar: dict[str, Any], deals: list[Path]
) -> None:
    """A quoted text is one string, whatever words, numbers and signs stand in it."""
    for path in deals:
        text = path.read_text("utf-8")
        deal, scopes = read_deal_text(text, file=path.name).text, coloured(grammar, text)
        for block in deal.blocks:
            for entry in block.every("note"):
                inside = [k for k in scopes if k[0] == entry.spot.line and k[1] > entry.spot.column]
                assert [] == [k for k in inside if not k[2].startswith("comment")], path.name


def test_commentary_is_left_to_markdown(grammar: dict[str, Any]) -> None:
    """Outside of header, fences, clauses and quoted paragraphs the grammar colours nothing."""
    scopes = coloured(grammar, "# Commentary\n\non: north\n\n```text\nparty north\n```\n")
    assert {} == scopes


# --- a small reading of TextMate's rules


def coloured(grammar: dict[str, Any], text: str) -> dict[tuple[int, int, str], str]:
    """Return (line, column from 1, scope) -> text for all captures and matches."""
    found: dict[tuple[int, int, str], str] = {}
    region: dict[str, Any] | None = None
    end = re.compile("")
    for number, row in enumerate(lines_of(text), start=1):
        at = 0
        while at <= len(row):
            rules = expanded(grammar, (region or grammar)["patterns"])
            hits = [(m.start(), i) for i, r in enumerate(rules) if (m := first(r, row, at, number))]
            closing = end.search(row, at) if region else None
            if closing and (not hits or closing.start() <= min(hits)[0]):
                region, at = None, len(row) + 1
                continue
            if not hits:
                break
            rule = rules[min(hits)[1]]
            match = first(rule, row, at, number)
            assert match is not None
            note(found, rule, match, number)
            at = max(match.end(), at + 1)
            if "begin" in rule:
                region, at = rule, len(row) + 1
                end = re.compile(rule["end"].replace(r"\1", re.escape(match[1])))
    return found


def expanded(grammar: dict[str, Any], patterns: list[dict[str, str]]) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = []
    for pattern in patterns:
        rule = grammar["repository"].get(pattern["include"].removeprefix("#"))
        if rule and "match" not in rule and "begin" not in rule:
            rules += expanded(grammar, rule["patterns"])
        elif rule:
            rules.append(rule)
    return rules


def first(rule: dict[str, Any], row: str, at: int, number: int) -> re.Match[str] | None:
    pattern = rule.get("match") or rule["begin"]
    if pattern.startswith(r"\A") and number > 1:
        return None
    return re.compile(pattern).search(row, at)


def note(
    found: dict[tuple[int, int, str], str],
    rule: dict[str, Any],
    match: re.Match[str],
    number: int,
) -> None:
    captures = rule.get("captures") or rule.get("beginCaptures") or {"0": {"name": rule["name"]}}
    for group, capture in captures.items():
        if match[int(group)] is not None:
            place = (number, match.start(int(group)) + 1, capture["name"])
            found[place] = match[int(group)]
