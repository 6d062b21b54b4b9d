"""Every address, for every role: who is let in, what a look may not change, and what every answer carries."""

import urllib.parse
import uuid

import pytest
from django.test import Client

from joinedup.foundation import ids
from joinedup.web import urls
from tests.conftest import as_role
from tests.integration import standing
from tests.integration.looking import asking
from tests.integration.web import visiting
from tests.integration.web.reaching import (
    EVERYONE,
    FILES,
    LOOKS,
    NOBODY,
    OWN_ONLY,
    PATHS,
    SHOWN,
    SIGNED_IN,
    TAKES_POSTS,
)

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def paths(client) -> dict[str, str]:
    """The addresses with a real child, record, batch and search of someone else in them."""
    client.post("/sign-in", {"persona": "safeguarding-lead"})  # who is not among those that usernames() gives
    token = visiting.search(client, name="Smith").rpartition("/")[2]
    with asking.peeking():
        ((number, record),) = asking.rows(
            "SELECT c.number, i.source_record_id FROM people_child c JOIN childindex_link l ON l.child_id = c.id "
            "AND l.ended_at IS NULL JOIN records_identitystatement i ON i.person_record_id = l.person_record_id "
            "AND i.is_current ORDER BY c.number LIMIT 1"
        )
        ((batch,),) = asking.rows("SELECT id FROM records_batch WHERE state = 'loaded' ORDER BY id LIMIT 1")
    known = {"token": token, "number": number, "record": record, "batch": batch}
    known |= {"alert": uuid.uuid4(), "export": uuid.uuid4()}
    return {name: path.format(**known) for name, path in PATHS.items()}


def someone(role: str) -> Client:
    return visiting.sign_in(Client(), role) if role else Client()


def standing_now() -> dict:
    with as_role("batch"):
        return standing.checksums()


def test_every_address_and_every_role_is_spoken_of(paths):
    assert {pattern.name for pattern in urls.urlpatterns} == SHOWN.keys() == PATHS.keys()
    assert visiting.usernames().keys() == SIGNED_IN


