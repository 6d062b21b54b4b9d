"""Stewards judge links without knowing which are linked, change thresholds knowing what they cost, and see match rates."""

import json
import re

import pytest
from django.test import Client

from joinedup.processes.childindex import operations, rules
from tests.conftest import NOW, as_role
from tests.integration.childindex import stewards
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

_DRAW = {"width": "10", "expected": "98"}


@pytest.fixture
def steward() -> Client:
    return visiting.sign_in(Client(), "steward")


def said(page: str) -> str:
    return " ".join(visiting.texts(r"<main.*?</main>", page)[0].split())


def pair_of(client: Client) -> str:
    return re.findall(r'name="pair" value="([^"]*)"', visiting.body(client, "/matching/blind/pair"))[0]


def drawn() -> list[tuple]:
    with as_role("definer"):
        return asking.rows("SELECT record_a_id, record_b_id, kind FROM childindex_blindpair ORDER BY place")


class TestBlindSamples:
    def test_links_and_others_are_drawn_by_a_seed_that_is_kept_with_who_drew(self, steward):
        assert steward.post("/matching/blind", _DRAW)["Location"] == "/matching/blind/pair"

        kinds = [kind for _one, _other, kind in drawn()]
        assert kinds.count("decoy") >= 1
        assert kinds != sorted(kinds)
        with as_role("definer"):
            ((name, population),) = asking.rows("SELECT drawn_by_name, population FROM childindex_blindsample")
        assert name == "Petra Noble"
        assert population > 300
        assert kinds.count("link") == rules.pairs_to_draw(half_width=0.1, expected=0.98, population=population)

    def test_the_same_seed_draws_the_same_pairs_in_the_same_order(self, steward):
        steward.post("/matching/blind", _DRAW)
        first = drawn()
        with as_role("definer"):
            ((seed,),) = asking.rows("SELECT seed FROM childindex_blindsample")
            asking.rows(
                "UPDATE childindex_blindpair SET answer = 'same', answered_by_id = sample_id, answered_at = now() RETURNING id"
            )
        operations.draw_blind_sample(half_width=0.1, expected=0.98, seed=seed, by=stewards.person("steward"), at=NOW)

        assert sorted(drawn()) == sorted(first * 2)

    def test_the_page_says_neither_weight_nor_verdict_nor_number(self, steward):
        steward.post("/matching/blind", _DRAW)

        page = said(visiting.body(steward, "/matching/blind/pair"))

        assert "Would you say that they are one child?" in page
        for told in ("bits", "Odds", "Linked to", "same address", "Link"):
            assert told not in page
        assert pair_of(steward) not in visiting.links(visiting.body(steward, "/matching/blind/pair")).values()

    def test_nothing_is_said_of_a_sample_before_all_are_answered_and_then_the_precision_is(self, steward):
        steward.post("/matching/blind", _DRAW)
        total = len(drawn())
        for done in range(total):
            page = said(visiting.body(steward, "/matching/blind"))
            assert f"{done} of {total} pairs answered" in page
            assert "Live precision" not in page
            steward.post("/matching/blind/pair", {"pair": pair_of(steward), "answer": "two" if done == 0 else "same"})

        assert steward.get("/matching/blind/pair")["Location"] == "/matching/blind"
        page = said(visiting.body(steward, "/matching/blind"))
        assert "Live precision" in page
        assert "95 % confidence" in page
        assert "too few to print" in page
        assert "Draw the pairs" in page

    def test_an_answer_stands_and_changes_no_link(self, steward):
        steward.post("/matching/blind", _DRAW)
        pair = pair_of(steward)
        with as_role("batch"):
            before = asking.rows("SELECT count(*) FROM childindex_link WHERE ended_at IS NULL")
        steward.post("/matching/blind/pair", {"pair": pair, "answer": "two"})

        again = steward.post("/matching/blind/pair", {"pair": pair, "answer": "same"}, follow=True)

        with as_role("batch"):
            assert asking.rows("SELECT count(*) FROM childindex_link WHERE ended_at IS NULL") == before
        with as_role("definer"):
            assert asking.rows("SELECT answer FROM childindex_blindpair WHERE id = %s", pair) == [("two",)]
        assert again.status_code == 200
        assert steward.post("/matching/blind/pair", {"pair": pair, "answer": "x"}).status_code == 404

    def test_each_look_names_whose_records_they_are(self, steward):
        steward.post("/matching/blind", _DRAW)
        visiting.body(steward, "/matching/blind/pair")

        with as_role("definer"):
            ((subjects,),) = asking.rows(
                "SELECT (SELECT count(*) FROM audit_auditsubject s WHERE s.event_id = e.id) FROM audit_auditevent e "
                "WHERE act = 'childindex.blind.seen' ORDER BY at DESC, id DESC LIMIT 1"
            )
        assert subjects in {1, 2}

    def test_a_sample_waits_for_its_last_answer_before_another_is_drawn(self, steward):
        steward.post("/matching/blind", _DRAW)

        assert "Finish it first" in said(steward.post("/matching/blind", _DRAW, follow=True).content.decode())

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({"width": "x", "expected": "98"}, "between 0.1 and 25"),
            ({"width": "2", "expected": "3"}, "between 50 and 100"),
        ],
    )
    def test_what_makes_no_sense_is_an_error_beside_the_question(self, steward, given, error):
        answer = steward.post("/matching/blind", given)

        assert answer.status_code == 422
        assert error in answer.content.decode()

    def test_no_session_reads_which_pair_is_linked(self, steward):
        steward.post("/matching/blind", _DRAW)

        assert asking.rows("SELECT count(*) FROM childindex_blindpair") == [(0,)]


