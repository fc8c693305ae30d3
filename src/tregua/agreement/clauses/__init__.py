"""The kinds of block, one file each, in the order in which the language presents them.

What lives here: for every kind its keys, how it can be violated and what would show it.
What may not: one kind knowing another; what they share stands in ``agreement/clause.py``.
Where to begin reading: ``prohibition.py``.
"""

from __future__ import annotations

from tregua.agreement.clauses.actor import ACTOR
from tregua.agreement.clauses.acts import ACTS
from tregua.agreement.clauses.body import BODY
from tregua.agreement.clauses.clock import CLOCK
from tregua.agreement.clauses.consequence import CONSEQUENCE
from tregua.agreement.clauses.declaration import DECLARATION
from tregua.agreement.clauses.duty import DUTY
from tregua.agreement.clauses.exception import EXCEPTION
from tregua.agreement.clauses.excluded import EXCLUDED
from tregua.agreement.clauses.gate import GATE
from tregua.agreement.clauses.group import GROUP
from tregua.agreement.clauses.guarantor import GUARANTOR
from tregua.agreement.clauses.instrument import INSTRUMENT
from tregua.agreement.clauses.line import LINE
from tregua.agreement.clauses.link import LINK
from tregua.agreement.clauses.no_norm import NO_NORM
from tregua.agreement.clauses.party import PARTY
from tregua.agreement.clauses.permission import PERMISSION
from tregua.agreement.clauses.phase import PHASE
from tregua.agreement.clauses.power import POWER
from tregua.agreement.clauses.procedure import PROCEDURE
from tregua.agreement.clauses.prohibition import PROHIBITION
from tregua.agreement.clauses.quota import QUOTA
from tregua.agreement.clauses.ring import RING
from tregua.agreement.clauses.road import ROAD
from tregua.agreement.clauses.scenario import SCENARIO
from tregua.agreement.clauses.schedule import SCHEDULE
from tregua.agreement.clauses.term import TERM
from tregua.agreement.clauses.verification import VERIFICATION
from tregua.agreement.clauses.weapons import WEAPONS
from tregua.agreement.clauses.zone import ZONE

KINDS = (
    INSTRUMENT,
    PARTY,
    GROUP,
    GUARANTOR,
    EXCLUDED,
    ACTOR,
    BODY,
    LINK,
    ZONE,
    LINE,
    ROAD,
    RING,
    WEAPONS,
    ACTS,
    TERM,
    PHASE,
    CLOCK,
    GATE,
    SCHEDULE,
    QUOTA,
    PROHIBITION,
    DUTY,
    PERMISSION,
    EXCEPTION,
    POWER,
    PROCEDURE,
    VERIFICATION,
    CONSEQUENCE,
    DECLARATION,
    NO_NORM,
    SCENARIO,
)
