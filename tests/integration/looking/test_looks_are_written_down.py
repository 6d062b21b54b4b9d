"""Every look writes who, when, why and what, in the transaction that looks; no event, no children."""

import contextlib
import dataclasses
import datetime
import uuid

import pytest
from django.db import transaction

from joinedup.foundation import ids
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import operations, queries, rules
from tests.conftest import NOW, TODAY
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def known() -> asking.Known:
    return asking.children(most=1)[0]


def database_clock() -> datetime.datetime:
    return asking.rows("SELECT clock_timestamp()")[0][0]


def acts() -> list[str]:
    return [event.act for event in asking.events()]


def test_an_event_says_who_when_why_and_in_which_request(known, viewer):
    before = database_clock()
    home = dataclasses.replace(viewer, home_id=uuid.UUID(int=5), roles=frozenset({"safeguarding_lead", "police"}))

    queries.get_child_page(viewer=home, number=known.number, purpose="missing", reason="log 12", on=TODAY)

    event = asking.events()[-1]
    assert (event.actor_id, event.actor_name, event.roles) == (viewer.user_id, viewer.name, "police,safeguarding_lead")
    assert (event.purpose, event.reason, event.request_id) == ("missing", "log 12", viewer.request_id)
    assert before < event.at < database_clock()


def test_a_find_names_everyone_it_shows(known, viewer):
    found = asking.found_by(viewer, name=known.family)

    (event,) = asking.events()
    assert event.act == "childindex.searched"
    assert event.subjects == {one.card.id for one in found}
    assert event.criteria_hash == audit_operations.keyed_hash(rules.Criteria(name=known.family).as_json())


def test_a_find_of_nobody_is_written_too(viewer):
    asking.found_by(viewer, name="Zzyzx Qqwwxx")

    (event,) = asking.events()
    assert (event.act, event.subjects) == ("childindex.searched", frozenset())


def test_a_search_begun_and_recalled_names_no_child(viewer):
    token = operations.begin_search(criteria=rules.Criteria(name="Ada"), purpose="referral", by=viewer, at=NOW)
    with contextlib.suppress(queries.NoSuchSearch):
        queries.get_search(token=token, viewer=viewer)

    assert acts() == ["childindex.search.begun", "childindex.search.recalled"]
    assert all(not event.subjects and event.record_ref == "" for event in asking.events())


def test_the_page_names_the_child_and_whoever_lives_there_too(viewer):
    shared = 0
    for known in asking.children(most=30):
        before = len(asking.events())
        page = queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY)

        asked, seen = asking.events()[before:]
        assert (asked.act, asked.subjects) == ("childindex.child.seen.asked", frozenset())
        assert (seen.act, seen.record_ref) == ("childindex.child.seen", known.number)
        others = {other.number for other in page.others_at_home}
        with asking.peeking():
            named = {n for (n,) in asking.rows("SELECT number FROM people_child WHERE id = ANY(%s)", [*seen.subjects])}
        assert named == others | {known.number}
        shared += bool(others)
    assert shared


def test_own_work_is_written_as_the_reason(known):
    with asking.peeking():
        ((agency,), *_) = asking.rows(
            "SELECT a.code FROM childindex_link l JOIN records_personrecord p ON p.id = l.person_record_id "
            "JOIN records_involvement i ON i.person_record_id = p.id AND i.is_current AND i.ended_date IS NULL "
            "JOIN agencies_agency a ON a.id = p.agency_id WHERE l.child_id = %s AND l.ended_at IS NULL",
            known.id,
        )

    queries.get_child_page(viewer=asking.lead_of(agency), number=known.number, on=TODAY)

    assert [event.purpose for event in asking.events()] == ["", "own_work"]


def test_a_page_refused_is_asked_for_and_not_seen(known, viewer):
    for number, error in ((known.number, queries.ReasonNeeded), (ids.new_child_number(), people_queries.NoSuchChild)):
        with pytest.raises(error):
            queries.get_child_page(viewer=viewer, number=number, on=TODAY)

        event = asking.events()[-1]
        assert (event.act, event.record_ref) == ("childindex.child.seen.asked", number)
        assert event.subjects == frozenset()


def test_a_source_record_is_a_look_of_its_own(known, viewer):
    page = queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY)
    source = page.facts[0].sayings[0].source_record_id
    before = len(asking.events())

    older = queries.ChronologyAsked(first=5, count=5)
    queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY, chronology=older)
    queries.get_record_page(viewer=viewer, source_record_id=source, number=known.number, purpose="referral")

    new = asking.events()[before:]
    assert [event.act for event in new] == [
        "childindex.child.seen.asked",
        "childindex.child.seen",
        "records.source.seen.asked",
        "records.source.seen",
    ]
    assert [known.id in event.subjects for event in new] == [False, True, False, True]
    assert new[-1].record_ref == str(source)


def test_a_record_of_another_child_is_asked_for_and_not_seen(viewer):
    known, other = asking.children(most=2)
    theirs = queries.get_child_page(viewer=viewer, number=other.number, purpose="referral", on=TODAY)
    with contextlib.suppress(Exception):
        queries.get_record_page(
            viewer=viewer,
            source_record_id=theirs.facts[0].sayings[0].source_record_id,
            number=known.number,
            purpose="referral",
        )

    assert asking.events()[-1].act == "records.source.seen.asked"


def test_counts_are_a_look_that_names_nobody(viewer):
    assert queries.count_index(viewer=viewer).children > 250

    (event,) = asking.events()
    assert (event.act, event.subjects) == ("childindex.counted", frozenset())


def test_what_is_rolled_back_leaves_no_event_and_no_view(known, viewer):
    class Abandoned(Exception):
        pass

    with contextlib.suppress(Abandoned), transaction.atomic():
        queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY)
        assert asking.rows("SELECT 1 FROM people_child LIMIT 1")
        raise Abandoned

    assert asking.events() == []
    assert asking.rows("SELECT 1 FROM people_child LIMIT 1") == []


def test_a_denial_is_written_without_opening_a_view(viewer):
    audit_operations.record_denial(viewer=viewer, act="child.seen", record_ref="7")

    assert acts() == ["child.seen.denied"]
    assert asking.rows("SELECT 1 FROM people_child LIMIT 1") == []
