"""Ways of asking the product what it shows: the database by statements of one's own, and every page.

Belongs here: asking, and which of the planted words come back. Not here: what should (expectations).
"""

import datetime
import re
import uuid
from collections.abc import Callable, Iterable, Sequence

from django.contrib import auth
from django.db import connection
from django.test import Client

from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.access import sessions
from joinedup.web.practitioner import purposes
from tests.authorisation import population
from tests.conftest import as_role
from tests.integration.web import visiting

_A_DAY = datetime.timedelta(days=1)
_WORD = re.compile(r"mark\d{3}[ohg](?:c\d|service|relative|preferred)end", re.IGNORECASE)
_ENTER = (
    "SELECT audit_write(%(event)s, %(actor)s, 'Someone', '', NULL, 'test.looked', %(purpose)s, '', '', NULL, '', NULL, "
    "%(subjects)s::uuid[], true), access_enter(%(event)s)"
)
#: Everything that records say, whoever it is about.
SAID = (
    "SELECT words FROM records_chronologyentry UNION ALL SELECT service FROM records_involvement "
    "UNION ALL SELECT name FROM records_relative UNION ALL SELECT preferred_name FROM records_identitystatement"
)


def rows(statement: str, *given: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def write(statement: str, *given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def enter(person: population.Person, *, purpose: str = "", subjects: Iterable[uuid.UUID] = ()) -> None:
    """Open a view as our code does, with no code of ours before it."""
    with connection.cursor() as cursor:
        given = {"event": uuid.uuid4(), "actor": person.id, "purpose": purpose, "subjects": list(subjects)}
        cursor.execute(_ENTER, given)


def said_after_opening(
    person: population.Person, children: Sequence[population.Subject], *, has_reason: bool
) -> set[str]:
    """Return every word of any record that the database gives to someone who opens these children."""
    opened = [child.id for child in children]
    enter(person, purpose="referral" if has_reason else "", subjects=opened)
    rows("SELECT count(*) FROM unnest(%s::uuid[]) AS child, LATERAL childindex_open(child, ARRAY['step-up'])", opened)
    return {found for (found,) in rows(SAID)}


def look_past_again(child: population.Subject) -> None:
    """Renew what leaving a sealed child for another ends."""
    if child.seal == "past":
        with as_role("batch"):
            write(
                "UPDATE access_groundheld SET started_at = now() - interval '5 minutes', "
                "ended_at = now() + interval '55 minutes' "
                "WHERE origin = 'test' AND is_past_seal AND subject_id = %s",
                child.id,
            )


def in_index(person: population.Person) -> set[uuid.UUID]:
    """Return every child whom the database lets this person know of."""
    enter(person)
    known = {found for (found,) in rows("SELECT id FROM people_child")}
    assert known == {found for (found,) in rows("SELECT child_id FROM people_childsummary")}
    return known


def led_to_by_number(child: population.Subject) -> bool:
    """Say whether the database's own search gives the child to whoever entered."""
    asked = "SELECT child_id FROM childindex_candidates('{}', '{}', 1, %s, '1900-01-01', '2100-01-01', true, 100)"
    return (child.id,) in rows(asked, child.number)


def sign_in(person: population.Person, *, shows_second_factor: bool = True) -> Client:
    """Sign in as someone whose password and second factor were asked for, the latter a moment or a day ago."""
    client = Client()
    client.force_login(auth.get_user_model().objects.get(pk=person.id))
    now_at = clock.now()
    session = client.session
    session[sessions.ASSURANCE] = access_rules.Assurance.TWO_FACTORS.value
    session[sessions.SIGNED_IN_AT] = now_at.isoformat()
    session[sessions.STEPPED_UP_AT] = (now_at if shows_second_factor else now_at - _A_DAY).isoformat()
    session.save()
    return client


def say_why(client: Client, children: Iterable[population.Subject]) -> None:
    """Have a reason given for looking at each of these children, as the page that asks for it keeps it."""
    session = client.session
    for child in children:
        purposes.remember(session, number=child.number, purpose="referral")
    session.save()


def words_in(page: str) -> set[str]:
    """Return which planted words a page shows."""
    return {found.lower() for found in _WORD.findall(page)}


def numbers_in(page: str) -> set[str]:
    """Return the numbers of the children to whom a page leads."""
    return set(re.findall(r"/child/([0-9A-Z]{9})(?!/emergency)", page)) - protected_in(page)


def protected_in(page: str) -> set[str]:
    """Return the numbers of the sealed children whose stubs a page shows."""
    stubs = re.findall(
        r'<li class="jd-found__child">(?:(?!</li>).)*?Protected(?:(?!<div class="jd-found__why">).)*', page, re.DOTALL
    )
    return {number.replace(" ", "") for stub in stubs for number in re.findall(r'jd-number">([0-9A-Z ]+)<', stub)}


def answer_of(status: int, page: str) -> str:
    """Name what a child's page answered, as the expectations name it."""
    if status == 200:
        return "asks why" if "Why are you looking?" in page else "shown"
    return {403: "refused", 404: "absent"}[status]


def found_by(client: Client, **remembered: str) -> set[str]:
    """Search as the form does; return the numbers of the children on every page of what is found."""
    return _on_all_pages(client, numbers_in, remembered)


def protected_by(client: Client, **remembered: str) -> set[str]:
    """Search as the form does; return the numbers of the sealed children of whom a stub is shown."""
    return _on_all_pages(client, protected_in, remembered)


def _on_all_pages(client: Client, shown: Callable[[str], set[str]], remembered: dict[str, str]) -> set[str]:
    led = client.post("/find", {"age_band": "", **remembered})
    if led.status_code == 403:
        return set()
    return set(visiting.all_pages(client, led["Location"], lambda page: [*shown(page)]))
