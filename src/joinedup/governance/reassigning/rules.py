"""Rules of reassigning: which work hangs on a child and not on a record, and what a person may say of it.

Belongs here: the kinds of work, as values. Not here: what agencies' records say, which goes with its record by itself.
"""

import dataclasses
import enum


class Outcome(enum.StrEnum):
    """What a person said."""

    STAYS = "stays"  #: it is rightly where it hangs
    MOVED = "moved"  #: it is the other child's, and hangs there now


class Answer(enum.StrEnum):
    """What the database says."""

    DONE = "done"  #: as asked
    ABSENT = "absent"  #: nothing such waits, or not for this viewer
    ALREADY = "already"  #: the other child has such a thing, and can have one only


class NotDone(Exception):
    """The database refused; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.value)
        self.answer = answer


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind of work that hangs on a child.

    `table`, `child` and `open_where` say where it is kept, and which of it still matters.
    """

    words: str
    table: str
    child: str = "child_id"
    open_where: str = "true"


#: Tables whose work was added after the first installation; their own migrations let the function at them.
LATER = frozenset(
    {"assessment_assessmentchild", "casework_episode", "inbasket_item", "protection_carespan", "protection_concern"}
    | {"participation_invitation"}
)
#: By its code; what agencies' records say of a child is not among it, for it goes with its record.
WORK = {
    "legal_hold": Work(words="A legal hold", table="rights_legalhold", open_where="w.lifted_at IS NULL"),
    "data_request": Work(
        words="A request about their own data", table="rights_datarequest", open_where="w.closed_at IS NULL"
    ),
    "disputed_fact": Work(words="A fact that is disputed", table="rights_disputedfact"),
    "deletion": Work(words="A deletion that is due", table="rights_duedeletion"),
    "interest": Work(
        words="A conflict of interest that was declared",
        table="assurance_declaredinterest",
        open_where="w.ended_at IS NULL",
    ),
    "watched": Work(
        words="That looks at the child are watched", table="assurance_watchedchild", open_where="w.until IS NULL"
    ),
    "parental_view": Work(
        words="Whether it is safe that a parent reads who looked",
        table="assurance_parentalviewsafety",
        open_where="w.ended_at IS NULL",
    ),
    "looks_suspended": Work(
        words="That a family is not shown who looked", table="assurance_looksuspension", open_where="w.until IS NULL"
    ),
    "emergency_look": Work(
        words="An emergency look that waits for its review",
        table="breakglass_emergencylook",
        open_where="w.reviewed_at IS NULL",
    ),
    "contact": Work(
        words="A contact or notification in an in-basket",
        table="inbasket_item",
        open_where="w.about_id IS NULL AND w.state <> 'closed'",
    ),
    "episode": Work(words="An episode, with its lead, needs, plan and transfers", table="casework_episode"),
    "concern": Work(
        words="A concern that the child suffers harm, with what was done about it", table="protection_concern"
    ),
    "care_span": Work(
        words="A legal status or a placement", table="protection_carespan", open_where="NOT w.is_corrected"
    ),
    "seal_request": Work(words="A seal that was asked for", table="sealing_sealrequest", open_where="w.outcome = ''"),
    "assessment": Work(words="An assessment", table="assessment_assessmentchild", open_where="w.left_at IS NULL"),
    "own_page": Work(
        words="A page of their own, with what a child or parent said on it",
        table="participation_invitation",
        open_where="(w.withdrawn_at IS NULL OR w.accepted_at IS NOT NULL)",
    ),
    "invitation": Work(
        words="That someone was asked to take part",
        table="access_groundheld",
        child="subject_id",
        open_where="w.ground = 'V' AND w.origin <> 'records' AND (w.ended_at IS NULL OR w.ended_at > clock_timestamp())",
    ),
    "conflict": Work(
        words="That someone has a conflict of interest",
        table="access_groundheld",
        child="subject_id",
        open_where="w.ground = 'X' AND (w.ended_at IS NULL OR w.ended_at > clock_timestamp())",
    ),
}
