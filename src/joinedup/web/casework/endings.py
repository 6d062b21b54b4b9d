"""The acts by which an episode passes to others or ends: offering, a step, answers of managers, closing.

Belongs here: one entry for each act. Not here: the acts within an episode (deeds).
"""

import uuid
from typing import Any

from django import forms as django_forms

from joinedup.processes.casework import operations, queries, rules
from joinedup.web.casework import deeds, forms, questions, vocabulary
from joinedup.web.casework.presenters import Question
from joinedup.web.casework.questions import Deed, Form, Given

_STAYS = "It stays open with the duty post of this team"
_OUTCOMES = {**vocabulary.ENDINGS, rules.NeedState.OPEN: _STAYS}
_LEVELS = {int(level): text for level, text in vocabulary.LEVELS.items()}


class _Step(Form):
    level = forms.chosen(_LEVELS)
    why = forms.Said()


class _Words(Form):
    words = forms.Said()


class _Elsewhere(Form):
    accepted_by = forms.Said(most=rules.MOST_NAME)
    goodbye = forms.Said()


class _Ask(Form):
    act = forms.chosen(vocabulary.APPROVED)
    words = forms.Said()


def _offer_questions(form: Form, _: queries.Plan) -> tuple[Question, ...]:
    found = form.found if isinstance(form, forms.WithTeam) else ()
    several = [
        questions.choice(
            form,
            "team",
            "Which of these?",
            {
                card.id: card.name if card.name == card.agency_name else f"{card.name}, {card.agency_name}"
                for card in found
            },
        )
    ]
    return (
        questions.line(form, "where", "To which team here?", "As much of its name, or of its agency's, as you know"),
        *(several if len(found) > 1 else []),
        questions.line(form, "area", "Or to which other area?", "Where they have no account here"),
        questions.lines(form, "why", "Why, and what do they need to know before they answer?"),
    )


def _ends(need_id: uuid.UUID) -> tuple[str, str]:
    return f"state-{need_id}", f"words-{need_id}"


class _Close(Form):
    closing = forms.chosen(vocabulary.CLOSINGS)
    words = forms.Said()

    def clean(self) -> Given:
        given: Given = super().clean() or self.cleaned_data
        for name in [name for name in self.fields if name.startswith("state-")]:
            said = name.replace("state-", "words-", 1)
            if given.get(name) not in {None, rules.NeedState.OPEN.value} and not given.get(said):
                self.add_error(said, "Say how you know")
        return given


def _close_form(posted: Any, plan: queries.Plan) -> Form:
    fields: dict[str, django_forms.Field] = {}
    for need_id in questions.open_needs(plan):
        state, words = _ends(need_id)
        fields[state], fields[words] = forms.chosen(_OUTCOMES), forms.Said(required=False)
    made: type[Form] = type("_CloseThis", (_Close,), fields)
    return made(posted)


def _close_questions(form: Form, plan: queries.Plan) -> tuple[Question, ...]:
    each: list[Question] = []
    for need_id, statement in questions.open_needs(plan).items():
        state, words = _ends(need_id)
        each += [
            questions.choice(form, state, f"What became of this need: {statement}", _OUTCOMES),
            questions.line(form, words, "How do you know?", f"About: {statement}"),
        ]
    return (
        *each,
        questions.choice(form, "closing", "Why does this help end?", vocabulary.CLOSINGS),
        questions.lines(form, "words", "What should whoever meets this child next know?"),
    )


def _close(asking: operations.Asking, plan: queries.Plan, given: Given) -> object:
    return operations.close(
        asking=asking,
        episode_id=plan.episode.id,
        closing=rules.Closing(given["closing"]),
        words=given["words"],
        needs={
            need_id: operations.Ending(state=rules.NeedState(given[_ends(need_id)[0]]), words=given[_ends(need_id)[1]])
            for need_id in questions.open_needs(plan)
        },
    )


