"""Every operation of the API is spoken of: which can show a child, and that each such answer has its event.

The database gives the application no row of a child but under an event of the same transaction
(tests/integration/looking); here it is held that the event is of this act, of whoever asked, and names the child.
"""

import json

import pytest

from joinedup.api import v1
from tests.api import calling
from tests.authorisation import written
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")

#: Operations that can show a child, each with its act.
SHOWS_CHILDREN = {
    "get_child": "childindex.card.seen",
    "open_child": "childindex.child.seen",
    "get_facts": "childindex.facts.seen",
    "get_helping": "childindex.help.seen",
    "get_chronology": "childindex.chronology.seen",
    "get_relatives": "childindex.relatives.seen",
    "get_records": "childindex.records.seen",
    "get_source_record": "records.source.seen",
    "get_search": "childindex.searched",
    "match_person": "childindex.matched",
}
#: Operations that show no child, and why.
SHOWS_NOBODY = {
    "begin_search": "the address at which the answer will be",
    "get_health": "one word",
    "get_me": "the person or system that asks",
    "get_agencies": "agencies",
    "get_policy": "the permission matrix",
}


@pytest.fixture
def lead():
    return calling.signed_in("safeguarding-lead")


@pytest.fixture
def known():
    """A child of the schools', whose safeguarding lead asks."""
    (number,) = calling.known_to("schools", most=1)
    return next(one for one in asking.children(most=10_000) if one.number == number)


def _operations():
    return {
        operation["operationId"]: (method, address)
        for address, methods in json.loads(v1.document())["paths"].items()
        for method, operation in methods.items()
    }


def _ask(name, visitor, known):
    """Ask for an operation as it stands in the document, about this child."""
    method, address = _operations()[name]
    path = (
        address.removeprefix(calling.BASE)
        .replace("{number}", known.number)
        .replace("{record_id}", calling.record_of(known.number, "schools") or "")
    )
    if "{token}" in path:
        path = path.replace("{token}", calling.search(visitor, name=known.name, birth_date=known.born.isoformat()))
    if method == "get":
        return calling.get(visitor, path)
    bodies = {
        "open_child": {"purpose": "referral", "reason": "A worry at school"},
        "begin_search": {"name": known.name},
        "match_person": {
            "given_name": known.given,
            "family_name": known.family,
            "birth_date": known.born.isoformat(),
            "purpose": "referral",
        },
    }
    return calling.post(visitor, path, bodies[name])


def test_every_operation_is_said_to_show_a_child_or_not():
    assert _operations().keys() == SHOWS_CHILDREN.keys() | SHOWS_NOBODY.keys()


@pytest.mark.parametrize("name", sorted(SHOWS_CHILDREN))
def test_an_answer_about_a_child_has_an_event_that_says_who_looked_when_and_at_whom(name, lead, known):
    before = written.count()
    answer = _ask(name, lead, known)
    ((user_id,),) = asking.rows("SELECT id FROM access_user WHERE username = 'safeguarding-lead'")
    looks = [event for event in written.after(before) if event.act == SHOWS_CHILDREN[name]]

    assert answer.status_code == 200, answer.content
    assert [(event.actor_id, known.id in event.subjects) for event in looks] == [(user_id, True)]
    assert looks[0].at is not None


@pytest.mark.parametrize("name", sorted(SHOWS_NOBODY))
def test_an_answer_about_nobody_names_no_child_and_has_no_word_of_the_one_asked_for(name, lead, known):
    before = written.count()
    answer = _ask(name, lead, known)
    said = answer.content.decode()

    assert answer.status_code in {200, 201}
    assert not any(event.subjects for event in written.after(before))
    assert not any(word in said for word in (known.number, known.family, known.nhs_number or known.number))
