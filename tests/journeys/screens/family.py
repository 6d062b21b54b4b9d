"""A family's own pages in every state; texts as the product words them, so that how plain they are can be measured.

Belongs here: pages made through the product's own wording from cards made by hand. Not here: long names, which are no words.
"""

import datetime
import uuid

from joinedup.delivery.records import queries as records_queries
from joinedup.governance.assurance.rules import family as assurance_family
from joinedup.governance.rights import queries as rights_queries
from joinedup.processes.casework import queries as casework_queries
from joinedup.processes.casework import rules as casework_rules
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.processes.participation import queries as participation_queries
from joinedup.processes.participation import rules as participation_rules
from joinedup.web import presenters
from joinedup.web.family import coming, entering, forms, sayings, wording
from joinedup.web.family import presenters as family
from tests.journeys.screens import common

NUMBER = "9XG5C7M19"
DONE = presenters.Message(heading="You have said it. We will tell you here what we do about it.")
SOMEONE = uuid.UUID(int=7)
LEAD = casework_queries.LeadCard(
    name="Ruth Peel",
    agency_name="Help at Home",
    phone="0115 496 0000",
    is_of_child=True,
    is_here=True,
    started_at=common.NOW,
    ended_at=None,
    goodbye="",
)


def plans(lead: casework_queries.LeadCard | None = LEAD) -> tuple[casework_queries.OwnPlan, ...]:
    episode = casework_queries.EpisodeCard(
        id=SOMEONE,
        kind=casework_rules.EpisodeKind.EARLY_HELP,
        level=2,
        team="Help at Home",
        team_phone="",
        why="",
        opened_at=common.NOW,
        closed_at=None,
        closing="",
        closing_words="",
        lead=lead,
    )
    helper = casework_queries.OwnHelper(
        practitioner_id=SOMEONE,
        name="Jo Ferris",
        agency_name="The youth club",
        phone="0115 496 0001",
        part="Plays ball",
    )
    steps = (
        casework_queries.OwnAction(
            words="Make a referral to the club", doer="Jo Ferris", due_on=common.TODAY, is_done=False
        ),
        casework_queries.OwnAction(words="Ask the school", doer="", due_on=common.TODAY, is_done=True),
    )
    return (
        casework_queries.OwnPlan(
            episode=episode,
            helpers=(helper,),
            strengths=("Your nan is there for you",),
            needs=("You feel sad at school",),
            aims=(casework_queries.OwnAim(statement="You feel safe at school", actions=steps),),
            review_due_on=common.TODAY,
        ),
        casework_queries.OwnPlan(episode=episode, helpers=(), strengths=(), needs=(), aims=(), review_due_on=None),
    )


def services() -> list[records_queries.HelpLine]:
    return [
        records_queries.HelpLine(
            agency_id=SOMEONE,
            agency_name="Schools",
            agency_phone="0115 496 0002",
            kind="school",
            level="universal",
            service="Oak School",
            practitioner="",
            phone="0115 496 0002",
            started_date=None,
            ended_date=None,
            answers=False,
            source_record_id=SOMEONE,
        )
    ]


def views(*, answered: bool) -> list[participation_queries.ViewCard]:
    return [
        participation_queries.ViewCard(
            id=SOMEONE,
            voice=participation_rules.Voice.CHILD,
            given_by_name="Sam Hill",
            given_at=common.NOW,
            occasion=participation_rules.Occasion.REVIEW,
            words="I like the club.\nI do not like the bus.",
            shown_to=shown_to,
            named_name="Jo Ferris",
            answer="We will make a referral, so you can walk." if answered else "",
            answered_at=common.NOW if answered else None,
            answered_by_name="Ruth Peel" if answered else "",
            answer_due_on=common.TODAY + datetime.timedelta(days=10),
            is_late=False,
            may_answer=False,
        )
        for shown_to in participation_rules.ShownTo
    ]


