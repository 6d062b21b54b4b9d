"""Stewards work through the pairs that wait: by pages, sorted and narrowed on the server; each look names the children."""

import uuid

import pytest
from django.test import Client

from tests.conftest import as_role
from tests.integration.looking import asking
from tests.integration.web import reviewing, visiting

pytestmark = pytest.mark.usefixtures("borough")

#: Sixty questions between children whom two agencies know, of all weights and reasons.
_QUESTIONS = """
INSERT INTO childindex_reviewtask (id, record_a_id, record_b_id, run_id, weight_bits, evidence, state, opened_at, decided_by_name)
SELECT gen_random_uuid(), a.record, b.record, (SELECT id FROM childindex_linkrun LIMIT 1), a.n % 7 - 3,
       jsonb_build_object('reason', (ARRAY['may_be_one', 'two_numbers', 'may_be_kin'])[1 + a.n % 3], 'weight', a.n % 7 - 3,
                          'prior', -13, 'words', '', 'fields', '[]'::jsonb),
       'open', timestamptz '2026-10-01' + a.n * interval '1 hour', ''
FROM (SELECT row_number() OVER (ORDER BY child_id) AS n, min(person_record_id::text)::uuid AS record
      FROM childindex_link WHERE ended_at IS NULL GROUP BY child_id) a
JOIN (SELECT row_number() OVER (ORDER BY child_id) AS n, max(person_record_id::text)::uuid AS record
      FROM childindex_link WHERE ended_at IS NULL GROUP BY child_id) b ON b.n = a.n + 100
WHERE a.n <= 60
"""


@pytest.fixture
def steward() -> Client:
    return visiting.sign_in(Client(), "steward")


@pytest.fixture
def sixty(steward) -> Client:
    visiting.write_as_batch("UPDATE childindex_reviewtask SET state = 'closed' WHERE state = 'open'")
    visiting.write_as_batch(_QUESTIONS)
    return steward


class TestTheQueue:
    def test_the_pages_together_hold_every_pair_once_in_each_order(self, sixty):
        for sort in ("", "?sort=-unsure", "?sort=opened", "?sort=-reason", "?sort=agency"):
            rows = visiting.all_pages(sixty, f"/matching{sort}", reviewing.questions_of)
            assert len(rows) == len(set(rows)) == 60
        by_reason = [row[1] for row in visiting.all_pages(sixty, "/matching?sort=reason", reviewing.shown)]
        assert by_reason == sorted(
            by_reason,
            key=(
                "Alike, but may be brother and sister",
                "Alike, but not enough for a machine",
                "Alike, but with two national numbers",
            ).index,
        )

    def test_the_least_sure_stand_first(self, sixty):
        odds = [row[2] for row in visiting.all_pages(sixty, "/matching", reviewing.shown)]

        assert odds[0] == "About even odds"
        assert odds[-1].startswith("Odds of about 8 to 1")

    def test_it_is_narrowed_to_a_reason_and_an_agency(self, sixty):
        assert {row[1] for row in visiting.all_pages(sixty, "/matching?reason=two_numbers", reviewing.shown)} == {
            "Alike, but with two national numbers"
        }
        with as_role("batch"):
            ((code, name),) = asking.rows("SELECT code, name FROM agencies_agency WHERE kind = 'council_education'")
        of_schools = visiting.all_pages(sixty, f"/matching?agency={code}", reviewing.shown)
        assert of_schools
        assert all(name in row[0] for row in of_schools)
        visiting.write_as_batch('UPDATE childindex_reviewtask SET evidence = evidence || \'{"reason": "may_be_one"}\'')
        assert "No pair is like this" in visiting.body(sixty, "/matching?reason=two_numbers")

    @pytest.mark.parametrize("name", ["from", "sort", "agency", "reason"])
    def test_what_is_odd_in_the_address_is_as_if_it_were_not_there(self, sixty, name):
        plain = reviewing.shown(visiting.body(sixty, "/matching"))
        for odd in visiting.ODD:
            answer = sixty.get("/matching", {name: odd}, follow=True)
            assert answer.status_code == 200
            if name != "from":
                assert reviewing.shown(answer.content.decode()) == plain

    def test_more_pairs_take_no_more_queries(self, sixty):
        few = visiting.queries_of(sixty, "/matching?reason=two_numbers")

        assert visiting.queries_of(sixty, "/matching") == few <= 10

    def test_it_names_no_child_and_home_says_how_many_wait(self, sixty):
        visiting.body(sixty, "/matching")

        assert reviewing.last_event("childindex.questions.listed")[2] == set()
        assert "Review 60 pairs" in visiting.body(sixty, "/")

    def test_where_none_waits_it_says_what_to_expect(self, steward):
        visiting.write_as_batch("UPDATE childindex_reviewtask SET state = 'closed' WHERE state = 'open'")

        assert "No pair waits" in visiting.body(steward, "/matching")
        assert "Review" not in reviewing.said(visiting.body(steward, "/"))

    def test_a_sealed_child_is_in_no_question(self, steward):
        task = reviewing.questions(steward)[0]
        child = reviewing.children_of(*reviewing.records_of(task))[0]
        with as_role("definer"):
            asking.rows("UPDATE people_child SET is_sealed = true WHERE id = %s RETURNING id", child)

        assert task not in reviewing.questions(steward)
        assert steward.get(task).status_code == 404


