"""What a person types or a file says is shown and kept as words: never markup, a query, a template or an address."""

import html
import urllib.parse

import pytest

from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules
from tests.integration.looking import asking
from tests.integration.security import walking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'--><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "</title><script>x</script>",
]
TEMPLATES = ["{{ 7 * 7 }}", "{% raw %}", "${7*7}", "#{7*7}", "{0.__class__}", "%s%s%n", "%(name)s", "$(id)", "`id`"]
QUERIES = [
    "' OR '1'='1",
    "'; DROP TABLE people_child; --",
    "' UNION SELECT username, password FROM access_user --",
    "Smith' AND pg_sleep(5) IS NOT NULL --",
    "\\'; SELECT 1; --",
    "$$; SELECT 1; $$",
]


def escaped(words: str) -> str:
    return html.escape(words, quote=True).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def a_child_called(words: str) -> asking.Known:
    """Give a child this first name, as a file would."""
    known = asking.children(most=1)[0]
    visiting.write_as_batch("UPDATE people_childsummary SET given_name = %s WHERE child_id = %s", words, known.id)
    return known


@pytest.mark.parametrize("words", [*MARKUP, *TEMPLATES])
def test_what_a_file_calls_a_child_is_shown_as_words_and_kept_as_they_came(worker, words):
    known = a_child_called(words)

    page = visiting.body(worker, visiting.open_child(worker, known.number))

    assert escaped(words) in page
    assert escaped(words) == words or words not in page
    with asking.peeking():
        ((kept,),) = asking.rows("SELECT given_name FROM people_childsummary WHERE child_id = %s", known.id)
    assert kept == words


@pytest.mark.parametrize("words", [*MARKUP, *TEMPLATES, *QUERIES])
def test_what_a_person_types_comes_back_as_words(worker, words):
    answers = [
        worker.post("/find", {"name": words, "number": "943", "postcode": words[:12], "age_band": ""}),
        worker.post(f"/child/{asking.children(most=1)[0].number}/why", {"reason": "", "note": words}),
        worker.post("/sign-in", {"persona": "nobody", "next": words}),
    ]

    for answer in answers:
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in html.unescape(page) or words[:12] in html.unescape(page)
        assert not any(markup in page for markup in ("<script>alert", "<img src=x", "<svg/onload", 'href="javascript'))


@pytest.mark.parametrize("words", QUERIES)
def test_no_words_become_part_of_a_query(worker, words):
    before = walking.written()

    address = visiting.search(worker, name=words)
    found = worker.get(f"{address}?{urllib.parse.urlencode({'sort': words, 'from': words})}")

    assert found.status_code == 200
    assert "We know no child who fits" in found.content.decode() or "children found" in found.content.decode()
    assert walking.written_besides(before, *walking.MAY_WRITE) == {"childindex_search"}


def test_an_address_is_decoded_once(worker):
    known = asking.children(most=1)[0]
    address = visiting.open_child(worker, known.number)
    once, twice = (f"%{ord(known.number[0]):02x}", f"%25{ord(known.number[0]):02x}")

    assert worker.get(f"/child/{once}{known.number[1:]}").status_code == 200
    assert worker.get(f"/child/{twice}{known.number[1:]}").status_code == 404
    assert address == f"/child/{known.number}"


def the_worker() -> access_rules.Viewer:
    with asking.peeking():
        ((user_id,),) = asking.rows(
            "SELECT id FROM access_user WHERE username = %s", visiting.usernames()["social_worker"]
        )
    return access_rules.Viewer(user_id=user_id, name="the worker", roles=frozenset({"social_worker"}))


def criteria_of(address: str) -> rules.Criteria:
    """Return what was kept of a search that the worker began."""
    return childindex_queries.get_search(token=address.rpartition("/")[2], viewer=the_worker())[0]


def test_what_stands_in_the_address_never_takes_the_place_of_what_was_posted(worker):
    answer = worker.post("/find?name=Other&number=x&birth_date-day=9", {"name": "Smith", "age_band": ""})

    assert answer.status_code == 302
    asked = criteria_of(answer["Location"])
    assert (asked.name, asked.number, asked.birth_date) == ("Smith", "", None)


def test_of_a_field_that_is_sent_twice_the_last_counts_everywhere(worker):
    body = urllib.parse.urlencode([("name", "First"), ("name", "Last"), ("age_band", "")])
    answer = worker.generic("POST", "/find", body, "application/x-www-form-urlencoded")

    assert criteria_of(answer["Location"]).name == "Last"


def test_fields_that_no_form_has_set_nothing(worker):
    more = {
        "user_id": "1",
        "viewer": "steward",
        "role": "steward",
        "purpose": "own_work",
        "is_active": "1",
        "expires_at": "2099-01-01",
    }

    address = visiting.search(worker, name="Smith", **more)

    assert criteria_of(address).name == "Smith"
    assert asking.events()[-1].actor_id == the_worker().user_id
    assert worker.get("/files").status_code == 403


class TestDownload:
    @pytest.fixture
    def batch(self, analyst) -> str:
        with asking.peeking():
            ((batch,),) = asking.rows("SELECT id FROM records_batch WHERE state = 'loaded' ORDER BY id LIMIT 1")
        return str(batch)

    @pytest.mark.parametrize(
        "name", ['a";x="b.csv', "a\r\nSet-Cookie: x=y.csv", "../../etc/passwd.csv", "Zoë's file.csv", "a\u202ecsv.exe"]
    )
    def test_it_is_saved_and_never_shown_under_a_name_that_breaks_nothing(self, analyst, batch, name):
        visiting.write_as_batch("UPDATE records_batch SET file_name = %s WHERE id = %s", name, batch)

        answer = analyst.get(f"/files/{batch}/refused")
        said = answer["Content-Disposition"]

        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert said.startswith("attachment; filename")
        assert "/" not in urllib.parse.unquote(said)
        assert "Set-Cookie" not in answer.headers
        assert not set(said) & set("\r\n\x00")

    def test_no_file_that_came_in_is_given_out_as_it_came(self, analyst, addresses):
        kinds = {analyst.get(address).get("Content-Type", "") for address in addresses}

        assert kinds <= walking.KINDS
