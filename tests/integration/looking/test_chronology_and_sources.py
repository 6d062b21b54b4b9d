"""What happened, a page at a time, and the source record behind every line and fact."""

import uuid

import pytest
from django.db import connection

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import queries
from tests.conftest import TODAY, as_role
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")


def busiest(most: int = 5) -> list[asking.Known]:
    """Return the children of whom most is written."""
    with asking.peeking():
        order = [
            number
            for (number,) in asking.rows(
                "SELECT c.number FROM people_child c JOIN childindex_link l ON l.child_id = c.id AND l.ended_at IS NULL "
                "JOIN records_chronologyentry e ON e.person_record_id = l.person_record_id "
                "GROUP BY c.number ORDER BY count(*) DESC, c.number"
            )
        ]
    known = {one.number: one for one in asking.children(most=400)}
    return [known[number] for number in order if number in known][:most]


def part_of(known: asking.Known, viewer: access_rules.Viewer, **asked: object) -> queries.Chronology:
    wanted = queries.ChronologyAsked(**asked)
    page = queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY, chronology=wanted)
    return page.chronology


def lines_of(known: asking.Known, viewer: access_rules.Viewer, *, size: int = 1000, **asked: object) -> list:
    lines: list[records_queries.ChronologyLine] = []
    while True:
        part = queries.get_child_page(
            viewer=viewer,
            number=known.number,
            purpose="referral",
            on=TODAY,
            chronology=queries.ChronologyAsked(first=len(lines), count=size, **asked),
        ).chronology
        lines.extend(part.lines)
        if len(lines) >= part.count:
            assert part.count == len(lines)
            return lines


def record_of(known: asking.Known, source: uuid.UUID, viewer: access_rules.Viewer) -> queries.RecordPage:
    return queries.get_record_page(viewer=viewer, source_record_id=source, number=known.number, purpose="referral")


def test_what_happened_stands_newest_first(viewer):
    for known in busiest():
        days = [line.happened_date for line in lines_of(known, viewer)]

        assert len(days) > 10
        assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("size", [5, 25])
def test_pages_together_hold_every_line_once_and_in_the_same_order(size, viewer):
    for known in busiest(1):
        assert lines_of(known, viewer, size=size) == lines_of(known, viewer)


def test_the_oldest_may_stand_first(viewer):
    for known in busiest(2):
        days = [line.happened_date for line in lines_of(known, viewer, size=10, is_oldest_first=True)]

        assert days == sorted(days)
        assert len(days) == len(lines_of(known, viewer))


def test_a_kind_or_an_agency_shows_its_lines_alone_and_an_unknown_one_shows_none(viewer):
    for known in busiest(3):
        everything = lines_of(known, viewer)

        for kind in {line.kind for line in everything}:
            assert lines_of(known, viewer, kind=kind) == [line for line in everything if line.kind == kind]
        for name in ("nothing of the kind", "%", "_", "s_hool", "' OR true --"):
            assert lines_of(known, viewer, kind=name) == []
            assert lines_of(known, viewer, agency_code=name) == []


def test_what_lies_beyond_the_end_is_the_last_page(viewer):
    known = busiest(1)[0]
    everything = lines_of(known, viewer)
    for first in (len(everything), 10_000_000):
        part = queries.get_child_page(
            viewer=viewer,
            number=known.number,
            purpose="referral",
            on=TODAY,
            chronology=queries.ChronologyAsked(first=first, count=10),
        ).chronology

        assert list(part.lines) == everything[part.first :]
        assert 0 < len(part.lines) <= 10


def test_the_same_thing_said_twice_by_one_agency_stands_once(viewer):
    known = busiest(1)[0]
    before = [(line.happened_date, line.kind, line.words, line.agency_name) for line in lines_of(known, viewer)]
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_chronologyentry (id, source_record_id, person_record_id, is_current, kind, words, "
            "happened_date, ended_date) SELECT gen_random_uuid(), e.source_record_id, e.person_record_id, true, e.kind, "
            "e.words, e.happened_date, e.ended_date FROM records_chronologyentry e JOIN childindex_link l "
            "ON l.person_record_id = e.person_record_id AND l.ended_at IS NULL WHERE l.child_id = %s AND e.is_current",
            [known.id],
        )

    after = [(line.happened_date, line.kind, line.words, line.agency_name) for line in lines_of(known, viewer)]
    assert sorted(after) == sorted(before)
    assert len(set(after)) == len(after)


def test_what_was_taken_back_no_longer_stands(viewer):
    known = busiest(1)[0]
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_chronologyentry SET is_current = false WHERE person_record_id IN "
            "(SELECT person_record_id FROM childindex_link WHERE child_id = %s)",
            [known.id],
        )

    assert lines_of(known, viewer) == []


def test_everything_on_the_page_leads_to_the_record_that_says_it(viewer):
    for known in [*busiest(2), *asking.children(most=6)]:
        page = queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY)
        sources = {line.source_record_id for part in (page.help_now, page.help_before, page.relatives) for line in part}
        sources |= {line.source_record_id for line in page.chronology.lines}
        for fact in page.facts:
            sources |= {saying.source_record_id for saying in fact.sayings}
            sources |= {saying.source_record_id for _, sayings in fact.others for saying in sayings}

        for source in sources:
            record = record_of(known, source, viewer)
            assert record.record.id == source
            assert record.child_number == known.number
            assert record.record.file_name
            assert record.record.line_number >= 1
            assert record.record.legal_basis


def test_the_row_itself_is_shown_only_to_the_agency_that_sent_it(viewer):
    with asking.peeking():
        agencies = [agency for (agency,) in asking.rows("SELECT code FROM agencies_agency WHERE lowest_tier = 1")]
    known = busiest(1)[0]
    page = queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY)
    for source in {saying.source_record_id for fact in page.facts for saying in fact.sayings}:
        sender = record_of(known, source, viewer).record.agency_id

        for looker in (viewer, *map(asking.lead_of, agencies)):
            record = record_of(known, source, looker)
            assert (record.content is not None) == (looker.home_id == sender)
            if record.content is not None:
                assert len(record.content) == record.record.byte_length
                assert record.content.strip()


def test_the_row_shown_says_what_the_fact_says(viewer):
    with asking.peeking():
        agencies = dict(asking.rows("SELECT id, code FROM agencies_agency"))
    known = busiest(1)[0]
    page = queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY)
    fact = next(fact for fact in page.facts if fact.field == "family_name")
    for saying in fact.sayings:
        record = record_of(known, saying.source_record_id, asking.lead_of(agencies[saying.agency_id]))

        assert record.identity.family_name == saying.value
        assert saying.value.casefold().encode() in record.content.lower()


def test_another_childs_record_is_refused_like_one_that_is_not_there(viewer):
    known, other = busiest(2)
    page = queries.get_child_page(viewer=viewer, number=other.number, purpose="referral", on=TODAY)
    theirs = page.facts[0].sayings[0].source_record_id

    for source in (theirs, uuid.uuid4()):
        with pytest.raises(records_queries.NoSuchSourceRecord) as refused:
            record_of(known, source, viewer)
        assert refused.value.args == (source,)


def test_a_record_needs_a_reason_like_the_page_it_stands_on(viewer):
    known = busiest(1)[0]
    page = queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY)
    source = page.facts[0].sayings[0].source_record_id

    with pytest.raises(queries.ReasonNeeded):
        queries.get_record_page(viewer=viewer, source_record_id=source, number=known.number)