def receipts() -> list[inbasket_queries.ReceiptCard]:
    def receipt(told_at: datetime.datetime | None) -> inbasket_queries.ReceiptCard:
        return inbasket_queries.ReceiptCard(
            id=SOMEONE,
            name="Sam Hill",
            state=inbasket_rules.State.TOLD if told_at else inbasket_rules.State.NEW,
            sent_at=common.NOW,
            ring_name="The front door",
            ring_phone="0115 496 0003",
            told_at=told_at,
            told_outcome=None,
            told_words="We will come to see you on Monday." if told_at else "",
        )

    return [receipt(None), receipt(common.NOW)]


def asked() -> list[rights_queries.OwnAsked]:
    return [
        rights_queries.OwnAsked(
            asked="My name is Sam, not Pam",
            asked_on=common.TODAY,
            due_on=common.TODAY,
            closed_at=closed_at,
            answer=answer,
        )
        for closed_at, answer in ((None, ""), (common.NOW, "We have put it right."))
    ]


def _think(posted: dict[str, str] | None = None) -> forms.Think:
    form = forms.Think(posted, helpers=forms.helpers_of(plans()))
    form.is_valid()
    return form


def _made(form):
    form.is_valid()
    return form


def _reading() -> dict[str, tuple[str, object]]:
    first = {"is_child": True, "services": services(), "message": None}
    look = assurance_family.FamilyLook(
        on=common.TODAY, roles=("social_worker",), agency_name="Help at Home", purpose="own_work"
    )
    reader, back = assurance_family.Reader.CHILD, wording.back(NUMBER)

    def looked(*, is_on: bool = True, looks=()):
        seen = assurance_family.FamilyView(is_on=is_on, looks=looks)
        return wording.who_looked_page(seen, reader=reader, after_days=28, back=back)

    return {
        "mine": ("mine", wording.my_page(NUMBER, name="Sam", plans=plans(), answers=2, **first)),
        "mine_of_parent": (
            "mine",
            wording.my_page(NUMBER, name="Sam", is_child=False, plans=(), services=[], answers=0, message=DONE),
        ),
        "my_plan": ("plan", wording.plan_page(plans(), number=NUMBER, is_child=True)),
        "my_plan_unled": ("plan", wording.plan_page(plans(None), number=NUMBER, is_child=False)),
        "my_plan_none": ("plan", wording.plan_page((), number=NUMBER, is_child=True)),
        "my_looks": ("who_looked", looked(looks=(look,))),
        "my_looks_nobody": ("who_looked", looked()),
        "my_looks_off": ("who_looked", looked(is_on=False)),
        "my_page_closed": ("closed", entering.CLOSED),
        "my_pages": ("closed", entering.several((common.link("Sam"), common.link("Ali")))),
    }


def _saying() -> dict[str, family.FormPage]:
    about = participation_queries.AboutCard(
        know="I am shy", like="Dogs", helps="Time", hinders="Noise", written_at=common.NOW
    )
    shown = {"number": NUMBER, "message": None}
    wrong, unanswered = _made(forms.Worry({})), views(answered=False)
    return {
        "my_views": sayings.think_page(
            _think(), number=NUMBER, views=views(answered=True), has_lead=True, message=DONE
        ),
        "my_views_error": sayings.think_page(_think({}), views=unanswered, has_lead=False, **shown),
        "my_about": sayings.about_page(forms.About(None), kept=about, **shown),
        "my_about_error": sayings.about_page(_made(forms.About({})), kept=None, **shown),
        "my_worry": sayings.worry_page(forms.Worry(None), key="k", receipts=receipts(), **shown),
        "my_worry_error": sayings.worry_page(wrong, key="k", receipts=[], **shown),
        "my_correction": sayings.correction_page(forms.Correction(None), asked=asked(), **shown),
    }


def states() -> dict[str, common.State]:
    twice = "Type the same password twice"
    wrong = coming.invited_page("#", username="s", username_error=coming.TAKEN, password_error=twice)
    pages = _reading() | {name: ("form", page) for name, page in _saying().items()}
    pages |= {"invited": ("invited", coming.invited_page("#")), "invited_error": ("invited", wrong)}
    return {name: (f"family/{template}.jinja", page, "My page") for name, (template, page) in pages.items()}