class TestOnePair:
    def test_it_shows_both_records_the_evidence_and_who_is_around(self, steward):
        page = reviewing.said(visiting.body(steward, reviewing.questions(steward)[0]))

        for words in (
            "What the two records say",
            "What the evidence says",
            "Before anything is compared",
            "Children at the same address",
            "People named beside the child",
            "Your decision",
        ):
            assert words in page

    def test_the_look_names_both_children_and_why(self, steward):
        task = reviewing.questions(steward)[0]
        visiting.body(steward, task)

        purpose, ref, subjects = reviewing.last_event("childindex.question.seen")
        assert (purpose, ref) == ("linking", task.split("/")[2])
        assert set(reviewing.children_of(*reviewing.records_of(task))) <= subjects

    def test_it_takes_as_many_queries_whatever_the_children_have(self, steward):
        assert max(visiting.queries_of(steward, task) for task in reviewing.questions(steward)) <= 24

    def test_what_is_not_found_is_not_found(self, steward):
        assert steward.get(f"/matching/{uuid.uuid4()}").status_code == 404
        assert steward.get(f"/matching/acts/{uuid.uuid4()}").status_code == 404
        assert steward.get(f"/matching/rejoins/{uuid.uuid4()}").status_code == 404
        assert steward.post(reviewing.questions(steward)[0], {"answer": "nonsense"}).status_code == 404

    def test_of_a_guarded_agency_the_record_is_shown_and_not_whose_it_is(self, steward):
        task = reviewing.questions(steward)[0]
        record, _other = reviewing.records_of(task)
        with as_role("batch"):
            ((agency,),) = asking.rows("SELECT agency_id FROM records_personrecord WHERE id = %s", record)
        visiting.write_as_owner("UPDATE agencies_agency SET lowest_tier = 4 WHERE id = %s", agency)

        assert "An agency that is not named" in reviewing.said(visiting.body(steward, "/matching"))
        assert "An agency that is not named" in reviewing.said(visiting.body(steward, task))


