"""Coming in as oneself: by a link that works once, by passkey, by code without JavaScript, and once more before what matters."""

import datetime
import re
import subprocess
import sys
import time
import uuid

import psycopg
import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from joinedup.foundation.access import sessions
from tests import databases
from tests.journeys.journey import Journey

PASSWORD = "copper lantern seven owls"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def joinedup_user(database: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "joinedup", "user", *arguments],
        env=databases.environment(database, DJANGO_SETTINGS_MODULE="joinedup.config.settings.demo"),
        cwd=databases.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def add_user(database: str, role: str) -> tuple[str, str]:
    """Add a person by command; return their user name, and the path of their link."""
    username = f"person-{uuid.uuid4().hex[:6]}"
    said = joinedup_user(
        *(database, "add", username, "Nerys Vaughan", "--agency", "social_care", "--title", "Officer", "--role", role)
    )
    return username, re.search(r"/sign-in/set-up/\S+", said)[0]


def choose_password(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()


def code(secret: str, *, ahead: int = 0) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + ahead))


def let_second_factors_grow_old(database: str) -> None:
    """Let eleven minutes pass since anyone of this site showed a second factor."""
    store = sessions.SessionStore()
    with psycopg.connect(databases.admin_url(database), autocommit=True) as connection:
        rows = connection.execute("SELECT session_key, session_data FROM access_session").fetchall()
        for key, data in rows:
            held = store.decode(data)
            if "stepped_up_at" in held:
                at = datetime.datetime.fromisoformat(held["stepped_up_at"]) - datetime.timedelta(minutes=11)
                changed = store.encode({**held, "stepped_up_at": at.isoformat()})
                connection.execute("UPDATE access_session SET session_data = %s WHERE session_key = %s", [changed, key])


class TestAPasskey(Journey):
    @pytest.fixture
    def page(self, chromium, site, site_database):
        self.database = site_database
        # A passkey belongs to a name, and never to bare numbers.
        context = chromium.new_context(base_url=site.replace("127.0.0.1", "localhost"), locale="en-GB")
        page = context.new_page()
        devices = context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield page
        context.close()

    def test_it_is_set_up_signs_in_alone_and_is_shown_again_before_what_matters(self):
        self.given_i_have_come_in_by_my_link()
        self.when_i_set_a_passkey_up()
        self.and_i_sign_out()
        self.then_the_passkey_alone_signs_me_in_by_keyboard()
        self.and_i_see_where_i_am_signed_in()
        self.when_ten_minutes_have_passed()
        self.then_i_show_it_again_before_i_look_after_users()

    def given_i_have_come_in_by_my_link(self):
        _, path = add_user(self.database, "system_admin")
        choose_password(self.page, path)
        self.and_the_page_is_accessible()

    def when_i_set_a_passkey_up(self):
        self.page.get_by_role("button", name="Set up a passkey").click()
        expect(self.page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        self.and_the_page_is_accessible()
        self.page.get_by_role("button", name="I have kept them: go on").click()
        expect(self.page.get_by_role("link", name="Nerys Vaughan")).to_be_visible()

    def and_i_sign_out(self):
        self.page.get_by_role("button", name="Sign out").click()
        self.page.get_by_role("link", name="Sign in with your own name").click()
        self.and_the_page_is_accessible()

    def then_the_passkey_alone_signs_me_in_by_keyboard(self):
        button = self.page.get_by_role("button", name="Use a passkey")
        button.focus()
        button.press("Enter")
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def and_i_see_where_i_am_signed_in(self):
        self.page.get_by_role("link", name="Nerys Vaughan").click()
        self.then_i_see("This is the browser you are using")
        self.then_i_see("Passkey made with Chrome on Linux")
        self.and_the_page_is_accessible()

    def when_ten_minutes_have_passed(self):
        let_second_factors_grow_old(self.database)

    def then_i_show_it_again_before_i_look_after_users(self):
        self.page.get_by_role("link", name="People who sign in").click()
        expect(self.page.get_by_role("heading", name="Show that it is you")).to_be_visible()
        self.and_the_page_is_accessible()
        self.page.get_by_role("button", name="Use a passkey").click()
        expect(self.page.get_by_role("heading", name="People who sign in")).to_be_visible()
        self.and_the_page_is_accessible()
        self.and_nothing_personal_stands_in_the_address_or_title("Nerys", "Vaughan")


@pytest.mark.journey
def test_codes_work_without_javascript(plain_page: Page, site_database: str):
    username, path = add_user(site_database, "social_worker")
    choose_password(plain_page, path)
    expect(plain_page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    secret = plain_page.locator(".jd-secret").inner_text().replace(" ", "")
    plain_page.get_by_label("Code").fill(code(secret))
    plain_page.get_by_role("button", name="Set up codes").click()
    plain_page.get_by_role("button", name="I have kept them: go on").click()
    plain_page.get_by_role("button", name="Sign out").click()

    plain_page.get_by_role("link", name="Sign in with your own name").click()
    plain_page.get_by_label("User name").fill(username)
    plain_page.get_by_label("Password").fill(PASSWORD)
    plain_page.get_by_role("button", name="Continue").click()
    plain_page.get_by_label("Code").fill(code(secret, ahead=1))
    plain_page.get_by_role("button", name="Continue").click()

    expect(plain_page.get_by_role("link", name="Nerys Vaughan")).to_be_visible()
    joinedup_user(site_database, "end", username)
    plain_page.reload()
    expect(plain_page.get_by_role("heading", name="Sign in as")).to_be_visible()
    assert username in joinedup_user(site_database, "list")
