"""The words of a family's first pages: plain, and the same whether nobody looked or nothing may be said.

Belongs here: turning what the rings return into presenters. Not here: what may be shown (the rings), what they say (sayings).
"""

import datetime
from collections.abc import Iterable, Sequence

from django.urls import reverse

from joinedup.delivery.records import queries as records_queries
from joinedup.delivery.records import rules as records_rules
from joinedup.governance.assurance.rules import family as assurance_family
from joinedup.processes.casework import queries as casework_queries
from joinedup.processes.participation import queries as participation_queries
from joinedup.processes.participation import rules as participation_rules
from joinedup.web import looking, presenters, words
from joinedup.web.family import presenters as family

_DONE = presenters.Tag(text="Done", tone=presenters.Tone.GOOD)
_KIND = records_rules.InvolvementKind
#: What a service is to a child, and to a parent; what is not here is no help, and not shown.
_SERVICES = {
    _KIND.SCHOOL: ("Your school", "Your child's school"),
    _KIND.GENERAL_PRACTICE: ("Your doctor", "Your child's doctor"),
    _KIND.COMMUNITY_HEALTH: ("Nurses who help you", "Nurses who help your child"),
    _KIND.CHILD_IN_NEED: ("Helps you at home", "Helps your child at home"),
    _KIND.CHILD_PROTECTION: ("Helps to keep you safe", "Helps to keep your child safe"),
    _KIND.LOOKED_AFTER: ("Looks after you", "Looks after your child"),
    _KIND.YOUTH_JUSTICE: ("Helps you stay out of trouble", "Helps your child stay out of trouble"),
    _KIND.LEISURE: ("Sport and play", "Sport and play"),
    _KIND.VOLUNTARY: ("A group that helps you", "A group that helps your child"),
}


def back(number: str) -> presenters.Link:
    """Lead back to the first page."""
    return presenters.Link(text="My page", href=reverse("my-page", args=[number]))


def who_looked_page(
    view: assurance_family.FamilyView,
    *,
    reader: assurance_family.Reader,
    after_days: int,
    back: presenters.Link | None = None,
) -> family.WhoLookedPage:
    """Show a family who looked."""
    return family.WhoLookedPage(
        is_on=view.is_on,
        about="you" if reader is assurance_family.Reader.CHILD else "your child",
        after_days=after_days,
        looks=tuple(
            family.Look(
                on=look.on,
                role=looking.roles(look.roles),
                agency=look.agency_name,
                purpose=looking.purpose(look.purpose),
            )
            for look in view.looks
        ),
        back=back,
    )


def my_page(  # whose page, what is in it, and what has just been done
    number: str,
    *,
    name: str,
    is_child: bool,
    plans: Sequence[casework_queries.OwnPlan],
    services: Sequence[records_queries.HelpLine],
    answers: int,
    message: presenters.Message | None,
) -> family.MyPage:
    """Show the first page: where one can go, and who helps."""
    return family.MyPage(
        heading="My page",
        hello=f"Hello {name}." if is_child else f"Hello. This page is about {name}.",
        ways=_ways(number, is_child=is_child, answers=answers),
        helpers_heading="Who helps me" if is_child else "Who helps my child",
        helpers=tuple(_helpers(plans, services, is_child=is_child)),
        no_helpers="When someone helps, you can see them here.",
        message=message,
    )


def _ways(number: str, *, is_child: bool, answers: int) -> tuple[family.Way, ...]:
    said = f"You have {words.count(answers, 'answer')}." if answers else "You pick who sees it."
    ways = (
        ("my-plan", "My plan" if is_child else "The plan", "What we want, and who does what."),
        ("my-views", "What I think", said),
        *((("my-about", "About me", "Say it once. Those who help you can read it."),) if is_child else ()),
        ("my-worry", "I am worried", "Tell us. We say what we will do."),
        ("my-correction", "This is wrong", "Ask us to put a fact right."),
        ("my-looks", "Who looked", "See who read about you." if is_child else "See who read about your child."),
    )
    return tuple(family.Way(href=reverse(name, args=[number]), text=text, words=what) for name, text, what in ways)


def _helpers(
    plans: Sequence[casework_queries.OwnPlan], services: Sequence[records_queries.HelpLine], *, is_child: bool
) -> Iterable[family.Helper]:
    """Name the people of the plans first, who leads before the others, and then the services, each once."""
    named: set[str] = set()
    for plan in plans:
        lead = plan.episode.lead
        leads = (
            ()
            if lead is None
            else ((lead.name, f"Runs {'my' if is_child else 'the'} plan. {lead.agency_name}", lead.phone),)
        )
        others = ((one.name, f"{one.part}. {one.agency_name}", one.phone) for one in plan.helpers)
        for name, does, phone in (*leads, *others):
            if name not in named:
                named.add(name)
                yield family.Helper(name=name, does=does, phone=phone)
    for line in services:
        texts = _SERVICES.get(_KIND(line.kind)) if line.kind in set(_KIND) else None
        name = line.practitioner or line.service
        if texts is not None and name not in named:
            named.add(name)
            does = texts[0] if is_child else texts[1]
            yield family.Helper(
                name=name, does=f"{does}. {line.service}" if line.practitioner else does, phone=line.phone
            )


def plan_page(plans: Sequence[casework_queries.OwnPlan], *, number: str, is_child: bool) -> family.PlanPage:
    """Show the open plans in plain words, with the hard words of workers explained."""
    shown = tuple(
        _plan(plan, name=f"Plan {place}: help" if len(plans) > 1 else "Help") for place, plan in enumerate(plans, 1)
    )
    return family.PlanPage(
        heading="My plan" if is_child else "The plan",
        plans=shown,
        none="When there is one, it will be here.",
        hard=family.hard_words(_texts(shown)),
        back=back(number),
    )


def explained(text: str) -> family.Words:
    """Return a worker's words with the hard ones explained."""
    return participation_rules.explained(text, participation_queries.hard_words())


def _plan(plan: casework_queries.OwnPlan, *, name: str) -> family.Plan:
    lead = plan.episode.lead
    ring = f" You can ring them on {lead.phone}." if lead is not None and lead.phone else ""
    due = plan.review_due_on
    return family.Plan(
        heading=f"{name} from {plan.episode.team}",
        leads="No one runs this plan yet." if lead is None else f"{lead.name} runs this plan.{ring}",
        strengths=tuple(map(explained, plan.strengths)),
        needs=tuple(map(explained, plan.needs)),
        wants=tuple(
            family.Want(words=explained(aim.statement), steps=tuple(map(_step, aim.actions))) for aim in plan.aims
        ),
        next_meeting="" if due is None else f"We meet to talk about it by {words.day(due)}.",
    )


def _step(action: casework_queries.OwnAction) -> family.Step:
    who = action.doer or "Whoever runs the plan"
    return family.Step(
        words=explained(action.words),
        who=f"{who} did this." if action.is_done else f"{who} will do this",
        by="" if action.is_done else f"by {words.day(action.due_on)}.",
        tag=_DONE if action.is_done else None,
    )


def _texts(plans: Sequence[family.Plan]) -> Iterable[family.Words]:
    """Return all that workers wrote in the plans."""
    for plan in plans:
        yield from (*plan.strengths, *plan.needs, *(want.words for want in plan.wants))
        yield from (step.words for want in plan.wants for step in want.steps)


def is_now(line: records_queries.HelpLine, *, on: datetime.date) -> bool:
    """Return whether a service helps on this day; its last day still counts."""
    return line.ended_date is None or line.ended_date >= on