class TestDeciding:
    def test_the_next_pair_comes_at_once_and_says_what_was_done(self, steward):
        task, onward = reviewing.linked_by_hand(steward)
        one, other = reviewing.children_of(*reviewing.records_of(task))

        page = reviewing.said(visiting.body(steward, onward))
        assert one == other
        assert onward.startswith("/matching/")
        assert "Are they one child?" in page
        assert "Linked: the two records are" in page
        assert task not in reviewing.questions(steward)

    def test_the_list_that_one_works_through_stays(self, sixty):
        answer = sixty.post(
            reviewing.questions(sixty, "/matching?reason=may_be_kin")[0], {"answer": "unsure", "note": ""}
        )

        assert "reason=may_be_kin" in answer["Location"]
        assert "may be brother" not in answer["Location"]

    def test_a_link_is_undone_in_one_act(self, steward):
        task, onward = reviewing.linked_by_hand(steward)
        act = onward.split("after=")[1]

        answer = steward.post(f"/matching/acts/{act}", follow=True)

        one, other = reviewing.children_of(*reviewing.records_of(task))
        assert one != other
        assert "It is taken back" in reviewing.said(answer.content.decode())

    def test_whoever_is_not_sure_leaves_a_note_and_the_pair_goes_to_the_end(self, steward):
        first = reviewing.questions(steward)[0]

        steward.post(first, {"answer": "unsure", "note": "Ask the school"})

        assert reviewing.questions(steward)[-1] == first
        assert "Ask the school" in reviewing.said(visiting.body(steward, first))
        assert "Somebody was not sure" in reviewing.said(visiting.body(steward, "/matching"))

    def test_two_children_are_kept_apart_and_nobody_links_them_alone(self, steward):
        task = reviewing.questions(steward)[0]
        answer = steward.post(task, {"answer": "part", "note": "Two cousins"})

        assert "Kept apart" in reviewing.said(visiting.body(steward, answer["Location"]))
        assert steward.get(task).status_code == 404
        act = answer["Location"].split("after=")[1]
        refused = steward.post(f"/matching/acts/{act}", follow=True)
        assert "not undone by one steward" in reviewing.said(refused.content.decode())

    def test_a_decided_pair_is_not_decided_again(self, steward):
        task = reviewing.questions(steward)[0]
        steward.post(task, {"answer": "part", "note": ""})

        answer = steward.post(task, {"answer": "link", "note": ""}, follow=True)

        assert "no longer asked" in reviewing.said(answer.content.decode())


class TestWhatANightWouldPart:
    """One child is asked about, whom a run would part, with all records that would be on either side."""

    def test_it_waits_though_the_two_records_are_one_child(self, steward):
        task, (stays, goes, last) = reviewing.a_night_would_part(steward)

        assert "Linked, but a run would part them" in reviewing.said(visiting.body(steward, "/matching"))
        page = reviewing.said(visiting.body(steward, task))
        assert "A run of linking would part them, and nothing new was said that explains it." in page
        assert len(set(reviewing.children_of(stays, goes, last))) == 1

    def test_parted_it_is_parted_as_the_run_would(self, steward):
        task, (stays, goes, last) = reviewing.a_night_would_part(steward)

        onward = steward.post(task, {"answer": "part", "note": ""})["Location"]

        assert "Kept apart" in reviewing.said(visiting.body(steward, onward))
        one, other, third = reviewing.children_of(stays, goes, last)
        assert one != other == third

    def test_left_together_it_is_confirmed_and_not_asked_again(self, steward):
        task, records = reviewing.a_night_would_part(steward)

        steward.post(task, {"answer": "link", "note": ""})

        assert len(set(reviewing.children_of(*records))) == 1
        assert task not in reviewing.questions(steward)

    def test_once_they_are_two_nobody_is_asked(self, steward):
        task, (_stays, goes, _last) = reviewing.a_night_would_part(steward)
        visiting.write_as_batch(
            "UPDATE childindex_link SET child_id = (SELECT id FROM people_child WHERE state = 'active' AND id <> child_id "
            "ORDER BY id LIMIT 1) WHERE ended_at IS NULL AND person_record_id = %s",
            goes,
        )

        assert task not in reviewing.questions(steward)


@pytest.mark.parametrize("role", ["manager", "social_worker", "analyst", "shield_officer", "auditor"])
def test_nobody_else_is_let_in_whoever_may_only_propose_neither(steward, role):
    task = reviewing.questions(steward)[0]
    other = visiting.sign_in(Client(), role)

    for address in ("/matching", task, "/matching/rejoins", "/reassigning", "/matching/blind", "/matching/thresholds"):
        assert other.get(address).status_code == 403
    assert "Matching review" not in visiting.links(visiting.body(other, "/"))
