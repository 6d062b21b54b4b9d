"""Walking the product: each of its addresses, whoever added it, and what a request changed in the database.

Belongs here: finding addresses by the product's own list of them. Not here: what must be true of an answer.
"""

import dataclasses
import itertools
import uuid
from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.integration.looking import asking
from tests.integration.web import visiting

#: What any request may write: who looked, and the session of whoever did.
MAY_WRITE = ("audit_", "access_session")
#: What answers are made of: pages, a list to download, and what the API answers and refuses, which is in UTF-8 by definition.
KINDS = {"text/html; charset=utf-8", "text/csv; charset=utf-8"} | {
    *("application/json", "application/json; charset=utf-8", "application/problem+json")
}
_ONE_RECORD = (
    "SELECT c.number, i.source_record_id FROM people_child c JOIN childindex_link l ON l.child_id = c.id "
    "AND l.ended_at IS NULL JOIN records_identitystatement i ON i.person_record_id = l.person_record_id "
    "AND i.is_current ORDER BY c.number LIMIT 1"
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One pattern of the product's addresses: its full name, and what has to be filled in."""

    name: str
    parts: tuple[str, ...]


def routes() -> list[Route]:
    """Return every named pattern, those of included packages too."""
    return list(_routes(get_resolver().url_patterns, ""))


def _routes(patterns: list[URLPattern | URLResolver], within: str) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _routes(pattern.url_patterns, within + space)
        elif pattern.name:
            yield Route(name=within + pattern.name, parts=tuple(pattern.pattern.regex.groupindex))


def is_of_the_api(address: str) -> bool:
    """Say whether an address is for programs, which are answered in the one shape of problems and never by a page."""
    return address.startswith("/api/")


def known(searcher: Client) -> dict[str, object]:
    """Return something real for whatever an address has to be filled with."""
    token = visiting.search(searcher, name="Smith").rpartition("/")[2]
    with asking.peeking():
        ((number, record),) = asking.rows(_ONE_RECORD)
        ((batch,),) = asking.rows("SELECT id FROM records_batch WHERE state = 'loaded' ORDER BY id LIMIT 1")
    return {"token": token, "number": number, "record_id": record, "batch_id": batch}


def addresses(known: dict[str, object]) -> list[str]:
    """Return the address of each route; what is not known is filled with something of the right shape."""
    found = []
    for route in routes():
        unknown = [part for part in route.parts if part not in known]
        for others in itertools.product((uuid.UUID(int=7), "7", "abc-7"), repeat=len(unknown)):
            filled = {part: known[part] for part in route.parts if part in known} | dict(
                zip(unknown, others, strict=True)
            )
            try:
                found.append(reverse(route.name, kwargs=filled))
                break
            except NoReverseMatch:
                continue
    return found


def written() -> dict[str, int]:
    """Return for each table how many rows this transaction has inserted, changed or deleted, rolled back ones included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


def written_besides(before: dict[str, int], *may: str) -> set[str]:
    """Return the tables that were written to since, those apart that any request may write to."""
    now = written()
    return {table for table, rows in now.items() if rows != before.get(table, 0) and not table.startswith(may)}
