"""The queue of unusual looking is paged, sorted and narrowed on the server; a case names its children once it is opened."""

import json
import uuid

import pytest
from django.test import Client

from tests.integration.assurance import acting
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

#: Sixty weeks of two people, of whom one works in the council's family support team and one for the police.
_WEEKS = """
INSERT INTO assurance_unusuallook (id, looker_id, looker_agency_id, looker_team_id, looker_role, week, points, reasons,
    event_ids, looks, state, found_at, opened_reason, outcome, note)
SELECT gen_random_uuid(), u.id, p.agency_id, p.team_id, 'social_worker', date '2026-10-05' - 7 * n, 8 + n %% 13, %s, '[]', %s,
    'open', now(), '', '', ''
FROM generate_series(1, 30) n, access_user u JOIN agencies_practitioner p ON p.user_id = u.id
WHERE u.username IN ('social-worker', 'police-officer')
"""


@pytest.fixture
def known() -> asking.Known:
    return asking.children(most=1)[0]


@pytest.fixture
def auditor(known) -> Client:
    reasons = [{"rule": "relative", "points": 12.0, "words": "Looked at 1 child whom they declared"}]
    look = {
        "at": "2026-10-06T10:15:00+01:00",
        "purpose": "referral",
        "has_involvement": False,
        "subject": str(known.id),
    }
    visiting.write_as_batch(_WEEKS, json.dumps(reasons), json.dumps([look]))
    return visiting.sign_in(Client(), "auditor")


def shown(page: str) -> list[tuple[str, str]]:
    """Return the agency and the points of each row."""
    return list(
        zip(
            visiting.texts(r'data-label="Agency">(.*?)</td>', page),
            visiting.texts(r'data-label="Bits">(.*?)</td>', page),
            strict=True,
        )
    )


def first_week(client: Client, address: str = "/looking") -> str:
    page = visiting.body(client, address)
    return next(href for href in visiting.links(page).values() if href.startswith("/looking/") and "rates" not in href)


def test_the_pages_together_hold_every_week_once_in_each_order(auditor):
    points = [float(each[1]) for each in visiting.all_pages(auditor, "/looking", shown)]

    assert len(points) == 60
    assert points == sorted(points, reverse=True)
    upward = [float(each[1]) for each in visiting.all_pages(auditor, "/looking?sort=points", shown)]
    assert upward == sorted(points)
    agencies = [each[0] for each in visiting.all_pages(auditor, "/looking?sort=agency", shown)]
    assert agencies == sorted(agencies)
    assert "Showing 26 to 50 of 60 weeks" in visiting.body(auditor, "/looking?from=26")


def test_it_is_narrowed_to_an_agency_and_a_state(auditor):
    assert len(visiting.all_pages(auditor, "/looking?agency=police&state=open", shown)) == 30
    assert "No week is like this" in visiting.body(auditor, "/looking?state=concern")


@pytest.mark.parametrize("name", ["from", "sort", "agency", "state"])
def test_what_is_odd_in_the_address_is_as_if_it_were_not_there(auditor, name):
    plain = shown(visiting.body(auditor, "/looking"))

    for odd in (odd for odd in visiting.ODD if odd != "999999999"):
        assert shown(visiting.body(auditor, f"/looking?{name}={odd[:50].replace('%', '')}")) == plain


def test_more_weeks_take_no_more_queries(auditor):
    few = visiting.queries_of(auditor, "/looking?from=51")

    assert visiting.queries_of(auditor, "/looking") == few


def test_a_manager_sees_the_weeks_of_others_than_their_team(auditor):
    manager = visiting.sign_in(Client(), "manager")

    assert len(visiting.all_pages(manager, "/looking", shown)) == 30
    council = first_week(auditor, "/looking?agency=social_care")
    assert manager.get(council).status_code == 404
    answer = manager.post(f"{council}/open", {"reason": "Routine review of the queue"})
    assert answer.status_code == 403


def test_a_week_that_is_not_ones_to_see_is_answered_like_one_that_never_was(auditor):
    manager = visiting.sign_in(Client(), "manager")
    theirs = manager.get(first_week(auditor, "/looking?agency=social_care"))
    absent = manager.get(f"/looking/{uuid.uuid4()}")

    assert theirs.status_code == absent.status_code == 404
    assert visiting.main(theirs.content.decode()) == visiting.main(absent.content.decode())


