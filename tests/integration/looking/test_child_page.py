"""The child's page: every agency's word with its source, who is helping, and who may open it and why."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries, rules
from tests.conftest import TODAY, as_role
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")


def page_of(known: asking.Known, viewer: access_rules.Viewer, *, purpose: str = "referral") -> queries.ChildPage:
    return queries.get_child_page(viewer=viewer, number=known.number, purpose=purpose, on=TODAY)


def agencies_of(known: asking.Known) -> dict[uuid.UUID, str]:
    with asking.peeking():
        return dict(
            asking.rows(
                "SELECT DISTINCT a.id, a.name FROM childindex_link l "
                "JOIN records_personrecord p ON p.id = l.person_record_id JOIN agencies_agency a ON a.id = p.agency_id "
                "WHERE l.child_id = %s AND l.ended_at IS NULL",
                known.id,
            )
        )


def helped() -> list[asking.Known]:
    """Return the children with more than everyone's help."""
    with asking.peeking():
        numbers = {
            number
            for (number,) in asking.rows(
                "SELECT c.number FROM people_child c JOIN people_childsummary s ON s.child_id = c.id "
                "WHERE s.has_targeted_help"
            )
        }
    return [known for known in asking.children(most=400) if known.number in numbers]


def write_as_batch(statement: str, *given: object) -> None:
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(statement, given)


def test_the_page_shows_of_each_fact_who_says_it_and_since_when(viewer):
    for known in asking.children(most=20):
        page = page_of(known, viewer)
        agencies = agencies_of(known)

        assert page.card.number == known.number
        for fact in page.facts:
            sayings = [*fact.sayings, *(saying for _, others in fact.others for saying in others)]
            assert fact.sayings
            assert {saying.agency_id for saying in sayings} <= agencies.keys()
            assert len({saying.agency_id for saying in sayings}) == len(sayings)
            assert all(isinstance(saying.received_at, datetime.datetime) for saying in sayings)


def test_the_banner_and_the_facts_agree(viewer):
    card_fields = {"preferred_name": "known_as"}
    for known in asking.children(most=60):
        page = page_of(known, viewer)
        stated = {fact.field: fact.value for fact in page.facts}

        for field in set(rules.FIELDS) - {"former_family_name"}:
            shown = getattr(page.card, card_fields.get(field, field))
            assert str(shown or "") == stated.get(field, ""), (field, known.number)


def test_an_address_that_two_agencies_state_differently_is_shown_both_ways(viewer):
    disputed = 0
    for known in asking.children(most=40):
        facts = {fact.field: fact for fact in page_of(known, viewer).facts}
        address = facts.get("address")
        if address is None or not address.is_disputed:
            continue
        disputed += 1
        said = [(address.value, address.sayings), *address.others]
        assert len({value.casefold() for value, _ in said}) == len(said)
        for value, sayings in said:
            for saying in sayings:
                record = queries.get_record_page(
                    viewer=viewer, source_record_id=saying.source_record_id, number=known.number, purpose="referral"
                )
                assert record.identity.address.casefold() == saying.value.casefold()
                assert record.record.agency_name == saying.agency_name
                assert record.record.received_at == saying.received_at
            assert value == sayings[0].value

    assert disputed


def test_who_is_helping_now_and_who_was(viewer):
    pages = [page_of(known, viewer) for known in [*helped()[:10], *asking.children(most=20)]]

    assert any(page.help_before for page in pages)
    for page in pages:
        assert all(line.ended_date is None or line.ended_date >= TODAY for line in page.help_now)
        assert all(line.ended_date is not None and line.ended_date < TODAY for line in page.help_before)
        assert all(line.service and line.agency_name for line in (*page.help_now, *page.help_before))


def test_who_answers_is_a_service_that_helps_now_and_can_be_rung(viewer):
    answering = [page.answers for known in helped() if (page := page_of(known, viewer)).answers]

    assert answering
    for line in answering:
        assert line.answers
        assert line.phone
        assert line.ended_date is None or line.ended_date >= TODAY


def test_relatives_are_named_once_by_each_agency(viewer):
    named = [page_of(known, viewer).relatives for known in [*helped()[:10], *asking.children(most=20)]]

    assert any(named)
    for relatives in named:
        said = [(line.relationship, line.name.casefold(), line.agency_id) for line in relatives]
        assert len(said) == len(set(said))


