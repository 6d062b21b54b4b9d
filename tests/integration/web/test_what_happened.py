"""What happened to a child is paged, turned round, narrowed and gone through by year on the server."""

import itertools
import urllib.parse

import pytest
from django.test import Client

from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

_EVENTS = """
INSERT INTO records_chronologyentry (id, source_record_id, person_record_id, is_current, kind, words, happened_date)
SELECT gen_random_uuid(), e.source_record_id, e.person_record_id, true, 'school', 'Term ' || lpad(n::text, 3, '0'),
       date '2010-01-01' + 12 * n
FROM generate_series(1, 400) n, (SELECT e.* FROM records_chronologyentry e JOIN childindex_link l
    ON l.person_record_id = e.person_record_id AND l.ended_at IS NULL WHERE l.child_id = %s AND e.is_current LIMIT 1) e
"""
_PERSONS = """
WITH one AS (
    SELECT l.*, p.agency_id FROM childindex_link l JOIN records_personrecord p ON p.id = l.person_record_id
    WHERE l.child_id = %s AND l.ended_at IS NULL AND l.evidence IS NOT NULL LIMIT 1
), added AS (
    INSERT INTO records_personrecord (id, agency_id, scheme, local_id, first_received_at)
    SELECT gen_random_uuid(), agency_id, 'added', n::text, made_at FROM one, generate_series(1, 40) n RETURNING id
)
INSERT INTO childindex_link (id, person_record_id, child_id, run_id, weight_bits, evidence, made_at)
SELECT gen_random_uuid(), added.id, one.child_id, one.run_id, one.weight_bits, one.evidence, one.made_at FROM one, added
"""


def events_shown(page: str) -> list[str]:
    return visiting.texts(r'<p class="jd-event__words">(.*?)</p>', page)


def years_shown(page: str) -> list[int]:
    return [int(year) for year in visiting.texts(r'<h3 class="jd-chronology__year">(.*?)</h3>', page)]


def a_child() -> asking.Known:
    """Return a child of whom two agencies or more have written, and something has happened."""
    with asking.peeking():
        numbers = {
            number
            for (number,) in asking.rows(
                "SELECT c.number FROM people_child c JOIN childindex_link l ON l.child_id = c.id AND l.ended_at IS NULL "
                "JOIN records_chronologyentry e ON e.person_record_id = l.person_record_id AND e.is_current "
                "WHERE l.evidence IS NOT NULL"
            )
        }
    return asking.children(lambda known: known.number in numbers, most=1)[0]


class TestWhatHappened:
    @pytest.fixture
    def address(self, worker) -> str:
        known = a_child()
        visiting.write_as_batch(_EVENTS, known.id)
        return visiting.open_child(worker, known.number)

    def test_the_pages_together_hold_everything_once_from_either_end(self, worker, address):
        newest = visiting.all_pages(worker, address, events_shown)
        oldest = visiting.all_pages(worker, f"{address}?sort=oldest", events_shown)

        assert [words for words in newest if words.startswith("Term ")] == [f"Term {n:03}" for n in range(400, 0, -1)]
        assert sorted(oldest) == sorted(newest)
        assert [words for words in oldest if words.startswith("Term ")] == [f"Term {n:03}" for n in range(1, 401)]

    def test_every_way_on_opens_at_what_happened_and_keeps_order_and_narrowing(self, worker, address):
        links = visiting.links(visiting.body(worker, f"{address}?kind=school&sort=oldest&from=51"))

        assert links["Next page of events →"] == f"{address}?kind=school&sort=oldest&from=76#happened"
        assert links["← Previous page of events"] == f"{address}?kind=school&sort=oldest&from=26#happened"
        assert links["Newest first"] == f"{address}?kind=school#happened"
        assert links["2015"] == f"{address}?kind=school&sort=oldest&year=2015#happened"
        assert links["Show all"] == f"{address}?sort=oldest#happened"
        assert 'id="happened"' in visiting.body(worker, address)

    @pytest.mark.parametrize("sort", ["newest", "oldest"])
    def test_a_year_is_gone_to(self, worker, address, sort):
        page = visiting.body(worker, f"{address}?kind=school&year=2015&sort={sort}")

        assert years_shown(page)[0] == 2015
        assert years_shown(visiting.body(worker, f"{address}?kind=school&year=2015&from=1"))[0] != 2015

    def test_it_is_narrowed_by_kind_and_by_agency(self, worker, address):
        page = visiting.body(worker, address)
        codes = [
            code for code in visiting.texts(r'<option value="([a-z_]+)"', page.partition('name="agency"')[2]) if code
        ]

        reviews = visiting.all_pages(worker, f"{address}?kind=school", events_shown)
        by_agency = [visiting.all_pages(worker, f"{address}?agency={code}", events_shown) for code in codes]

        assert len(reviews) >= 400
        assert sorted(itertools.chain.from_iterable(by_agency)) == sorted(
            visiting.all_pages(worker, address, events_shown)
        )
        nothing = visiting.body(worker, f"{address}?kind=court_order")
        assert "No event matches" in nothing
        assert visiting.links(nothing)["Show all"] == f"{address}#happened"

    def test_a_colleague_with_a_reason_of_their_own_sees_the_same_part(self, worker, address):
        shared = f"{address}?kind=school&sort=oldest&from=26"
        colleague = visiting.sign_in(Client(), "front_door")
        number = address.rpartition("/")[2]

        visiting.open_child(colleague, number)

        assert events_shown(visiting.body(colleague, shared)) == events_shown(visiting.body(worker, shared))
        assert visiting.sign_in(Client(), "commissioner").get(shared).status_code == 403

    def test_the_search_one_came_from_goes_along(self, worker, address):
        token = "x" * 43
        page = visiting.body(worker, f"{address}?search={token}")

        assert f"{address}?search={token}&from=26#happened" in visiting.links(page).values()
        assert visiting.links(page)["Back to the children found"] == f"/find/{token}"
        assert f'<input type="hidden" name="search" value="{token}">' in page

    @pytest.mark.parametrize("name", ["from", "sort", "kind", "agency", "year", "search", "whatever"])
    def test_what_is_odd_in_the_address_is_as_if_it_were_not_there(self, worker, address, name):
        plain = visiting.main(visiting.body(worker, address))

        for odd in (odd for odd in visiting.ODD if (name, odd) != ("from", "999999999")):
            page = visiting.main(visiting.body(worker, f"{address}?{urllib.parse.urlencode({name: odd})}"))
            assert page == plain, (name, odd)
        assert events_shown(visiting.body(worker, f"{address}?from=999999999"))

    def test_more_events_and_more_records_take_no_more_queries(self, worker):
        known = a_child()
        address = visiting.open_child(worker, known.number)
        before = visiting.queries_of(worker, address)
        visiting.write_as_batch(_EVENTS, known.id)
        visiting.write_as_batch(_PERSONS, known.id)

        page = visiting.body(worker, address)
        assert page.count('<details class="jd-why__details">') >= 40
        in_parts = before + 1  # what is long is counted apart
        assert visiting.queries_of(worker, address) == in_parts
        assert visiting.queries_of(worker, f"{address}?kind=school&sort=oldest&from=51") == in_parts
        assert visiting.queries_of(worker, f"{address}?agency=police") == in_parts + 1  # the agencies' names
