"""The words of the in-basket: what may be sent, how it stands, what is done with it, by whom, and what becomes of it.

Belongs here: the codes. Not here: which act is allowed when (acts), how long it may take (urgency).
"""

import enum


class Kind(enum.StrEnum):
    """What was sent."""

    CONTACT = "contact"  #: a worry about a child, or a request for help
    NOTIFICATION = "notification"  #: something to be known of a child; the sender asks for nothing
    INFORMATION_REQUEST = "information_request"  #: one agency asks another what it knows that matters here
    REPLY = "reply"  #: what came back to whoever asked: an answer or a refusal


#: What a family or a practitioner sends to the front door; the other two come of working on one of these.
FROM_OUTSIDE = frozenset({Kind.CONTACT, Kind.NOTIFICATION})


class State(enum.StrEnum):
    """How an item stands."""

    NEW = "new"  #: in a team's in-basket; nobody has taken it
    HELD = "held"  #: one person has taken it
    GATHERING = "gathering"  #: one person has it, and agencies were asked
    DECIDED = "decided"  #: level and outcome are set; the sender does not know yet
    TOLD = "told"  #: the sender knows
    CLOSED = "closed"  #: over, with an owner and an outcome


class Act(enum.StrEnum):
    """What is done with an item once it is sent."""

    CLAIM = "claim"  #: take it
    PUT_BACK = "put_back"  #: undo taking it
    HAND_ON = "hand_on"  #: to another team
    GIVE = "give"  #: to a colleague
    TAKE_BACK = "take_back"  #: undo handing on or giving
    SET_URGENCY = "set_urgency"  #: red, amber, green or blue, with a reason
    CHOOSE_CHILD = "choose_child"  #: say which child of the index it is about, or that none is
    ASK = "ask"  #: ask another agency what it knows
    SPLIT = "split"  #: make an item of its own for a brother or sister
    DECIDE = "decide"  #: level and outcome, with a reason
    TELL = "tell"  #: tell the sender what came of it
    CLOSE = "close"  #: name who answers for what follows
    ANSWER = "answer"  #: share what was asked for
    REFUSE = "refuse"  #: share nothing, with the reason
    WITHDRAW = "withdraw"  #: the asker needs it no more
    READ = "read"  #: the reply was read


class Who(enum.StrEnum):
    """How a person stands to an item."""

    SENDER = "sender"  #: asked for it: of a request, whoever asked or holds what it is about
    HOLDER = "holder"  #: has taken it
    MANAGER = "manager"  #: manages people of the agency whose in-basket it is in
    TEAM = "team"  #: anyone of the team whose in-basket it is in
    GIVER = "giver"  #: handed it on or gave it last, and nobody has worked on it since


class Urgency(enum.StrEnum):
    """How soon it must be looked into."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"


class Outcome(enum.StrEnum):
    """What became of an item."""

    SOCIAL_CARE_ASSESSMENT = "social_care_assessment"  #: children's social care assesses
    STRATEGY_DISCUSSION = "strategy_discussion"  #: significant harm is suspected
    EARLY_HELP = "early_help"  #: an assessment and plan below the statutory threshold, with consent
    ANOTHER_AGENCY = "another_agency"  #: one agency helps
    ADVICE = "advice"  #: information and advice were given
    NO_ACTION = "no_action"  #: nothing further is needed
    OTHER_AUTHORITY = "other_authority"  #: the child lives in another area, which has taken it
    RETURNED = "returned"  #: consent is missing and no child is unsafe: the sender asks the family first
    ANSWERED = "answered"  #: what was asked for was shared
    REFUSED = "refused"  #: nothing was shared, and why is kept
    WITHDRAWN = "withdrawn"  #: the asker needed it no more
    READ = "read"  #: the reply was read


#: What may be decided of a contact or a notification.
DECISIONS = (
    *(Outcome.SOCIAL_CARE_ASSESSMENT, Outcome.STRATEGY_DISCUSSION, Outcome.EARLY_HELP, Outcome.ANOTHER_AGENCY),
    *(Outcome.ADVICE, Outcome.NO_ACTION, Outcome.OTHER_AUTHORITY, Outcome.RETURNED),
)


class Consent(enum.StrEnum):
    """Whether the family agreed that this is sent."""

    GIVEN = "given"  #: a parent, or a young person who understands it, agreed
    REFUSED = "refused"  #: they were asked and said no
    NOT_SOUGHT = "not_sought"  #: they were not asked


class Basis(enum.StrEnum):
    """On what legal basis information is shared, or would have been."""

    CONSENT = "consent"
    SAFEGUARDING_DUTY = "safeguarding_duty"  #: Children Act 2004 section 11, and 16LA once in force
    SECTION_47 = "section_47"  #: Children Act 1989 section 47(9): to help with enquiries
    SECTION_17 = "section_17"  #: Children Act 1989 section 17 and 27: help for a child in need
    VITAL_INTERESTS = "vital_interests"  #: UK GDPR article 6(1)(d): a life is at risk
    COURT_ORDER = "court_order"
