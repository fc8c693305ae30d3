"""The reference page of the lint rules, written from the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.lint import RULES
from tregua.agreement.prove import QUESTIONS

if TYPE_CHECKING:
    from tregua.agreement.prove.question import Question
    from tregua.agreement.rule import Rule

_GROUPS = {
    "1": "Who",
    "2": "When",
    "3": "Where",
    "4": "What: acts, duties, exceptions",
    "5": "Verification",
    "6": "Consequences and disputes",
    "7": "Instruments and numbers",
    "8": "People and aid",
    "9": "Waiting",
}

_HEAD = """\
# Lint rules

`tregua lint` reads a deal and says what it leaves out, with the past deal that failed on the \
same gap.
It never changes the file and never says that somebody is at fault.
`tregua explain CODE` shows the page of one rule with a short deal that has the gap and one \
that has not.
This page is written from the rules; `make update` writes it again.

**How grave.** An error cannot be assessed or will be disputed, a warning is something that \
past deals paid for, an info is worth saying once and is shown with `--expert`.

**How sure.** Each rule has its own confidence.
What is held of the text lowers it: a paragraph marked `P` by one step, `M` by two.
A note that says "the text does not say" is one step lower when the instrument is held in part\
 or as a summary, and is never given for a clause with a paragraph marked `X`.
The line `why` names what lowered it.

**Accepting a note.** Write `accept: L505 "the reason"` in the block, or in the header for the\
 whole deal.
Accepted notes stay in the count and are listed with `--all`.

**Run when asked.** L902, L903 and L904 need a search through every state that the deal can \
reach, and L422, L508, L604 and L901 have an exact form that needs one.
`tregua lint --prove` runs them when the extra `prove` is installed; otherwise the summary line \
says which were not run.
`tregua prove` runs them alone; see [prove](../explanation/prove.md).
"""


def lint_reference(
    rules: tuple[Rule, ...] = RULES, questions: tuple[Question, ...] = QUESTIONS
) -> str:
    """Return ``docs/reference/lint.md``: one heading per rule, in the order of the codes."""
    parts = [_HEAD]
    group = ""
    for rule in rules:
        if rule.code[1] != group:
            group = rule.code[1]
            parts.append(f"## {_GROUPS[group]}\n")
        parts.append(_section(rule, rule.code))
    parts.append("## Found by exploration\n")
    parts += [_section(q.rule, q.page.code) for q in questions]
    return "\n".join(parts)


def _section(rule: Rule, code: str) -> str:
    about = f" Clauses of the catalogue: {', '.join(rule.catalogue)}." if rule.catalogue else ""
    return (
        f"### {code} {rule.title}\n\n"
        f"{rule.severity.capitalize()}, confidence {rule.confidence}.{about}\n\n"
        f"**When.** {rule.what}\n\n"
        f"**Why.** {rule.why[0].upper()}{rule.why[1:]}.\n\n"
        f"**Help.** `` {rule.help} ``\n"
    )
