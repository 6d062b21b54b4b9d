"""Ways to ask for a child as people do, the children asked for, and a look at what the audit then holds."""

import contextlib
import dataclasses
import datetime
import uuid
from collections.abc import Callable, Iterator

from django.db import connection

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation import text
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import queries, rules
from tests import databases
from tests.conftest import TODAY, as_role

NOBODY_ELSE = access_rules.Viewer(user_id=uuid.UUID(int=9), name="Ines Wray", roles=frozenset({"safeguarding_lead"}))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A child of the borough, as the test knows them."""

    id: uuid.UUID
    number: str
    given: str
    family: str
    born: datetime.date
    nhs_number: str
    upn: str
    postcode: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


def lead_of(agency_code: str) -> access_rules.Viewer:
    """Return the person of the borough who looks children up for the whole of one agency."""
    user_id = databases.looker_of(agency_code)
    viewer = agencies_queries.find_viewer(user_id=user_id, session="", request_id=uuid.UUID(int=2))
    assert viewer is not None
    return viewer


def steward() -> access_rules.Viewer:
    """Return someone of the borough for whom one thing known of a child is enough to ask the whole index."""
    ((user_id,),) = rows("SELECT id FROM access_user WHERE username = 'steward'")
    viewer = agencies_queries.find_viewer(user_id=user_id, session="", request_id=uuid.UUID(int=2))
    assert viewer is not None
    return viewer


def rows(query: str, *given: object) -> list[tuple]:
    """Read as the role that the test runs under, through a view of its own."""
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchall()


@contextlib.contextmanager
def peeking() -> Iterator[None]:
    """Look into the tables for the test itself, as the batch role sees them."""
    with as_role("batch"):
        yield


_CHILDREN = """
SELECT c.id, c.number, s.given_name, s.family_name, s.birth_date, s.nhs_number, s.upn, s.postcode
FROM people_childsummary s JOIN people_child c ON c.id = s.child_id
WHERE s.given_name <> '' AND s.family_name <> '' AND s.birth_date IS NOT NULL
ORDER BY s.sort_name, s.birth_date, s.nhs_number, s.upn
"""


def children(keep: Callable[[Known], bool] = lambda _: True, *, most: int = 60) -> list[Known]:
    """Return children of the borough, the same ones every time, spread over the alphabet."""
    names = [field.name for field in dataclasses.fields(Known)]
    with peeking():
        everyone = [Known(**dict(zip(names, row, strict=True))) for row in rows(_CHILDREN)]
    kept = [known for known in everyone if keep(known)]
    step = max(len(kept) // most, 1)
    return kept[::step][:most]


def found_by(viewer: access_rules.Viewer, **criteria: object) -> tuple[queries.FoundChild, ...]:
    """Return who is found by what was remembered."""
    asked = rules.Criteria(**criteria)
    return queries.find_children(viewer=viewer, criteria=asked, purpose="referral", on=TODAY).children


def place_of(known: Known, found: tuple[queries.FoundChild, ...]) -> int:
    """Return at which place a child stands in a list, 0 for the first; 999 for not at all."""
    return next((place for place, one in enumerate(found) if one.card.number == known.number), 999)


def share_among_first_three(asked: list[tuple[Known, dict]], viewer: access_rules.Viewer) -> float:
    """Return how often the right child is among the first three."""
    places = [place_of(known, found_by(viewer, **criteria)) for known, criteria in asked]
    return sum(place < 3 for place in places) / len(places)


def missing(word: str) -> str:
    return word[: len(word) // 2] + word[len(word) // 2 + 1 :]


def added(word: str) -> str:
    return word[: len(word) // 2] + "u" + word[len(word) // 2 :]


def wrong(word: str) -> str:
    return word[: len(word) // 2] + ("o" if word[len(word) // 2] != "o" else "e") + word[len(word) // 2 + 1 :]


def exchanged(word: str) -> str:
    place = next((n for n in range(len(word) // 2, len(word) - 1) if word[n] != word[n + 1]), 0)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def respelt(word: str) -> str:
    """Write a folded name otherwise, so that it sounds the same; itself where no way is known."""
    new = word
    for old, other in (("ph", "f"), ("ck", "k"), ("ee", "ea"), ("ie", "y"), ("ll", "l"), ("nn", "n"), ("ss", "s")):
        new = new.replace(old, other)
    return new if text.sound(new) == text.sound(word) else word


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What the audit holds of one look."""

    id: uuid.UUID
    at: datetime.datetime
    actor_id: uuid.UUID | None
    actor_name: str
    roles: str
    act: str
    purpose: str
    reason: str
    record_ref: str
    criteria_hash: bytes | None
    request_id: uuid.UUID | None
    subjects: frozenset[uuid.UUID]


def events() -> list[Event]:
    """Return the events that this transaction has written, in order."""
    names = [field.name for field in dataclasses.fields(Event)][:-1]
    with as_role("definer"):
        found = rows(
            f"SELECT {', '.join(names)}, array(SELECT subject_id FROM audit_auditsubject s WHERE s.event_id = e.id) "
            "FROM audit_auditevent e WHERE xact_id = pg_current_xact_id()::text::bigint ORDER BY at, id"
        )
    return [Event(**dict(zip(names, row, strict=False)), subjects=frozenset(row[-1])) for row in found]
