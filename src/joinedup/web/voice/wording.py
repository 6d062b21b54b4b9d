"""The words of the child's voice for workers: what was said, invitations, and the questions of inviting and answering.

Belongs here: turning cards into presenters. Not here: whether someone may (participation), requests (views).
"""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundation import clock
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.participation import queries as participation_queries
from joinedup.processes.participation import rules as participation_rules
from joinedup.web import addresses, presenters, voices, words
from joinedup.web.casework import presenters as casework
from joinedup.web.casework import questions
from joinedup.web.voice import forms
from joinedup.web.voice import presenters as voice

_VOICES = {participation_rules.Voice.CHILD: "The child", participation_rules.Voice.PARENT: "A parent"}
_STANDINGS = {
    participation_rules.Standing.OPEN: presenters.Tag(text="Waits", tone=presenters.Tone.CARE),
    participation_rules.Standing.ACCEPTED: presenters.Tag(text="In use", tone=presenters.Tone.GOOD),
    participation_rules.Standing.WITHDRAWN: presenters.Tag(text="Taken back", tone=presenters.Tone.QUIET),
    participation_rules.Standing.EXPIRED: presenters.Tag(text="Not used in time", tone=presenters.Tone.QUIET),
}
_CAN_END = {participation_rules.Standing.OPEN, participation_rules.Standing.ACCEPTED}


def _day(at: datetime.datetime) -> str:
    return words.day(clock.local(at).date())


def _to_voice(number: str) -> presenters.Link:
    return presenters.Link(text="What the child thinks", href=reverse("voice", args=[number]))


def voice_page(  # whose, what was said and wanted known, who was invited, and what the viewer may do
    card: people_queries.ChildCard,
    *,
    views: Sequence[participation_queries.ViewCard],
    about: participation_queries.AboutCard | None,
    invitations: Sequence[participation_queries.InvitationCard],
    may_invite: bool,
    message: presenters.Message | None,
) -> voice.VoicePage:
    """Show what the child thinks, and who was invited."""
    return voice.VoicePage(
        name=card.full_name,
        number=words.child_number(card.number),
        heard=voices.heard(views, about, href=""),
        nothing=voices.NOTHING,
        views=tuple(
            voice.Answerable(
                said=voices.said(view),
                answer_href=reverse("voice-answer", args=[card.number, view.id]) if view.may_answer else "",
            )
            for view in views
        ),
        invitations=tuple(_invitation(one, card.number, may_invite=may_invite) for one in invitations),
        invite_href=reverse("voice-invite", args=[card.number]) if may_invite else "",
        back=presenters.Link(text="The child's page", href=addresses.child(card.number)),
        message=message,
    )


def _invitation(card: participation_queries.InvitationCard, number: str, *, may_invite: bool) -> voice.Invitation:
    quiet = f"Invited by {card.made_by_name} on {_day(card.made_at)}"
    if card.accepted_at is not None:
        quiet = f"{quiet}, in use since {_day(card.accepted_at)}"
    elif card.standing is participation_rules.Standing.OPEN:
        quiet = f"{quiet}, works until {_day(card.expires_at)}"
    if card.withdrawn_by_name:
        quiet = f"{quiet}, taken back by {card.withdrawn_by_name}"
    is_ended = card.standing not in _CAN_END
    return voice.Invitation(
        heading=f"{_VOICES[card.voice]}: {card.name}",
        quiet=quiet,
        tag=_STANDINGS[card.standing],
        withdraw_href="" if is_ended or not may_invite else reverse("voice-withdraw", args=[number, card.id]),
    )


def answer_page(form: forms.Answer, *, number: str, view: participation_queries.ViewCard) -> casework.FormPage:
    """Ask what was done about what somebody thinks."""
    asked = (questions.lines(form, "words", "What did you do about it?", "In words that whoever said it would use"),)
    shown = voices.said(view)
    return casework.FormPage(
        heading="Say what was done",
        words="They read your answer on their own page, with your name. If nothing can be done, say why.",
        action_href=reverse("voice-answer", args=[number, view.id]),
        back=_to_voice(number),
        button="Send the answer",
        questions=asked,
        facts=((shown.heading, view.words),),
        errors=questions.errors(asked, ""),
    )


def invite_page(form: forms.Invite, *, number: str, refused: str) -> casework.FormPage:
    """Ask who is invited, and of a parent whether it is safe."""
    asked = (
        questions.choice(form, "who", "Who is it for?", forms.WHO),
        questions.line(form, "parent_name", "A parent's name", "Leave it empty for the child"),
        questions.choice(
            form,
            "safe",
            "Is it safe for this parent to read the plan and who looked?",
            forms.SAFE,
            hint="A parent's page is off until somebody records that it is safe for this parent",
        ),
        questions.lines(form, "reason", "How do you know?"),
    )
    return casework.FormPage(
        heading="Invite someone to a page of their own",
        words="A child from twelve on, or a parent with parental responsibility. Talk with them first.",
        action_href=reverse("voice-invite", args=[number]),
        back=_to_voice(number),
        button="Make the link",
        questions=asked,
        errors=questions.errors(asked, refused),
    )


def link_page(
    *, number: str, link: str, voice_of: participation_rules.Voice, expires_at: datetime.datetime
) -> voice.LinkPage:
    """Show the link of a new invitation, once."""
    who = "the child" if voice_of is participation_rules.Voice.CHILD else "the parent"
    return voice.LinkPage(link=link, until=_day(expires_at), who=who, back=_to_voice(number))
