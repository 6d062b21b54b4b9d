"""What each form of an item's page does: from the form's answers to one act of the in-basket, and what went wrong in words.

Belongs here: calling operations. Not here: the forms as shown (actwording).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms as django_forms
from django.db import transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.inbasket import operations, rules
from joinedup.web.frontdoor import forms


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One act asked for: on which item, with which answers, by whom and when."""

    item_id: uuid.UUID
    given: Mapping[str, Any]
    by: access_rules.Viewer
    at: datetime.datetime

    @property
    def who(self) -> dict[str, Any]:
        """Return what every act is told."""
        return {"item_id": self.item_id, "by": self.by, "at": self.at}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One form: what it is read by, what it does, what is said afterwards, and whether one stays on the item's page."""

    act: rules.Act
    form: type[django_forms.Form]
    do: Callable[[Call], object]
    done: str
    stays: bool = True


def _ask(call: Call) -> None:
    # All of those chosen, or none.
    with transaction.atomic():
        for team_id in call.given["ask_teams"]:
            operations.ask(
                **call.who, team_id=team_id, question=call.given["question"], basis=rules.Basis(call.given["ask_basis"])
            )


def _decide(call: Call) -> None:
    given = call.given
    decision = operations.Decision(
        level=given["level"], outcome=rules.Outcome(given["outcome"]), why=given["decide_why"]
    )
    operations.decide(**call.who, decision=decision)


def _answer(call: Call) -> None:
    answer = operations.Answer(
        is_shared=True, basis=rules.Basis(call.given["answer_basis"]), words=call.given["answer_words"]
    )
    operations.answer(**call.who, answer=answer)


def _refuse(call: Call) -> None:
    answer = operations.Answer(
        is_shared=False, basis=rules.Basis(call.given["refuse_basis"]), why=call.given["refuse_why"]
    )
    operations.answer(**call.who, answer=answer)


def _split(call: Call) -> None:
    sibling = rules.Sibling(name=call.given["sibling_name"], birth_date=call.given["sibling_born"])
    operations.split(**call.who, sibling=sibling)


def _urgency(call: Call) -> None:
    urgency = rules.Urgency(call.given["urgency"])
    operations.set_urgency(**call.who, urgency=urgency, why=call.given["urgency_why"])


def _hand_on(call: Call) -> None:
    operations.hand_on(**call.who, team_id=call.given["to_team"], why=call.given["hand_on_why"])


def _give(call: Call) -> None:
    operations.give(**call.who, practitioner_id=call.given["to_person"], why=call.given["give_why"])


#: By the last part of the address.
DOINGS: Mapping[str, Doing] = {
    "claim": Doing(
        act=rules.Act.CLAIM, form=forms.Nothing, do=lambda call: operations.claim(**call.who), done="It is yours."
    ),
    "put-back": Doing(
        act=rules.Act.PUT_BACK,
        form=forms.PutBack,
        do=lambda call: operations.put_back(**call.who, why=call.given["put_back_why"]),
        done="It is your team's again.",
    ),
    "hand-on": Doing(
        act=rules.Act.HAND_ON,
        form=forms.HandOn,
        do=_hand_on,
        done="Handed on. Until someone works on it, you may take it back.",
    ),
    "give": Doing(
        act=rules.Act.GIVE, form=forms.Give, do=_give, done="Given. Until they work on it, you may take it back."
    ),
    "take-back": Doing(
        act=rules.Act.TAKE_BACK,
        form=forms.Nothing,
        do=lambda call: operations.take_back(**call.who),
        done="It is yours again.",
    ),
    "colour": Doing(act=rules.Act.SET_URGENCY, form=forms.Urgency, do=_urgency, done="The colour is set."),
    "ask": Doing(
        act=rules.Act.ASK, form=forms.Ask, do=_ask, done="Asked. Each answer will stand here beside the others."
    ),
    "split": Doing(
        act=rules.Act.SPLIT, form=forms.Split, do=_split, done="The brother or sister has an item of their own."
    ),
    "decide": Doing(act=rules.Act.DECIDE, form=forms.Decide, do=_decide, done="Decided. Now tell the sender."),
    "tell": Doing(
        act=rules.Act.TELL,
        form=forms.Tell,
        do=lambda call: operations.tell(**call.who, words=call.given["tell_words"]),
        done="The sender can read it now.",
    ),
    "close": Doing(
        act=rules.Act.CLOSE,
        form=forms.Nothing,
        do=lambda call: operations.close(**call.who),
        done="Closed.",
        stays=False,
    ),
    "answer": Doing(
        act=rules.Act.ANSWER, form=forms.Answer, do=_answer, done="Answered. Those who asked can read it.", stays=False
    ),
    "refuse": Doing(
        act=rules.Act.REFUSE, form=forms.Refuse, do=_refuse, done="Refused. Those who asked can read why.", stays=False
    ),
    "withdraw": Doing(
        act=rules.Act.WITHDRAW,
        form=forms.Withdraw,
        do=lambda call: operations.withdraw(**call.who, why=call.given["withdraw_why"]),
        done="Withdrawn.",
        stays=False,
    ),
    "read": Doing(
        act=rules.Act.READ, form=forms.Nothing, do=lambda call: operations.read(**call.who), done="Read.", stays=False
    ),
}
_REFUSED: Mapping[type[Exception], str] = {
    rules.NotInState: "Someone was quicker: see below how it stands now. What you typed is still here",
    rules.NotAllowed: "As it stands, someone else must do this",
    operations.OwnItem: "Whoever sent it does not work on it: someone else must",
    operations.ReasonNeeded: "Say it in a few words",
    operations.NotThere: "Choose a team or a colleague of this agency",
    operations.NoSuchAgency: "Choose another agency to ask",
    operations.AskedAlready: "One of these agencies was asked and has not answered yet",
    operations.NoSuchOutcome: "Choose one of the levels and one of the outcomes",
    operations.NoWords: "Say it in a few words",
    operations.AnsweredAlready: "It was answered, refused or withdrawn meanwhile. What you typed is still here",
    people_queries.NoSuchChild: "This child cannot be chosen: your work does not lead to their record",
}
REFUSALS: tuple[type[Exception], ...] = (*_REFUSED, operations.TakenByOther)


def refusal(fault: Exception) -> str:
    """Say in words why something was not done."""
    if isinstance(fault, operations.TakenByOther):
        return f"{fault.name} has taken it, a moment before you"
    return next(words for kind, words in _REFUSED.items() if isinstance(fault, kind))
