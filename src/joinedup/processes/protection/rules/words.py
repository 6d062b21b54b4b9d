"""Words of child protection that are chosen from: stages, acts, outcomes, categories of abuse, and how things end.

Belongs here: enumerations, each member explaining itself. Not here: their sentences on pages (web).
"""

import enum

MOST_LETTERS, MOST_NAME = 4000, 200
FEWEST_LETTERS = 3


class Stage(enum.StrEnum):
    """Where one concern stands."""

    DISCUSSION = "discussion"  #: a strategy discussion is to be held
    ENQUIRY_DUE = "enquiry_due"  #: it decided on enquiries, which have not begun
    ENQUIRY = "enquiry"  #: enquiries under section 47 of the Children Act 1989
    CONFERENCE = "conference"  #: an initial child protection conference is to be held
    PLAN = "plan"  #: the child has a child protection plan
    ENDED = "ended"  #: nothing more follows from this concern


class Act(enum.StrEnum):
    """What is done and written down, one row each."""

    WORRY = "worry"  #: there is cause to suspect significant harm: a strategy discussion is called
    DISCUSSED = "discussed"  #: a strategy discussion was held
    ENQUIRY_STARTED = "enquiry_started"  #: the enquiries began
    ENQUIRY_ENDED = "enquiry_ended"  #: the enquiries ended with an outcome
    CONFERENCE_HELD = "conference_held"  #: the initial child protection conference was held
    CORE_GROUP_HELD = "core_group_held"  #: those who carry the plan out met
    REVIEW_HELD = "review_held"  #: a review conference was held
    CHILD_SEEN = "child_seen"  #: a practitioner saw the child
    PLAN_ENDED = "plan_ended"  #: the plan ended otherwise than by a review
    CLOSED = "closed"  #: the concern ended otherwise, before there was a plan


class Outcome(enum.StrEnum):
    """What an act led to, where it can lead to several things.

    Source: HM Government, Working together to safeguard children, on strategy discussions, enquiries and conferences.
    """

    SINGLE = "single"  #: enquiries by children's social care alone
    JOINT = "joint"  #: enquiries by children's social care and the police together
    ASSESSMENT = "assessment"  #: no enquiries; an assessment under section 17 goes on
    NO_ACTION = "no_action"  #: nothing more is done, for the reason given
    AGAIN = "again"  #: to be gone on with at another discussion
    NOT_SUBSTANTIATED = "not_substantiated"  #: the concerns proved unfounded
    NO_CONTINUING_RISK = "no_continuing_risk"  #: founded, but the child is not at continuing risk of significant harm
    CONTINUING_RISK = "continuing_risk"  #: founded, and the child is at continuing risk: a conference follows
    PLAN = "plan"  #: the conference decided on a child protection plan
    NO_PLAN = "no_plan"  #: the conference decided on none
    STANDS = "stands"  #: the child has a plan from an earlier concern, which goes on
    CONTINUES = "continues"  #: the review decided that the plan goes on
    ENDS = "ends"  #: the review decided that the plan ends


class Category(enum.StrEnum):
    """Why a child has a plan, in the codes of the children in need census.

    Source: Department for Education, CIN census 2026, CIN_schema_2026.xsd, categoryofabusetype.
    """

    NEGLECT = "NEG"  #: neglect
    PHYSICAL = "PHY"  #: physical abuse
    SEXUAL = "SAB"  #: sexual abuse
    EMOTIONAL = "EMO"  #: emotional abuse
    MULTIPLE = "MUL"  #: more than one, where no single one is recommended


class Ending(enum.StrEnum):
    """Why a plan, or a concern before there was one, ended. Ours: the census asks for the date alone."""

    SAFE = "safe"  #: no longer at continuing risk of significant harm
    LOOKED_AFTER = "looked_after"  #: kept safe in care, where another plan is made
    MOVED = "moved"  #: lives in another area, whose conference has taken it over
    GROWN_UP = "grown_up"  #: eighteen
    DIED = "died"  #: the child died
    IN_ERROR = "in_error"  #: written down by mistake, about another child for instance


class SpanKind(enum.StrEnum):
    """Of what a span is."""

    LEGAL_STATUS = "legal_status"  #: under which law or order the child is looked after
    PLACEMENT = "placement"  #: with whom or where the child is placed