_HELPING_NOW = (
    "SELECT DISTINCT a.code FROM childindex_link l JOIN records_involvement i ON i.person_record_id = l.person_record_id "
    "JOIN records_personrecord p ON p.id = l.person_record_id JOIN agencies_agency a ON a.id = p.agency_id "
    "WHERE l.child_id = %s AND l.ended_at IS NULL AND i.is_current AND coalesce(i.started_date <= current_date, true) "
    "AND coalesce(i.ended_date >= current_date, true)"
)


def test_a_reason_is_needed_only_where_the_viewers_agency_does_not_help_the_child_now():
    asked = 0
    for known in asking.children(most=6):
        with asking.peeking():
            agencies = [code for (code,) in asking.rows("SELECT code FROM agencies_agency")]
            helping = {code for (code,) in asking.rows(_HELPING_NOW, known.id)}
        for agency in agencies:
            theirs = asking.lead_of(agency)
            if agency in helping:
                assert page_of(known, theirs, purpose="").purpose == rules.Purpose.OWN_WORK
            else:
                asked += 1
                with pytest.raises(queries.ReasonNeeded):
                    page_of(known, theirs, purpose="")
                assert page_of(known, theirs, purpose="missing").purpose == "missing"
    assert asked


def test_someone_of_no_agency_always_says_why(viewer):
    known = asking.children(most=1)[0]

    with pytest.raises(queries.ReasonNeeded):
        page_of(known, viewer, purpose="")


def test_a_number_that_leads_on_leads_on(viewer):
    old, new = asking.children(most=2)[:2]
    write_as_batch("DELETE FROM people_childsummary WHERE child_id = %s", old.id)
    write_as_batch("UPDATE childindex_link SET child_id = %s WHERE child_id = %s", new.id, old.id)
    write_as_batch("UPDATE people_child SET state = 'redirected', redirect_to_id = %s WHERE id = %s", new.id, old.id)

    page = page_of(old, viewer)

    assert page.card.number == new.number
    assert asking.events()[-1].subjects >= {new.id}
    assert old.id not in asking.events()[-1].subjects


@pytest.mark.parametrize("has_summary", [True, False])
def test_a_withdrawn_number_and_one_never_given_are_the_same_answer(has_summary, viewer):
    known = asking.children(most=1)[0]
    write_as_batch("UPDATE people_child SET state = 'withdrawn' WHERE id = %s", known.id)
    if not has_summary:
        write_as_batch("DELETE FROM people_childsummary WHERE child_id = %s", known.id)

    for number in (known.number, ids.new_child_number()):
        with pytest.raises(people_queries.NoSuchChild) as refused:
            queries.get_child_page(viewer=viewer, number=number, purpose="referral", on=TODAY)
        assert type(refused.value) is people_queries.NoSuchChild
        assert refused.value.args == (number,)


def test_outside_the_indexs_scope_a_child_has_no_page_and_is_named_on_no_other(settings, viewer):
    within = helped()
    numbers = {known.number for known in within}
    without = [known for known in asking.children(most=40) if known.number not in numbers]
    sources = {known.number: page_of(known, viewer).facts[0].sayings[0].source_record_id for known in without}
    settings.INDEX_SCOPE = "involved"

    for known in within:
        assert {other.number for other in page_of(known, viewer).others_at_home} <= numbers
    for known in without:
        with pytest.raises(queries.NotInScope):
            page_of(known, viewer)
        with pytest.raises(queries.NotInScope):
            queries.get_record_page(
                viewer=viewer, source_record_id=sources[known.number], number=known.number, purpose="referral"
            )


def test_the_page_takes_few_queries_however_much_there_is_to_show(viewer):
    with asking.peeking():
        numbers = [
            number
            for (number,) in asking.rows(
                "SELECT c.number FROM people_child c JOIN people_childsummary s ON s.child_id = c.id "
                "WHERE c.known_only_to IS NULL ORDER BY s.record_count DESC, c.id"
            )
        ]

    for number in (*numbers[:3], *numbers[-3:]):
        with CaptureQueriesContext(connection) as counted:
            queries.get_child_page(viewer=viewer, number=number, purpose="referral", on=TODAY)
        assert len(counted) <= 14
