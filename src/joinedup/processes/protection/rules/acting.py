"""Acts of child protection: which action of the permission matrix each needs, and what refuses one.

Belongs here: the table, and the refusals. Not here: the decision itself (foundation.access.rules), rows (models).
"""

from collections.abc import Mapping

from joinedup.processes.protection.rules.words import Act

#: What the matrix calls the reading of a child's statutory case; nothing here is read or written without it.
READ = "T3"
#: What ties others to the child, what is not a step of a concern, and how the audit calls it.
INVITED, SPAN_BEGUN, SPAN_ENDED = "invited", "care.begun", "care.ended"
#: By the act's name in the audit. To raise a worry and to say that a child was seen is a note, which whoever reads the case
#: may write; what decides is assessing; what ends a case otherwise than by a meeting is closing. A correction needs the same.
ACTIONS: Mapping[str, str] = {
    Act.WORRY: "write",
    Act.DISCUSSED: "assess",
    Act.ENQUIRY_STARTED: "assess",
    Act.ENQUIRY_ENDED: "assess",
    Act.CONFERENCE_HELD: "assess",
    Act.CORE_GROUP_HELD: "assess",
    Act.REVIEW_HELD: "assess",
    Act.CHILD_SEEN: "write",
    Act.PLAN_ENDED: "transfer",
    Act.CLOSED: "transfer",
    INVITED: "assess",
    SPAN_BEGUN: "assess",
    SPAN_ENDED: "assess",
}


class NotAllowed(Exception):
    """No role of the viewer does this with this child."""


class NoSuchConcern(Exception):
    """There is no such concern, step or span of this child, or it is not for this viewer."""


class AlreadyThere(Exception):
    """Another concern of the child is under way, the child has a plan already, or the person is invited already."""


class Overlaps(Exception):
    """A span would cover days that another covers."""


class NotOneself(Exception):
    """Nobody makes the tie that lets themselves in."""


class EndsBeforeItBegins(Exception):
    """A span ends before it begins, or begins or ends in the future."""
