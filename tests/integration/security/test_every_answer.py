"""What every answer tells the browser, whatever was asked and whoever asked: pages, refusals, static files and failures."""

import json
import re

import django_permissions_policy
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from joinedup.config import browser
from tests.integration.security import walking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

STATIC = "/static/joinedup.css"
#: Powers that stay as browsers have them: without these, scrolling, typing or being told of an error would suffer.
LEFT_ALONE = {"aria-notify", "autofill", "focus-without-user-activation", "manual-text", "vertical-scroll"} | {
    "execution-while-not-rendered",
    "execution-while-out-of-viewport",
}
ODD = ("/nowhere", "/child/nonsense", "/static/nothing.css", "/find/%00", "//", "/.git/config", "/static/../run.py") + (
    "/files/a.css",
    "/child/a.css",
    "/about/a.js",
)


def directives(policy: str) -> dict[str, str]:
    return {name: rest.strip() for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}


def answers(addresses, role):
    visitor = visiting.sign_in(Client(), role) if role else Client()
    for address in (*addresses, *ODD):
        for look in (visitor.get, visitor.head, visitor.options, visitor.post):
            yield address, look(address)


@pytest.mark.parametrize("role", ["analyst", "board", ""])
def test_every_answer_is_kept_by_nobody_and_treated_as_what_it_is(addresses, role):
    for address, answer in answers(addresses, role):
        policy = directives(answer["Content-Security-Policy"])

        assert answer["Cache-Control"] == "no-store", address
        assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'", address
        assert policy["frame-ancestors"] == "'none'", address
        assert {policy[kind] for kind in ("script-src", "style-src", "img-src", "font-src", "connect-src")} == {
            "'self'"
        }
        assert policy["form-action"] == "'self'"
        assert "unsafe" not in answer["Content-Security-Policy"], address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["X-Frame-Options"] == "DENY", address
        assert answer["Referrer-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert answer["Permissions-Policy"], address
        assert "Access-Control-Allow-Origin" not in answer, address


def test_every_answer_with_words_says_what_they_are_and_in_which_letters(addresses):
    for address, answer in answers(addresses, "analyst"):
        if answer.content:
            assert answer["Content-Type"] in walking.KINDS, address
            answer.content.decode("utf-8")


def test_every_answer_is_as_long_as_it_says(addresses):
    for address, answer in answers(addresses, "analyst"):
        if "Content-Length" in answer and answer.request["REQUEST_METHOD"] != "HEAD":
            assert int(answer["Content-Length"]) == len(answer.content), address


def test_no_answer_says_what_it_was_made_with(addresses):
    for address, answer in answers(addresses, "analyst"):
        assert answer["Server"] == "Joinedup", address
        assert {"X-Powered-By", "X-Runtime"} & answer.headers.keys() == set(), address


def test_no_page_holds_a_script_or_a_style_of_its_own(addresses):
    for address, answer in answers(addresses, "analyst"):
        page = answer.content.decode()
        assert not re.search(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=|javascript:|data:", page), address


def test_scripts_of_ours_keep_no_page_and_run_no_text(addresses, worker):
    for address in addresses:
        page = worker.get(address).content.decode()
        if "<html" in page:
            (said,) = re.findall(r'<meta name="htmx-config" content=\'(.*?)\'>', page)
            htmx = json.loads(said)
            assert (htmx["historyCacheSize"], htmx["allowEval"], htmx["selfRequestsOnly"]) == (0, False, True), address


def test_every_script_style_and_picture_is_ours_and_is_there(addresses):
    asked = set()
    for _, answer in answers(addresses, "analyst"):
        asked |= set(re.findall(r'<(?:script|img)[^>]* src="([^"]*)"', answer.content.decode()))
        asked |= set(re.findall(r'<link[^>]* href="([^"]*)"', answer.content.decode()))

    assert asked
    assert all(address.startswith("/static/") for address in asked)
    assert [address for address in asked if finders.find(address.removeprefix("/static/")) is None] == []


class TestStaticFiles:
    def test_they_may_be_kept_for_they_are_the_same_for_everyone(self):
        answer = Client().get(STATIC)

        assert answer.status_code == 200
        assert "max-age" in answer["Cache-Control"]
        assert "no-store" not in answer["Cache-Control"]

    def test_they_are_treated_as_what_they_are_and_lent_to_no_other_site(self):
        answer = Client().get(STATIC)

        assert answer["Content-Type"].startswith("text/css")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert directives(answer["Content-Security-Policy"])["frame-ancestors"] == "'none'"
        assert "Access-Control-Allow-Origin" not in answer

    def test_nothing_of_anyone_stands_in_them(self, worker):
        assert b"".join(worker.get(STATIC)) == b"".join(Client().get(STATIC))

    @pytest.mark.parametrize(
        "path",
        ["/static/", "/static/vendor/", "/static/../config/settings/base.py", "/static/%2e%2e/urls.py", "/.git/HEAD"],
    )
    def test_no_folder_is_listed_and_nothing_outside_is_served(self, path):
        answer = Client().get(path)

        assert answer.status_code == 404
        assert "This page was not found" in answer.content.decode()


def test_a_page_has_none_of_the_browsers_powers_but_passkeys():
    policy = Client().get("/about")["Permissions-Policy"]
    given = dict(part.strip().split("=") for part in policy.split(","))

    assert {power for power, whom in given.items() if whom != "()"} == {
        "publickey-credentials-create",
        "publickey-credentials-get",
    }
    assert given["publickey-credentials-get"] == "(self)"


def test_a_power_that_browsers_learn_is_looked_at():
    hints = {power for power in django_permissions_policy._FEATURE_NAMES if power.startswith("ch-")}

    assert django_permissions_policy._FEATURE_NAMES - hints - browser.PERMISSIONS_POLICY.keys() == LEFT_ALONE


def test_signing_out_has_the_browser_forget_everything(worker):
    answer = worker.post("/sign-out")

    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert worker.get("/")["Location"].startswith("/sign-in")


def test_every_page_of_someone_signed_in_has_the_way_out(addresses):
    for role in ("analyst", "social_worker", "board"):
        visitor = visiting.sign_in(Client(), role)
        for address in (*addresses, *ODD):
            page = visitor.get(address).content.decode()
            if "<html" in page:
                assert 'action="/sign-out"' in page, (role, address)


def test_only_signing_out_has_the_browser_forget(addresses, worker):
    for address in addresses:
        assert "Clear-Site-Data" not in worker.get(address), address


def test_no_answer_leads_away_from_this_site(addresses):
    for address, answer in answers(addresses, ""):
        if "Location" in answer:
            assert re.match(r"/(?!/)", answer["Location"]), address


def test_the_walk_meets_every_route(addresses):
    assert len(addresses) == len(walking.routes())
    assert {"home", "find", "found", "child", "files", "batch", "sign-out"} <= {
        route.name for route in walking.routes()
    }
