"""The words of the in-basket's pages: kinds, states, colours, outcomes, legal bases.

Belongs here: words by code. What a sender reads is the same whether the child was known or not.
Not here: what is on a page (wording).
"""

from collections.abc import Mapping

from joinedup.processes.inbasket.rules import Act, Basis, Consent, Kind, Outcome, State, Urgency
from joinedup.web import presenters

KINDS: Mapping[Kind, str] = {
    Kind.CONTACT: "Worry or request for help",
    Kind.NOTIFICATION: "Notification",
    Kind.INFORMATION_REQUEST: "Information request",
    Kind.REPLY: "Reply",
}
KINDS_TO_SEND: Mapping[Kind, str] = {
    Kind.CONTACT: "A worry, or a request for help",
    Kind.NOTIFICATION: "A notification: something that should be known",
}
STATES: Mapping[State, str] = {
    State.NEW: "Nobody has taken it",
    State.HELD: "Being looked at",
    State.GATHERING: "Agencies were asked",
    State.DECIDED: "Decided, sender not told yet",
    State.TOLD: "Sender told, to be closed",
    State.CLOSED: "Closed",
}
#: What a sender may know.
SENDER_STATES: Mapping[State, str] = {
    State.NEW: "Received",
    State.HELD: "Received, and being looked at",
    State.GATHERING: "Received, and being looked at",
    State.DECIDED: "Decided; you will be told what comes of it",
    State.TOLD: "Decided",
    State.CLOSED: "Decided",
}
URGENCIES: Mapping[Urgency, str] = {
    Urgency.RED: "Red: potential child protection, immediate action",
    Urgency.AMBER: "Amber: significant concern, immediate action not required",
    Urgency.GREEN: "Green: concern about well-being below the statutory threshold",
    Urgency.BLUE: "Blue: no safeguarding concern, universal service or advice",
}
COLOURS: Mapping[Urgency, tuple[str, presenters.Tone]] = {
    Urgency.RED: ("Red", presenters.Tone.ALARM),
    Urgency.AMBER: ("Amber", presenters.Tone.CARE),
    Urgency.GREEN: ("Green", presenters.Tone.GOOD),
    Urgency.BLUE: ("Blue", presenters.Tone.PLAIN),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.SOCIAL_CARE_ASSESSMENT: "An assessment by children's social care",
    Outcome.STRATEGY_DISCUSSION: "A strategy discussion",
    Outcome.EARLY_HELP: "Early help, with an assessment and a plan",
    Outcome.ANOTHER_AGENCY: "Help from one agency",
    Outcome.ADVICE: "Information and advice",
    Outcome.NO_ACTION: "Nothing further is needed",
    Outcome.OTHER_AUTHORITY: "Passed to the area where the child lives",
    Outcome.RETURNED: "Returned to the sender, to ask the family first",
}
ENDS: Mapping[Outcome, str] = {
    **OUTCOMES,
    Outcome.ANSWERED: "Answered",
    Outcome.REFUSED: "Refused",
    Outcome.WITHDRAWN: "Withdrawn",
    Outcome.READ: "Read",
}
CONSENTS: Mapping[Consent, str] = {
    Consent.GIVEN: "Yes, a parent agreed, or the young person who understands it",
    Consent.REFUSED: "No, they were asked and did not agree",
    Consent.NOT_SOUGHT: "They were not asked",
}
BASES: Mapping[Basis, str] = {
    Basis.SAFEGUARDING_DUTY: "To keep the child safe or promote their welfare (Children Act 2004, section 11)",
    Basis.SECTION_47: "To help with enquiries (Children Act 1989, section 47)",
    Basis.SECTION_17: "To help a child in need (Children Act 1989, sections 17 and 27)",
    Basis.VITAL_INTERESTS: "A life is at risk (UK GDPR, article 6(1)(d))",
    Basis.COURT_ORDER: "A court has ordered it",
    Basis.CONSENT: "With the family's consent",
}
#: What was done, as a history says it: who, and then these words.
DONE: Mapping[str, str] = {
    "send": "sent it",
    Act.CLAIM: "took it",
    Act.PUT_BACK: "put it back",
    Act.HAND_ON: "handed it on",
    Act.GIVE: "gave it to a colleague",
    Act.TAKE_BACK: "took it back",
    Act.SET_URGENCY: "set its colour",
    Act.CHOOSE_CHILD: "said which child it is about",
    Act.ASK: "asked an agency",
    Act.SPLIT: "made an item of its own for a brother or sister",
    Act.DECIDE: "decided",
    Act.TELL: "told the sender",
    Act.CLOSE: "closed it",
    Act.ANSWER: "answered",
    Act.REFUSE: "refused",
    Act.WITHDRAW: "withdrew the question",
    Act.READ: "read it",
}


def colour(urgency: Urgency | None) -> presenters.Tag | None:
    """Return a colour as a tag that says it in a word too."""
    if urgency is None:
        return None
    text, tone = COLOURS[urgency]
    return presenters.Tag(text=text, tone=tone)
