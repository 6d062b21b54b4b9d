"""Words of child protection: stages, outcomes, categories, endings, and how the page speaks of each act.

Belongs here: a sentence or two for each member of a rule's enumeration. Not here: the pages.
"""

import dataclasses

from joinedup.processes.protection import rules
from joinedup.web.practitioner import protecting

_Act, _Outcome = rules.Act, rules.Outcome

STAGES, CATEGORIES = protecting.STAGES, protecting.CATEGORIES
OUTCOMES = {
    _Outcome.SINGLE: "Section 47 enquiries by children's social care alone",
    _Outcome.JOINT: "Section 47 enquiries by children's social care and the police together",
    _Outcome.ASSESSMENT: "No enquiries: an assessment under section 17 goes on",
    _Outcome.NO_ACTION: "No further action, for the reason below",
    _Outcome.AGAIN: "Not decided yet: another discussion is to be held",
    _Outcome.NOT_SUBSTANTIATED: "The concerns are not substantiated",
    _Outcome.NO_CONTINUING_RISK: "Substantiated, and the child is not at continuing risk of significant harm",
    _Outcome.CONTINUING_RISK: "Substantiated, and the child is at continuing risk: a conference is held",
    _Outcome.PLAN: "The child has a child protection plan from this day",
    _Outcome.NO_PLAN: "No child protection plan",
    _Outcome.STANDS: "The plan that the child has already goes on",
    _Outcome.CONTINUES: "The plan goes on",
    _Outcome.ENDS: "The plan ends",
}
ENDINGS = {
    rules.Ending.SAFE: "No longer at continuing risk of significant harm",
    rules.Ending.LOOKED_AFTER: "The child is looked after, and kept safe by that plan",
    rules.Ending.MOVED: "The child lives in another area, which has taken it over",
    rules.Ending.GROWN_UP: "The young person is eighteen",
    rules.Ending.DIED: "The child has died",
    rules.Ending.IN_ERROR: "It was written down by mistake",
}
ALONE = {"yes": "Yes, alone", "no": "No, someone else was there"}
SPANS = {rules.SpanKind.LEGAL_STATUS: "Legal status", rules.SpanKind.PLACEMENT: "Placement"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How the page speaks of an act: the link to it, what is explained, the button, the chronology, and its questions."""

    heading: str
    explained: str
    button: str
    happened: str
    words: str
    words_hint: str = ""
    when: str = "On which day?"


ACTS = {
    _Act.WORRY: Said(
        heading="Call a strategy discussion",
        explained="There is reasonable cause to suspect that the child suffers, or is likely to suffer, significant harm. "
        "The clock runs from the moment you give.",
        button="Call it",
        happened="A strategy discussion was called",
        words="What is the cause to suspect significant harm?",
        when="On which day did the cause arise?",
    ),
    _Act.DISCUSSED: Said(
        heading="Write down the strategy discussion",
        explained="Who took part, what was decided, and why. Of the conference, the clock runs from this discussion.",
        button="Keep the discussion",
        happened="Strategy discussion",
        words="What was decided, by whom, and why?",
        words_hint="Who does what by when; whether the child needs a medical; what the family is told, when, and by whom",
        when="On which day was it held?",
    ),
    _Act.ENQUIRY_STARTED: Said(
        heading="Begin the enquiries",
        explained="Section 47 of the Children Act 1989. The return counts enquiries from the day they begin.",
        button="They have begun",
        happened="Section 47 enquiries began",
        words="Who makes them, and what comes first?",
        when="On which day did they begin?",
    ),
    _Act.ENQUIRY_ENDED: Said(
        heading="End the enquiries with their outcome",
        explained="They do not end without one. Where the child is at continuing risk, a conference follows.",
        button="Keep the outcome",
        happened="Section 47 enquiries ended",
        words="What was found, and what is done now?",
        when="On which day did they end?",
    ),
    _Act.CONFERENCE_HELD: Said(
        heading="Write down the conference",
        explained="The initial child protection conference. A plan begins on its day, with the category that it decided.",
        button="Keep the conference",
        happened="Initial child protection conference",
        words="What was decided, and why?",
        words_hint="For a plan: what must change, by when, who is in the core group, and who is the lead social worker",
        when="On which day was it held?",
    ),
    _Act.CORE_GROUP_HELD: Said(
        heading="Write down a core group",
        explained="Those who carry the plan out, with the parents and, where it fits, the child.",
        button="Keep the core group",
        happened="Core group",
        words="What has been done, and what is next?",
        when="On which day was it held?",
    ),
    _Act.REVIEW_HELD: Said(
        heading="Write down a review conference",
        explained="It decides whether the plan goes on. The clock of the next runs from its day.",
        button="Keep the review",
        happened="Review conference",
        words="What was decided, and why?",
        when="On which day was it held?",
    ),
    _Act.CHILD_SEEN: Said(
        heading="Write down that the child was seen",
        explained="By whom does not matter for the clock; that it was written by you is kept.",
        button="Keep it",
        happened="The child was seen",
        words="Where, by whom, and what did you see?",
        when="On which day?",
    ),
    _Act.PLAN_ENDED: Said(
        heading="End the plan without a review",
        explained="For a move, eighteen years, a death, or a mistake. Else a review conference ends it.",
        button="End the plan",
        happened="The plan ended without a review",
        words="Why, and who has been told?",
        when="On which day did it end?",
    ),
    _Act.CLOSED: Said(
        heading="Close this concern",
        explained="Before there is a plan: for a move, eighteen years, a death, or a mistake. Else what is due is held first.",
        button="Close it",
        happened="The concern was closed",
        words="Why, and who has been told?",
        when="On which day?",
    ),
}
#: What is said at the top of the next page.
DONE = {
    _Act.WORRY: "A strategy discussion is called. Whoever you want to take part must be asked.",
    _Act.DISCUSSED: "The discussion is kept.",
    _Act.ENQUIRY_STARTED: "The enquiries have begun.",
    _Act.ENQUIRY_ENDED: "The outcome of the enquiries is kept.",
    _Act.CONFERENCE_HELD: "The conference is kept.",
    _Act.CORE_GROUP_HELD: "The core group is kept.",
    _Act.REVIEW_HELD: "The review is kept.",
    _Act.CHILD_SEEN: "It is kept that the child was seen.",
    _Act.PLAN_ENDED: "The plan has ended.",
    _Act.CLOSED: "The concern is closed.",
}
#: Acts by the word in their address.
NAMES = {act.value.replace("_", "-"): act for act in _Act}
