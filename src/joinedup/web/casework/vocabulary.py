"""Words of casework that several pages share: kinds, levels, states, reasons.

Belongs here: a sentence or two for each member of a rule's enumeration. Not here: the pages.
"""

from joinedup.processes.casework import rules
from joinedup.web import presenters
from joinedup.web.practitioner import episodes

KINDS = episodes.KINDS
LEVELS = {
    rules.Level.UNIVERSAL: "1, universal: parents and services for every child meet it",
    rules.Level.ADDITIONAL: "2, additional: something more is needed, often from one agency",
    rules.Level.INTENSIVE: "3, intensive: several needs, several agencies, one lead",
    rules.Level.SPECIALIST: "4, specialist: acute need or significant harm",
}
NEEDS = {
    rules.NeedState.STRENGTH: presenters.Tag(text="Strength", tone=presenters.Tone.GOOD),
    rules.NeedState.OPEN: presenters.Tag(text="Open", tone=presenters.Tone.CARE),
    rules.NeedState.MET: presenters.Tag(text="Met", tone=presenters.Tone.GOOD),
    rules.NeedState.HANDED_ON: presenters.Tag(text="Handed on", tone=presenters.Tone.PLAIN),
    rules.NeedState.DECLINED: presenters.Tag(text="The family declined", tone=presenters.Tone.PLAIN),
    rules.NeedState.NO_SUCH_SERVICE: presenters.Tag(text="No such service", tone=presenters.Tone.CARE),
}
ENDINGS = {
    rules.NeedState.MET: "It is met",
    rules.NeedState.HANDED_ON: "Someone else has taken it",
    rules.NeedState.DECLINED: "The family does not want help with it",
    rules.NeedState.NO_SUCH_SERVICE: "Nobody offers what would meet it",
}
CLOSINGS = {
    rules.Closing.NEEDS_MET: "What was wanted has come about",
    rules.Closing.UNIVERSAL: "Services for every child are enough now",
    rules.Closing.DECLINED: "The family or young person does not want it",
    rules.Closing.OTHER_SERVICE: "Another service helps instead",
    rules.Closing.GROWN_UP: "Too old for this help",
    rules.Closing.IN_ERROR: "It should not have been opened",
}
MOVED = "Another area has taken it"
SPOKEN = {
    rules.Spoken.SAID: "The child said it, or we watched for it",
    rules.Spoken.NOT_ASKED: "Nobody asked",
    rules.Spoken.DID_NOT_WISH: "The child did not want to say",
    rules.Spoken.TOO_YOUNG: "Too young to say, and nobody watched for it",
    rules.Spoken.NOT_SEEN: "The child was not seen",
}
TRANSFERS = {
    rules.Transfer.OFFERED: presenters.Tag(text="Offered", tone=presenters.Tone.CARE),
    rules.Transfer.ACCEPTED: presenters.Tag(text="Accepted", tone=presenters.Tone.GOOD),
    rules.Transfer.DECLINED: presenters.Tag(text="Declined", tone=presenters.Tone.PLAIN),
    rules.Transfer.WITHDRAWN: presenters.Tag(text="Withdrawn", tone=presenters.Tone.QUIET),
}
APPROVED = {
    rules.ApprovedAct.CLOSE: "Closing this episode",
    rules.ApprovedAct.TRANSFER: "Offering it to another team or level",
    rules.ApprovedAct.HAND_OVER: "Letting another person lead",
}
ANSWERS = {
    rules.Approving.AGREED: "Yes, it may be done",
    rules.Approving.REFUSED: "No, and I say why",
}
ANSWERED = {
    rules.Approving.WAITING: presenters.Tag(text="Waits for a manager", tone=presenters.Tone.CARE),
    rules.Approving.AGREED: presenters.Tag(text="Agreed", tone=presenters.Tone.GOOD),
    rules.Approving.REFUSED: presenters.Tag(text="Refused", tone=presenters.Tone.PLAIN),
}
OWES = {
    rules.Owes.TRANSFER: "Answer an offer to your team",
    rules.Owes.APPROVAL: "Agree or refuse",
    rules.Owes.REVIEW: "Hold the review",
    rules.Owes.ACTION: "Do, or ask about",
    rules.Owes.LEAD: "Name who leads",
    rules.Owes.NEED: "A need that is yours or your team's",
}
