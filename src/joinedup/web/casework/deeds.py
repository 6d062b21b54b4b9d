"""The acts within an episode: what each asks, in which words, and which operation it becomes.

Belongs here: one entry for each act. Not here: making questions (questions), whether someone may (casework).
"""

import uuid
from typing import Any

from django import forms as django_forms

from joinedup.processes.casework import operations, queries, rules
from joinedup.web.casework import forms, questions, vocabulary
from joinedup.web.casework.presenters import Question
from joinedup.web.casework.questions import Deed, Form, Given


class _HandOver(forms.WithPerson):
    goodbye = forms.Said()


class _Join(forms.WithPerson):
    is_needed = False
    person_name = forms.Said(required=False, most=rules.MOST_NAME)
    agency_name = forms.Said(required=False, most=rules.MOST_NAME)
    phone = django_forms.CharField(required=False, max_length=40)
    part = forms.Said(most=rules.MOST_NAME)

    def clean(self) -> Given:
        given = super().clean()
        if not given.get("who") and not (given.get("person_name") and given.get("agency_name")):
            self.add_error("who", "Give the name of someone who signs in here, or a name and an agency below")
        return given


class _Supervision(Form):
    words = forms.Said()


# ---------------------------------------------------------------- needs and plans


_ABOUT = {f"element:{code}": text for code, text in rules.ELEMENTS.items()}


def _need_form(posted: Any, plan: queries.Plan) -> Form:
    about = {**_ABOUT, **{f"aim:{code}": text for code, text in questions.aims().items()}}
    return questions.one_of(
        "about",
        about,
        sort=forms.chosen({"need": "A need", "strength": "A strength"}),
        level=forms.chosen(vocabulary.LEVELS),
        statement=forms.Said(),
        owner=forms.chosen(questions.members(plan, with_account=True), required=False),
    )(posted)


def _need_questions(form: Form, plan: queries.Plan) -> tuple[Question, ...]:
    about = {**_ABOUT, **{f"aim:{code}": text for code, text in questions.aims().items()}}
    return (
        questions.choice(form, "sort", "What is it?", {"need": "A need", "strength": "A strength to build on"}),
        questions.choice(form, "about", "What is it about?", about, many=True),
        questions.lines(form, "statement", "In words that the family would use"),
        questions.choice(
            form,
            "level",
            "Which level, in your judgement?",
            vocabulary.LEVELS,
            hint="Nothing works it out: you judge. A strength has one too: where help would be enough",
        ),
        questions.choice(
            form,
            "owner",
            "Whose is it?",
            questions.members(plan, with_account=True),
            hint="Choose nobody, and it is the duty post's of the team that answers",
            many=True,
        ),
    )


def _record_need(asking: operations.Asking, plan: queries.Plan, given: Given) -> object:
    kind, _, code = given["about"].partition(":")
    return operations.record_need(
        asking=asking,
        episode_id=plan.episode.id,
        level=rules.Level(int(given["level"])),
        statement=given["statement"],
        element=code if kind == "element" else "",
        aim_code=code if kind == "aim" else "",
        is_strength=given["sort"] == "strength",
        owner_id=uuid.UUID(given["owner"]) if given["owner"] else None,
    )


class _Review(Form):
    what_changed = forms.Said()
    spoken = forms.chosen(vocabulary.SPOKEN)
    childs_view = forms.Said(required=False)

    def clean(self) -> Given:
        given: Given = super().clean() or self.cleaned_data
        if given.get("spoken") == rules.Spoken.SAID and not given.get("childs_view"):
            self.add_error("childs_view", "Say what the child thinks")
        return given


PEOPLE: dict[str, Deed] = {
    "lead": Deed(
        act="lead.named",
        heading="Name who leads",
        words="One practitioner leads, and is the family's single contact. They see the plan from their next request on.",
        button="Name them",
        done="They lead now.",
        form=questions.plain(forms.WithPerson),
        questions=lambda form, _: questions.person(form, "Who will lead?"),
        do=lambda asking, plan, given: operations.name_lead(
            asking=asking, episode_id=plan.episode.id, practitioner_id=given["practitioner_id"]
        ),
    ),
    "hand-over": Deed(
        act="lead.handed-over",
        heading="Let another person lead",
        words="Whoever led until now leaves the team, and sees the child no more unless something else ties them to the child.",
        button="Hand over",
        done="Another person leads now.",
        leaves=True,
        form=questions.plain(_HandOver),
        questions=lambda form, _: (
            *questions.person(form, "Who will lead from now on?"),
            questions.lines(form, "goodbye", "How was goodbye said, and what does the child know?"),
        ),
        do=lambda asking, plan, given: operations.hand_over(
            asking=asking,
            episode_id=plan.episode.id,
            practitioner_id=given["practitioner_id"],
            goodbye=given["goodbye"],
        ),
    ),
    "join": Deed(
        act="team.joined",
        heading="Add someone to the team",
        words="Someone who signs in here can read the plan as long as they are in the team. Others are named only.",
        button="Add them",
        done="They are in the team around the child.",
        form=questions.plain(_Join),
        questions=lambda form, _: (
            *questions.person(
                form, "Someone who signs in here", "As much of the name as you know; else leave it empty"
            ),
            questions.line(form, "person_name", "Or someone else: their name"),
            questions.line(form, "agency_name", "Their agency"),
            questions.line(form, "phone", "Their telephone number"),
            questions.line(form, "part", "What do they do in the team?"),
        ),
        do=lambda asking, plan, given: operations.join_team(
            asking=asking,
            episode_id=plan.episode.id,
            part=given["part"],
            practitioner_id=given["practitioner_id"],
            person_name=given["person_name"] if given["practitioner_id"] is None else "",
            agency_name=given["agency_name"] if given["practitioner_id"] is None else "",
            phone=given["phone"],
        ),
    ),
    "leave": Deed(
        act="team.left",
        heading="Let someone leave the team",
        words="They read the plan no more, and needs that were theirs are the duty post's.",
        button="Let them leave",
        done="They have left the team.",
        form=lambda posted, plan: questions.one_of("member", questions.members(plan))(posted),
        questions=lambda form, plan: (questions.choice(form, "member", "Who leaves?", questions.members(plan)),),
        do=lambda asking, plan, given: operations.leave_team(
            asking=asking, episode_id=plan.episode.id, member_id=uuid.UUID(given["member"])
        ),
    ),
    "supervision": Deed(
        act="supervision.noted",
        heading="Note a supervision",
        words="What you and the worker thought through about this child, and what you decided.",
        button="Keep the note",
        done="The note is kept.",
        form=questions.plain(_Supervision),
        questions=lambda form, _: (questions.lines(form, "words", "What did you think through and decide?"),),
        do=lambda asking, plan, given: operations.note_supervision(
            asking=asking, episode_id=plan.episode.id, words=given["words"]
        ),
    ),
}

