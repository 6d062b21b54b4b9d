"""The words of the first pages: what each role comes to do, and what the counts mean.

Belongs here: turning values of the rings into presenters. Not here: asking for them (views).
"""

import collections
import datetime
import urllib.parse
from collections.abc import Sequence

from django.urls import reverse

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import queries as records_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import presenters
from joinedup.web.entrance import presenters as entrance

_FRONT_LINE = "Working with children"
_RECORDS = "Looking after the records"
_OTHERS = "Planning and governing"

#: By role: the heading it stands under, and what the person does here.
_ROLES = {
    "universal": (_FRONT_LINE, "Sees who else is helping a child, and whom to ring"),
    "safeguarding_lead": (_FRONT_LINE, "Brings together what the agency knows of a child"),
    "front_door": (_FRONT_LINE, "Looks a child up when a call or message comes in"),
    "social_worker": (_FRONT_LINE, "Leads the people around a child"),
    "manager": (_FRONT_LINE, "Supervises a team and its work"),
    "police": (_FRONT_LINE, "Asks who is working with a child after an incident"),
    "youth_justice": (_FRONT_LINE, "Works with young people and everyone around them"),
    "steward": (_RECORDS, "Looks after the links between records and children"),
    "analyst": (_RECORDS, "Brings agencies' files in and sees what was refused"),
    "auditor": (_RECORDS, "Reviews unusual looking, and sees no child until a case is opened"),
    "data_protection_officer": (_RECORDS, "Answers what people ask about their own data, holds and approves deletions"),
    "provider": (_OTHERS, "Offers places; sees how fresh the records are, and no child"),
    "commissioner": (_OTHERS, "Sees how many children are known, and no child by name"),
    "board": (_OTHERS, "Sees how many children are known, and no child by name"),
}
_HEADINGS = (_FRONT_LINE, _RECORDS, _OTHERS)
_LATE_DAYS = 120


def persona_groups(personas: Sequence[agencies_queries.PersonaCard]) -> tuple[entrance.PersonaGroup, ...]:
    """Group the people of the demonstration by what they do."""
    by_heading: dict[str, list[entrance.Persona]] = collections.defaultdict(list)
    for persona in personas:
        heading, does = _ROLES.get(persona.role, (_OTHERS, "Looks around"))
        by_heading[heading].append(
            entrance.Persona(
                value=persona.username,
                name=persona.display_name,
                role=persona.job_title,
                agency=persona.agency_name,
                does=does,
            )
        )
    return tuple(
        entrance.PersonaGroup(heading=heading, personas=tuple(by_heading[heading]))
        for heading in _HEADINGS
        if by_heading[heading]
    )


def greeting(name: str, at: datetime.datetime) -> str:
    """Greet by the first name and the hour."""
    part = "morning" if at.hour < 12 else "afternoon" if at.hour < 18 else "evening"
    return f"Good {part}, {name.split(maxsplit=1)[0]}" if name else f"Good {part}"


def figures(
    counts: childindex_queries.IndexCounts, *, files_href: str, opens_own: bool
) -> tuple[presenters.Figure, ...]:
    """Say what the counts mean, and whether this person opens the pages of their agency's children without a reason."""
    figure, tone = presenters.Figure, presenters.Tone
    return (
        figure(
            value=counts.children,
            words="children known",
            hint=f"One page for each, from {counts.person_records:,} records of agencies",
        ),
        figure(
            value=counts.children_of_own_agency,
            words="known to your agency",
            hint="You may open their pages without giving a reason" if opens_own else "By a team that helps them now",
        ),
        figure(
            value=counts.children_in_two_agencies,
            words="known to two agencies or more",
            hint="Their page shows all of them side by side",
        ),
        figure(
            value=counts.children_with_targeted_help,
            words="with targeted or specialist help",
            hint="Help beyond what every child has",
        ),
        figure(
            value=counts.waiting_for_review,
            words="possible links wait for a steward",
            hint="Too unsure for a machine; not linked until a person says so",
            tone=tone.CARE if counts.waiting_for_review else tone.QUIET,
        ),
        figure(
            value=counts.not_yet_linked,
            words="records not linked to a child yet",
            hint="They came in after the last linking",
            tone=tone.CARE if counts.not_yet_linked else tone.QUIET,
            href=files_href if counts.not_yet_linked else "",
        ),
    )


def feeds(
    cards: Sequence[records_queries.FeedCard], *, at: datetime.datetime, files_href: str
) -> tuple[entrance.AgencyFeed, ...]:
    """Say how fresh each agency's records are; who may see files is led to those of the agency."""
    return tuple(_feed(card, at, files_href) for card in cards)


def _feed(card: records_queries.FeedCard, at: datetime.datetime, files_href: str) -> entrance.AgencyFeed:
    last_at = card.last_received_at
    late = ""
    if last_at is None:
        late = "Nothing loaded"
    elif (at - last_at).days > _LATE_DAYS:
        late = "Nothing for four months"
    return entrance.AgencyFeed(
        agency=card.agency_name,
        files=card.batches,
        records=card.rows_accepted,
        refused=card.rows_refused,
        last_received_at=last_at,
        href=f"{files_href}?{urllib.parse.urlencode({'agency': card.agency_code})}#before" if files_href else "",
        tag=presenters.Tag(text=late, tone=presenters.Tone.CARE) if late else None,
    )


def nothing_yet(*, may_bring_in: bool) -> presenters.EmptyState:
    """Say what to do where no file has come in."""
    if may_bring_in:
        return presenters.EmptyState(
            heading="No records yet",
            words="Bring in an agency's first file to begin.",
            action=presenters.Link(text="Bring in files", href=reverse("files")),
        )
    return presenters.EmptyState(
        heading="No records yet", words="They will be here when an analyst has brought in a file."
    )