class TestThresholds:
    def test_it_says_what_thresholds_make_before_they_are_changed(self, steward):
        page = said(visiting.body(steward, "/matching/thresholds?link=6&review=-2"))

        assert "Links a day, without a person" in page
        assert "Stewards that takes" in page
        assert "A pair takes a steward 3 minutes, and a steward has 5 hours a day" in page
        assert "Change the thresholds" in page
        assert "at least" not in page.split("How this is counted")[0]

    def test_below_what_was_compared_it_says_that_nobody_can_say(self, steward):
        page = said(visiting.body(steward, "/matching/thresholds?link=4&review=-6"))

        assert "nobody can say how many more" in page
        assert "at least" in page

    def test_they_are_changed_with_a_reason_and_the_change_is_kept(self, steward):
        answer = steward.post(
            "/matching/thresholds", {"link": "6", "review": "-2", "why": "Too many wrong links"}, follow=True
        )

        page = said(answer.content.decode())
        assert "The thresholds are changed" in page
        assert "Links from 4 to 6 bits" in page
        with as_role("batch"):
            assert asking.rows(
                "SELECT link_threshold_bits, review_threshold_bits FROM childindex_modelversion WHERE state = 'current'"
            ) == [(6.0, -2.0)]
        with as_role("definer"):
            ((kept,),) = asking.rows("SELECT forecast::text FROM childindex_thresholdchange")
        assert json.loads(kept)["is_whole"] is True

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({"link": "-4", "review": "-3"}, "cannot be below"),
            ({"link": "x", "review": "-3"}, "a number of bits"),
            ({"link": "99", "review": "-3"}, "a number of bits"),
            ({"link": "6", "review": "-3", "why": "So"}, "at least 10 letters"),
        ],
    )
    def test_what_makes_no_sense_is_an_error_beside_the_question(self, steward, given, error):
        answer = steward.post("/matching/thresholds", given)

        assert answer.status_code == 422
        assert error in answer.content.decode()

    def test_pages_take_few_queries(self, steward):
        assert visiting.queries_of(steward, "/matching/thresholds") <= 12
        assert visiting.queries_of(steward, "/matching/blind") <= 10
        assert visiting.queries_of(steward, "/links") <= 9


class TestLinkQuality:
    @pytest.mark.parametrize("role", ["steward", "analyst", "commissioner", "board"])
    def test_whoever_sees_counts_sees_it(self, role):
        page = said(visiting.body(visiting.sign_in(Client(), role), "/links"))

        assert "have an NHS number" in page
        assert "Of a child whom another agency knows" in page

    @pytest.mark.parametrize("role", ["manager", "universal", "auditor"])
    def test_others_are_not_let_in(self, role):
        assert visiting.sign_in(Client(), role).get("/links").status_code == 403

    def test_it_counts_as_the_tables_do(self, steward):
        page = visiting.body(steward, "/links")
        all_row = visiting.texts(r'<th scope="row"[^>]*>All</th>(.*?)</tr>', page)[0].split()

        with as_role("definer"):
            ((records, children),) = asking.rows(
                "SELECT (SELECT count(*) FROM childindex_link WHERE ended_at IS NULL), (SELECT count(*) FROM people_childsummary "
                "WHERE birth_date IS NULL OR birth_date > current_date - interval '18 years')"
            )
        assert all_row[0] == str(records)
        assert str(children) in all_row

    def test_of_a_small_agency_nothing_can_be_worked_out(self, steward):
        with as_role("definer"):
            asking.rows(
                "UPDATE childindex_link SET ended_at = now() WHERE ended_at IS NULL AND person_record_id IN (SELECT p.id "
                "FROM records_personrecord p JOIN agencies_agency a ON a.id = p.agency_id WHERE a.kind = 'leisure' "
                "ORDER BY p.id OFFSET 4) RETURNING id"
            )

        row = visiting.texts(
            r'<th scope="row"[^>]*>[^<]*Leisure[^<]*</th>(.*?)</tr>', visiting.body(steward, "/links")
        )[0]

        assert row.count("too few to print") == 4
