"""What an act of the plan's page is, and its questions: of a person, a choice, a day, words, and of what the plan holds.

Belongs here: making questions, and what may be chosen. Not here: which act asks what (deeds, endings).
"""

import dataclasses
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms as django_forms

from joinedup.foundation import clock
from joinedup.outcomes.framework import queries as framework_queries
from joinedup.processes.casework import operations, queries, rules
from joinedup.web import filled, presenters
from joinedup.web.casework import forms, vocabulary
from joinedup.web.casework.presenters import Question

Form = django_forms.Form
Given = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One act: `act` as the matrix knows it; `leaves` where whoever does it may not see the plan any more."""

    act: str
    heading: str
    words: str
    button: str
    done: str
    form: Callable[[Any, queries.Plan], Form]
    questions: Callable[[Form, queries.Plan], tuple[Question, ...]]
    do: Callable[[operations.Asking, queries.Plan, Given], object]
    leaves: bool = False


# ---------------------------------------------------------------- questions


def line(form: Form, name: str, label: str, hint: str = "") -> Question:
    """Ask for one line."""
    return "line", _field(form, name, label, hint)


def lines(form: Form, name: str, label: str, hint: str = "") -> Question:
    """Ask for several lines."""
    return "lines", _field(form, name, label, hint)


def choice(
    form: Form, name: str, label: str, values: Mapping[Any, str], *, hint: str = "", many: bool = False
) -> Question:
    """Ask for one of these; as a list to open where there are many."""
    texts = {str(value): text for value, text in values.items()}
    if many:
        texts = {"": "Choose one", **texts}
    field = dataclasses.replace(
        _field(form, name, label, hint), choices=filled.choices(texts, filled.given(form, name))
    )
    return ("select" if many else "radios"), field


def day(form: Form, name: str, label: str) -> Question:
    """Ask for a day."""
    parts = {part: filled.given(form, f"{name}-{part}") for part in ("day", "month", "year")}
    return "date", presenters.DateField(name=name, label=label, error=filled.error(form, name), **parts)


def _field(form: Form, name: str, label: str, hint: str) -> presenters.Field:
    return presenters.Field(
        name=name, label=label, hint=hint, value=filled.given(form, name), error=filled.error(form, name)
    )


def person(form: Form, label: str, hint: str = "As much of the name as you know") -> tuple[Question, ...]:
    """Ask who, and of several who fit, which."""
    found = form.found if isinstance(form, forms.WithPerson) else ()
    return (
        line(form, "who", label, hint),
        *(
            [
                choice(
                    form,
                    "person",
                    "Who of these?",
                    {card.id: f"{card.name}, {card.job_title}, {card.agency_name}" for card in found},
                )
            ]
            if len(found) > 1
            else []
        ),
    )


def errors(asked: tuple[Question, ...], refused: str) -> tuple[presenters.FormError, ...]:
    """Say above the form what is wrong in it, each with its question: many are answered by "choose one"."""
    whole = (presenters.FormError(text=refused),) if refused else ()
    return (*whole, *presenters.errors_by_question(*(field for _, field in asked)))


# ---------------------------------------------------------------- what the plan holds


def plain(kind: type[Form]) -> Callable[[Any, queries.Plan], Form]:
    """Return how a form is made that asks the same of every plan."""
    return lambda posted, _: kind(posted)


def members(plan: queries.Plan, *, with_account: bool = False) -> dict[uuid.UUID, str]:
    """Return who is in the team; by practitioner where only those who sign in count."""
    return {
        member.practitioner_id if with_account and member.practitioner_id else member.id: (
            f"{member.name}, {member.agency_name}"
        )
        for member in plan.members
        if member.left_at is None and (member.practitioner_id or not with_account)
    }


def one_of(name: str, values: Mapping[Any, str], *, required: bool = True, **more: django_forms.Field) -> type[Form]:
    """Make a form that asks for one of what the plan holds, and more."""
    return type("_OneOf", (Form,), {name: forms.chosen(values, required=required), **more})


def aims() -> dict[str, str]:
    """Return the aims of today's frameworks by code, each with its outcome's name."""
    return {
        aim.code: f"{outcome.name}: {aim.words}"
        for framework in framework_queries.get_frameworks(on=clock.today())
        for outcome in framework.outcomes
        for aim in outcome.aims
    }


def open_needs(plan: queries.Plan) -> dict[uuid.UUID, str]:
    """Return the open needs of a plan in their words."""
    return {need.id: need.statement for need in plan.needs if need.state is rules.NeedState.OPEN}


def open_actions(plan: queries.Plan) -> dict[uuid.UUID, str]:
    """Return what is not done yet, with who will do it."""
    return {
        action.id: f"{action.words} ({action.doer})"
        for outcome in plan.outcomes
        for action in outcome.actions
        if action.done_at is None
    }


def outcomes(plan: queries.Plan) -> dict[uuid.UUID, str]:
    """Return what is wanted for the child."""
    return {outcome.id: outcome.statement for outcome in plan.outcomes}


def waiting_for(plan: queries.Plan) -> dict[uuid.UUID, str]:
    """Return what waits for a manager other than whoever asked."""
    return {
        one.id: f"{vocabulary.APPROVED[one.act]}: {one.words} ({one.asked_by})"
        for one in plan.approvals
        if one.answer is rules.Approving.WAITING and not one.is_own
    }
