"""Ways into the product as a browser goes them, and what a page's list shows.

Belongs here: steps that the tests of pages share. Not here: what a page must do.
"""

import html
import re
import urllib.parse
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import as_role
from tests.integration.looking import asking

#: What may stand in an address by mistake or ill will.
ODD = ("0", "-1", "1e9", "999999999", "99999999999999999999", "٣", "²", "x", "\x00", "'", "%", "<b>", "a" * 5_000)
_USERNAMES = """
SELECT DISTINCT ON (r.role) r.role, u.username FROM access_user u
JOIN access_roleheld r ON r.user_id = u.id AND r.ended_at IS NULL WHERE u.is_demo ORDER BY r.role, u.username
"""


def usernames() -> dict[str, str]:
    """Return one person of the demonstration for each role."""
    return dict(asking.rows(_USERNAMES))


def sign_in(client: Client, role: str) -> Client:
    """Sign in by the button of the sign-in page."""
    answer = client.post("/sign-in", {"persona": usernames()[role]})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    return client


def search(client: Client, **remembered: str) -> str:
    """Ask for a child; return the address of the answer."""
    answer = client.post("/find", {"age_band": "", **remembered})
    assert answer.status_code == 302
    return answer["Location"]


def open_child(client: Client, number: str) -> str:
    """Say why the child's page is opened; return its address."""
    answer = client.post(f"/child/{number}/why", {"reason": "referral", "note": ""})
    assert answer.status_code == 302
    return answer["Location"]


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def token(client: Client, address: str) -> str:
    """Return what proves that a form of this page is ours."""
    return texts(r'name="csrfmiddlewaretoken" value="([^"]*)"', body(client, address))[0]


def main(page: str) -> str:
    """Return what is a page's own, without the tokens that each rendering has anew."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def texts(pattern: str, page: str) -> list[str]:
    """Return the words at each place of a page that fits."""
    return [html.unescape(re.sub(r"<[^>]+>", "", found)).strip() for found in re.findall(pattern, page, re.DOTALL)]


def links(page: str) -> dict[str, str]:
    """Return the addresses of a page's links by their words; of several alike, the first."""
    found: dict[str, str] = {}
    for href, inner in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL):
        words = " ".join(html.unescape(re.sub(r"<[^>]+>", "", inner)).split())
        found.setdefault(words, html.unescape(href))
    return found


def write_as_batch(statement: str, *given: object) -> None:
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(statement, given or None)


def write_as_owner(statement: str, *given: object) -> None:
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute(statement, given or None)


def queries_of(client: Client, address: str) -> int:
    """Return how many queries a page takes."""
    body(client, address)  # whatever is only done the first time is done
    with CaptureQueriesContext(connection) as counted:
        body(client, address)
    return len(counted)


def all_pages(client: Client, address: str, shown: Callable[[str], list]) -> list:
    """Follow Next to the end; return what all pages show."""
    found: list = []
    while True:
        page = body(client, address)
        found += shown(page)
        onward = next((href for words, href in links(page).items() if words.startswith("Next")), None)
        if onward is None:
            return found
        address = urllib.parse.urljoin(address, onward)