ENDINGS: dict[str, Deed] = {
    "offer": Deed(
        act="transfer.offered",
        heading="Offer this to another team or area",
        words="You answer for it until they accept. Nothing changes before that, and you can withdraw the offer.",
        button="Offer it",
        done="It is offered. You answer for it until they accept.",
        form=lambda posted, _: forms.WithTeam(posted),
        questions=_offer_questions,
        do=lambda asking, plan, given: operations.offer_transfer(
            asking=asking,
            episode_id=plan.episode.id,
            why=given["why"],
            to_team_id=given["to_team_id"],
            to_area=given["area"],
        ),
    ),
    "step": Deed(
        act="transfer.offered",
        heading="Step up or down",
        words="A person decides, and another of the team accepts. Until then the level is as it was.",
        button="Ask for the step",
        done="It is asked for. Another of the team accepts it.",
        form=lambda posted, _: _Step(posted),
        questions=lambda form, _: (
            questions.choice(form, "level", "To which level?", _LEVELS),
            questions.lines(form, "why", "Why?"),
        ),
        do=lambda asking, plan, given: operations.offer_transfer(
            asking=asking, episode_id=plan.episode.id, why=given["why"], to_level=rules.Level(int(given["level"]))
        ),
    ),
    "withdraw": Deed(
        act="transfer.withdrawn",
        heading="Withdraw the offer",
        words="You answer for it as before.",
        button="Withdraw it",
        done="The offer is withdrawn.",
        form=lambda posted, _: _Words(posted),
        questions=lambda form, _: (questions.lines(form, "words", "Why?"),),
        do=lambda asking, plan, given: operations.withdraw_transfer(
            asking=asking, episode_id=plan.episode.id, words=given["words"]
        ),
    ),
    "elsewhere": Deed(
        act="transfer.accepted-elsewhere",
        heading="The other area has accepted",
        words="The help ends here and begins there: each open need is theirs from now on.",
        button="Keep it, and end the help here",
        done="The other area answers now, and the episode here is closed.",
        leaves=True,
        form=lambda posted, _: _Elsewhere(posted),
        questions=lambda form, _: (
            questions.line(form, "accepted_by", "Who accepted there?", "Name and job"),
            questions.lines(form, "goodbye", "How was goodbye said, and what does the child know?"),
        ),
        do=lambda asking, plan, given: operations.accept_elsewhere(
            asking=asking, episode_id=plan.episode.id, accepted_by=given["accepted_by"], goodbye=given["goodbye"]
        ),
    ),
    "ask": Deed(
        act="approval.asked",
        heading="Ask a manager to agree",
        words="Where your role needs a manager's agreement, it is good for one act.",
        button="Ask",
        done="It is asked. The lead's supervisor finds it in their work.",
        form=lambda posted, _: _Ask(posted),
        questions=lambda form, _: (
            questions.choice(form, "act", "To what?", vocabulary.APPROVED),
            questions.lines(form, "words", "Why?"),
        ),
        do=lambda asking, plan, given: operations.ask_approval(
            asking=asking, episode_id=plan.episode.id, act=rules.ApprovedAct(given["act"]), words=given["words"]
        ),
    ),
    "agree": Deed(
        act="approval.decided",
        heading="Agree, or refuse",
        words="What you agree to may be done once.",
        button="Keep the answer",
        done="Your answer is kept.",
        form=lambda posted, plan: questions.one_of(
            "approval", questions.waiting_for(plan), answer=forms.chosen(vocabulary.ANSWERS), words=forms.Said()
        )(posted),
        questions=lambda form, plan: (
            questions.choice(form, "approval", "What is asked?", questions.waiting_for(plan)),
            questions.choice(form, "answer", "May it be done?", vocabulary.ANSWERS),
            questions.lines(form, "words", "Why?"),
        ),
        do=lambda asking, plan, given: operations.decide_approval(
            asking=asking,
            episode_id=plan.episode.id,
            approval_id=uuid.UUID(given["approval"]),
            answer=rules.Approving(given["answer"]),
            words=given["words"],
        ),
    ),
    "close": Deed(
        act="episode.closed",
        heading="Close this episode",
        words="Each open need has an outcome, or stays open with the duty post. Nobody is tied to the child by it any more.",
        button="Close it",
        done="The episode is closed.",
        leaves=True,
        form=_close_form,
        questions=_close_questions,
        do=_close,
    ),
}

#: All acts of a plan's page, by their word in its address.
DEEDS: dict[str, Deed] = {**deeds.PEOPLE, **deeds.PLANNING, **ENDINGS}