PLANNING: dict[str, Deed] = {
    "need": Deed(
        act="need.recorded",
        heading="Write a need or a strength down",
        words="It is given no score. Whoever reads it judges for themselves.",
        button="Write it down",
        done="It is written down.",
        form=_need_form,
        questions=_need_questions,
        do=_record_need,
    ),
    "need-ended": Deed(
        act="need.ended",
        heading="Say what became of a need",
        words="That nobody offers what would meet it is an answer too: commissioners count it.",
        button="Keep it",
        done="It is kept.",
        form=lambda posted, plan: questions.one_of(
            "need", questions.open_needs(plan), state=forms.chosen(vocabulary.ENDINGS), words=forms.Said()
        )(posted),
        questions=lambda form, plan: (
            questions.choice(form, "need", "Which need?", questions.open_needs(plan)),
            questions.choice(form, "state", "What became of it?", vocabulary.ENDINGS),
            questions.lines(form, "words", "How do you know?"),
        ),
        do=lambda asking, plan, given: operations.end_need(
            asking=asking,
            episode_id=plan.episode.id,
            need_id=uuid.UUID(given["need"]),
            state=rules.NeedState(given["state"]),
            words=given["words"],
        ),
    ),
    "outcome": Deed(
        act="outcome.planned",
        heading="Write what we want for the child",
        words="What will be different for this child, not what a service will do. The first one starts the clock of the review.",
        button="Add it to the plan",
        done="It is in the plan.",
        form=lambda posted, _: questions.one_of(
            "aim", questions.aims(), statement=forms.Said(), how_we_will_know=forms.Said()
        )(posted),
        questions=lambda form, _: (
            questions.lines(form, "statement", "What will be different for the child?"),
            questions.choice(form, "aim", "Which aim is that?", questions.aims(), many=True),
            questions.lines(form, "how_we_will_know", "How will we know?"),
        ),
        do=lambda asking, plan, given: operations.write_plan(
            asking=asking,
            episode_id=plan.episode.id,
            aim_code=given["aim"],
            statement=given["statement"],
            how_we_will_know=given["how_we_will_know"],
        ),
    ),
    "action": Deed(
        act="action.added",
        heading="Add what someone will do",
        words="Someone of the team around the child does it, by a day.",
        button="Add it to the plan",
        done="It is in the plan.",
        form=lambda posted, plan: questions.one_of(
            "outcome",
            questions.outcomes(plan),
            doer=forms.chosen(questions.members(plan)),
            words=forms.Said(),
            due_on=forms.ComingDay(),
        )(posted),
        questions=lambda form, plan: (
            questions.choice(form, "outcome", "For which of these?", questions.outcomes(plan)),
            questions.lines(form, "words", "What will be done?"),
            questions.choice(form, "doer", "Who will do it?", questions.members(plan)),
            questions.day(form, "due_on", "By when?"),
        ),
        do=lambda asking, plan, given: operations.add_action(
            asking=asking,
            episode_id=plan.episode.id,
            outcome_id=uuid.UUID(given["outcome"]),
            doer_id=uuid.UUID(given["doer"]),
            words=given["words"],
            due_on=given["due_on"],
        ),
    ),
    "done": Deed(
        act="action.done",
        heading="Say that something is done",
        words="And what came of it, for the next review.",
        button="Keep it",
        done="It is kept.",
        form=lambda posted, plan: questions.one_of("action", questions.open_actions(plan), words=forms.Said())(posted),
        questions=lambda form, plan: (
            questions.choice(form, "action", "What is done?", questions.open_actions(plan)),
            questions.lines(form, "words", "What came of it?"),
        ),
        do=lambda asking, plan, given: operations.act_done(
            asking=asking, episode_id=plan.episode.id, action_id=uuid.UUID(given["action"]), words=given["words"]
        ),
    ),
    "review": Deed(
        act="review.held",
        heading="Keep what the review found",
        words="The next review is due by the clock from today.",
        button="Keep the review",
        done="The review is kept.",
        form=questions.plain(_Review),
        questions=lambda form, _: (
            questions.lines(form, "what_changed", "What has changed?"),
            questions.choice(form, "spoken", "Is the child's own view here?", vocabulary.SPOKEN),
            questions.lines(
                form, "childs_view", "What does the child think?", "In the child's own words, or what was seen"
            ),
        ),
        do=lambda asking, plan, given: operations.hold_review(
            asking=asking,
            episode_id=plan.episode.id,
            what_changed=given["what_changed"],
            spoken=rules.Spoken(given["spoken"]),
            childs_view=given["childs_view"],
        ),
    ),
}