def test_a_sealed_child_has_no_name_in_an_opened_case(auditor, known):
    visiting.write_as_batch("UPDATE people_child SET is_sealed = true WHERE id = %s", known.id)
    address = first_week(auditor)
    auditor.post(f"{address}/open", {"reason": "Routine review of the queue"})

    page = visiting.body(auditor, address)

    assert "opened it on" in page
    assert "Child 1" in page
    assert known.family not in page


def test_a_case_is_opened_and_decided_and_the_queue_says_so(auditor, known):
    address = first_week(auditor)
    before = visiting.body(auditor, address)
    assert "Child 1" in before
    assert known.family not in before
    assert known.number not in before.replace(" ", "")

    assert auditor.post(f"{address}/open", {"reason": "short"}).status_code == 422
    assert auditor.post(f"{address}/open", {"reason": "Routine review of the queue"}).status_code == 302
    assert known.family in visiting.body(auditor, address)
    assert auditor.post(f"{address}/decide", {"outcome": "odd", "note": "x" * 20}).status_code == 422
    answer = auditor.post(f"{address}/decide", {"outcome": "chance", "note": "Asked, and it was chance"})

    assert (answer.status_code, answer["Location"]) == (302, "/looking")
    assert len(visiting.all_pages(auditor, "/looking?state=cleared", shown)) == 1
    assert "Asked, and it was chance" in visiting.body(auditor, address)
    again = auditor.post(
        f"{address}/decide", {"outcome": "data_breach", "note": "Asked, and it was chance"}, follow=True
    )
    assert "What they decided stands" in again.content.decode()


def test_deciding_a_case_that_nobody_opened_leads_back_to_it(auditor):
    address = first_week(auditor)

    answer = auditor.post(f"{address}/decide", {"outcome": "chance", "note": "Asked, and it was chance"})

    assert answer["Location"] == address


class TestWhoLookedOnAChildsPage:
    @pytest.fixture
    def known(self) -> asking.Known:
        return acting.pupils(most=1)[0]

    @pytest.fixture
    def lead(self, client) -> Client:
        """The safeguarding lead of the schools, on whose roll the child is."""
        client.post("/sign-in", {"persona": "safeguarding-lead"})
        return client

    def looked(self, page: str) -> list[str]:
        return visiting.texts(r'data-label="At what">(.*?)</td>', page)

    def test_those_who_may_read_it_find_it_on_the_childs_page(self, known, lead):
        teacher = Client()
        teacher.post("/sign-in", {"persona": "teacher"})
        visiting.body(teacher, f"/child/{known.number}")

        page = visiting.body(lead, f"/child/{known.number}")

        assert "Who looked" in page
        assert self.looked(page) == ["The child's page"]
        assert "Who looked" not in visiting.body(teacher, f"/child/{known.number}")

    def test_more_looks_take_no_more_queries(self, known, lead):
        address = f"/child/{known.number}"
        few = visiting.queries_of(lead, address)
        for _ in range(4):
            acting.look(acting.person("teacher"), known)

        assert visiting.queries_of(lead, address) == few

    def test_a_reason_alone_is_no_ground_to_read_who_looked(self, known):
        nurse = visiting.sign_in(Client(), "safeguarding_lead")
        elsewhere = acting.pupils(lambda each: not acting.is_known_to("patients", each), most=1)[0]

        page = visiting.body(nurse, visiting.open_child(nurse, elsewhere.number))

        assert "Who looked" not in page


def test_the_rates_are_for_everyone_and_print_no_small_count(client, auditor):
    visiting.write_as_batch(
        'INSERT INTO assurance_looktally (week, kind, "group", looks, questioned) VALUES '
        "(current_date, 'role', 'social_worker', 4000, 12), (current_date, 'role', 'police', 300, 3), "
        "(current_date, 'role', 'universal', 900, 1), (current_date, 'ethnicity', 'not known', 5000, 16)"
    )

    page = visiting.body(client, "/looking/rates")

    assert visiting.texts(r'data-label="Questioned">(.*?)</td>', page)[1:2] == ["12"]
    assert visiting.texts(r'data-label="Of a thousand">(.*?)</td>', page) == [
        "not printed",
        "3.00",
        "not printed",
        "3.20",
    ]