def expected(name: str, role: str) -> set[int]:
    """Return the answers of an address to a role that is let in: a child's own depend on whether the child is theirs."""
    status = SHOWN[name][1]
    if name in {"plan", "plan-act"}:
        # Whoever need not say why they look, finds that there is no such plan.
        return {status, 404}
    if name.startswith("protection"):
        return {
            200,
            status,
            403,
            404,
        }  # of a child of theirs: there for whoever reads the statutory case, and for nobody else
    if name.startswith("voice"):
        return {
            200,
            status,
            404,
        }  # of a child of theirs: nothing of this identifier; of another's that they may not see
    if name.startswith("assessment"):
        return {200, status, 403, 404, 405}  # of a child of theirs: none of this identifier, or none to begin
    if name not in {"child", "source-record", "child-help"}:
        return {status}
    return {200, 404} if role in OWN_ONLY else {200, status}


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_each_role_is_let_in_where_its_work_lies_and_nowhere_else(role, paths):
    visitor = someone(role)

    for name, path in paths.items():
        who, _ = SHOWN[name]
        for look in (visitor.get, visitor.head):
            answer = look(path)
            if role in who:
                assert answer.status_code in expected(name, role), (name, answer.status_code)
            elif role:
                assert answer.status_code == 403, (name, answer.status_code)
            else:
                assert answer.status_code == 302, (name, answer.status_code)
                assert answer["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_a_post_is_let_in_where_a_look_is(role, paths):
    for name in ("find", "why", "files", "batch-load", "batch-undo"):
        who = LOOKS if name in {"find", "why"} else FILES
        answer = someone(role).post(paths[name])

        if role in who:
            assert answer.status_code in {302, 422}, (name, answer.status_code)
        else:
            assert answer.status_code == (403 if role else 302), (name, answer.status_code)
            assert role or answer["Location"].startswith("/sign-in")


@pytest.mark.parametrize("role", ["analyst", "universal", "board", NOBODY])
def test_looking_changes_nothing_that_is_known_of_a_child(role, paths):
    visitor = someone(role)
    before = standing_now()

    for path in paths.values():
        visitor.get(path)
        visitor.head(path)

    assert standing_now() == before


def test_a_head_has_the_headers_and_nothing_else(analyst, paths):
    for name in ("home", "find", "files", "batch", "about"):
        looked, head = analyst.get(paths[name]), analyst.head(paths[name])

        assert head.content == b""
        assert head.headers.keys() - {"Content-Length"} == looked.headers.keys() - {"Content-Length"}


@pytest.mark.parametrize("role", ["analyst", "board", NOBODY])
def test_every_answer_is_kept_by_nobody_and_runs_nothing_of_others(role, paths):
    visitor = someone(role)

    for path in (*paths.values(), "/nowhere", "/child/nonsense"):
        answer = visitor.get(path)
        policy = answer["Content-Security-Policy"]

        assert answer["Cache-Control"] == "no-store", path
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert b"<style" not in answer.content
        assert b" style=" not in answer.content
        assert b" onclick=" not in answer.content


@pytest.mark.parametrize("name", TAKES_POSTS)
def test_a_form_that_is_not_ours_is_refused_in_plain_words_and_changes_nothing(name, paths):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = someone("analyst").cookies
    before = standing_now()

    answer = strict.post(paths[name], {"persona": "steward", "name": "Smith", "reason": "referral", "age_band": ""})

    assert answer.status_code == 400
    assert "That request could not be understood" in answer.content.decode()
    assert standing_now() == before
    assert strict.get("/").status_code == 200  # and is still signed in


class TestNotFound:
    @pytest.fixture
    def unknown(self, worker) -> str:
        """The page for a child number that was never given, without the tokens that each rendering has anew."""
        answer = worker.get(f"/child/{ids.new_child_number()}")
        assert answer.status_code == 404
        return visiting.main(answer.content.decode())

    @pytest.mark.parametrize(
        "written",
        ["nonsense", "123456789", "7K3M9Q2XR0", "%00", "..", "%2e%2e", "' OR 1=1", "%F0%9F%91%B6", "x" * 3_000],
    )
    def test_a_number_that_cannot_be_one_is_answered_like_one_never_given(self, worker, unknown, written):
        answer = worker.get(f"/child/{written}")

        assert answer.status_code == 404
        assert visiting.main(answer.content.decode()) == unknown

    def test_a_withdrawn_child_is_answered_like_one_never_given(self, worker, unknown):
        known = asking.children(most=1)[0]
        visiting.write_as_batch("UPDATE people_child SET state = 'withdrawn' WHERE id = %s", known.id)

        answer = worker.get(f"/child/{known.number}")

        assert answer.status_code == 404
        assert visiting.main(answer.content.decode()) == unknown

    def test_a_record_of_another_child_is_answered_like_one_never_given(self, worker, unknown):
        known, other = asking.children(most=2)[:2]
        address = visiting.open_child(worker, known.number)
        with asking.peeking():
            ((theirs,),) = asking.rows(
                "SELECT s.id FROM records_sourcerecord s JOIN childindex_link l ON l.person_record_id = s.person_record_id "
                "WHERE l.child_id = %s LIMIT 1",
                other.id,
            )

        for record in (theirs, uuid.uuid4()):
            answer = worker.get(f"{address}/record/{record}")
            assert answer.status_code == 404
            assert visiting.main(answer.content.decode()) == unknown

    @pytest.mark.parametrize("token", ["x" * 43, "nonsense", "%00", "%27", "x" * 3_000])
    def test_a_search_that_is_over_or_never_was_is_not_found(self, worker, token):
        assert worker.get(f"/find/{token}").status_code == 404

    def test_a_batch_that_never_was_is_not_found(self, analyst):
        for end in ("", "/refused", "/undo"):
            assert analyst.get(f"/files/{uuid.uuid4()}{end}").status_code == 404
        assert analyst.post(f"/files/{uuid.uuid4()}/load").status_code == 404


@pytest.mark.parametrize("path", ["/find/%00", "/child/%00", "/find/%ff%fe", "/child/%ED%A0%80", "/files/%00", "/%00"])
@pytest.mark.parametrize("role", ["universal", "board", NOBODY])
def test_letters_that_no_database_keeps_are_never_our_fault(path, role):
    assert someone(role).get(path).status_code in {302, 403, 404}


def test_what_is_posted_amiss_is_answered_in_words(worker):
    for odd in visiting.ODD:
        assert worker.post("/find", {"name": odd, "number": odd, "postcode": odd, "age_band": odd}).status_code == 422
        assert worker.post("/sign-in", {"persona": odd, "next": odd}).status_code == 422
    known = asking.children(most=1)[0]
    for odd in visiting.ODD:
        assert worker.post(f"/child/{known.number}/why", {"reason": odd, "note": odd}).status_code == 422


def test_an_upload_with_an_odd_agency_is_answered_in_words(analyst):
    from django.core.files.uploadedfile import SimpleUploadedFile

    for odd in visiting.ODD:
        file = SimpleUploadedFile("2024_autumn_onroll.csv", b"a,b\n1,2\n")
        assert analyst.post("/files", {"agency": odd, "file": file}).status_code == 422


@pytest.mark.parametrize(
    "after", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nX: y", "\x00"]
)
def test_signing_in_never_leads_away(client, after):
    answer = client.post("/sign-in", {"persona": visiting.usernames()["analyst"], "next": after})

    assert answer.status_code == 302
    assert urllib.parse.urlsplit(answer["Location"]).netloc == ""
    assert answer["Location"].startswith("/")
    assert "\r" not in answer["Location"]


def test_no_two_addresses_are_the_same():
    written = [str(pattern.pattern) for pattern in urls.urlpatterns]

    assert sorted(written) == sorted(set(written))
