"""Aid access: which assessments speak about relief reaching people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.acts import covers

if TYPE_CHECKING:
    from tregua.agreement.model import Act, Agreement
    from tregua.assessment.model import Assessment

AID_ACTS = ("deliver", "allow", "obstruct-aid")


def about_aid(agreement: Agreement, assessments: tuple[Assessment, ...]) -> tuple[str, ...]:
    """Return the ids of the assessments of aid access, in the order of the assessments."""
    norms = aid_norms(agreement)
    return tuple(a.id for a in assessments if a.norm in norms)


def aid_norms(agreement: Agreement) -> tuple[str, ...]:
    """Return the norms with an aid act or humanitarian passage, in the order of the deal."""
    return tuple(n.id for n in agreement.norms if any(_is_aid(a, agreement) for a in n.acts))


def _is_aid(act: Act, agreement: Agreement) -> bool:
    if ("passage", "humanitarian") in act.args:
        return True
    return any(covers(kind, act.kind, agreement.act_parents) for kind in AID_ACTS)
