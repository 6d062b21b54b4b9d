"""People who are to sign in, and the steps by which they do, as a browser takes them.

Belongs here: steps that the tests of signing in share. Not here: what must come of them.
"""

import datetime
import html
import re
import time
import uuid

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.db import connection, transaction
from django.test import Client

from joinedup.delivery.agencies import operations as agencies_operations
from joinedup.delivery.agencies import rules as agencies_rules
from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from tests.conftest import as_role

PASSWORD = "copper lantern seven owls"
COMMAND = access_rules.Viewer(user_id=None, name="test command", roles=frozenset({"command"}))
AGENCY = agencies_rules.Agency(
    code="social_care",
    name="Northshire council",
    kind="social_care",
    teams=(agencies_rules.Team(code="north", name="North team"),),
)


def join(username: str = "rpeel", *, roles: tuple[str, ...] = ("social_worker",), **more: str) -> uuid.UUID:
    """Add a person as `joinedup user add` does."""
    joiner = agencies_rules.Joiner(
        **{
            "username": username,
            "display_name": "Rukhsana Peel",
            "job_title": "Social worker",
            "agency_code": "social_care",
            "roles": roles,
            **more,
        }
    )
    with transaction.atomic(), as_role("batch"):
        agencies_operations.keep_agency(agency=AGENCY, by=COMMAND)
        return agencies_operations.keep_joiner(joiner=joiner, by=COMMAND, at=clock.now())


def link(user_id: uuid.UUID) -> str:
    """Return the address of a new set-up link."""
    with transaction.atomic(), as_role("batch"):
        token = agencies_operations.make_set_up_link(user_id=user_id, by=COMMAND, at=clock.now())
    return f"/sign-in/set-up/{token}"


def choose_password(client: Client, address: str, password: str = PASSWORD):
    return client.post(address, {"password": password, "again": password})


def set_codes_up(client: Client) -> str:
    """Set an application's codes up; return the key that it holds."""
    page = client.get("/account/second-factor").content.decode()
    secret = re.search(r'class="jd-secret">([^<]+)<', page)[1].replace(" ", "")
    answer = client.post("/account/second-factor", {"code": code(secret)})
    assert answer.status_code == 200, answer.content.decode()
    return secret


def recovery_codes(page: bytes) -> list[str]:
    return re.findall(r"<li>(\d{8})</li>", page.decode())


def code(secret: str, *, ahead: int = 0) -> str:
    """Return what the application shows now, or shows next."""
    counter = int(time.time()) // 30 + ahead
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def forget_codes_used() -> None:
    """Let time pass, as far as codes can tell."""
    for row in Authenticator.objects.filter(type="totp"):
        row.data.pop("last_counter", None)
        row.save()


def set_up(client: Client, username: str = "rpeel", **more) -> tuple[uuid.UUID, str]:
    """Add a person and have them come in by their link; return who they are, and the key of their codes."""
    user_id = join(username, **more)
    assert choose_password(client, link(user_id))["Location"] == "/account/second-factor"
    return user_id, set_codes_up(client)


def sign_in(client: Client, secret: str, *, username: str = "rpeel", next_href: str = ""):
    """Sign in by password and code; return the last answer."""
    forget_codes_used()
    answer = client.post("/sign-in/password", {"username": username, "password": PASSWORD, "next": next_href})
    assert answer["Location"] == "/sign-in/code"
    return client.post("/sign-in/code", {"code": code(secret)})


def let_pass(user_id: uuid.UUID, **passed: int) -> None:
    """Let so much time pass over every session of a person, in the database that decides."""
    interval = " ".join(f"{number} {unit}" for unit, number in passed.items())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_session SET expire_date = expire_date - %s::interval, seen_at = seen_at - %s::interval "
            "WHERE user_id = %s",
            [interval, interval, user_id],
        )


def step_back(client: Client, minutes: int = 11) -> None:
    """Let so much time pass since the second factor was shown."""
    session = client.session
    at = datetime.datetime.fromisoformat(session["stepped_up_at"]) - datetime.timedelta(minutes=minutes)
    session["stepped_up_at"] = at.isoformat()
    session.save()


def hidden(page: bytes) -> dict[str, str]:
    """Return what a page's last kept form would post."""
    shown = page.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', shown))
    fields |= {
        name: text.removeprefix("\n")
        for name, text in re.findall(r'<textarea hidden name="([^"]+)">(.*?)</textarea>', shown, re.DOTALL)
    }
    fields.pop("csrfmiddlewaretoken", None)
    return {name: html.unescape(text) for name, text in fields.items()}


def acts() -> list[str]:
    """Return what the audit has written, oldest first."""
    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute("SELECT act FROM audit_auditevent ORDER BY id")
        return [act for (act,) in cursor.fetchall()]
