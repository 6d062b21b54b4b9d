"""What is taken from someone is gone at their very next request, however many processes serve it and whatever is under way."""

import collections
import dataclasses
import json
import random
import time
from concurrent import futures

import psycopg
import pytest

from joinedup.foundation.access import rules as access_rules
from tests import databases
from tests.authorisation import population, surfaces
from tests.faults import site

SECRET = "a secret of the tests, which lets one system in and guards nothing"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One way of taking something from one person, or of guarding one child, and of giving it back.

    Shapes: `row` is the kind of planted word that must be gone, where others may stay.
    """

    role: str
    ground: str
    take: str
    give_back: str
    row: str = ""
    is_system: bool = False


_ENDED = (
    "UPDATE access_groundheld SET ended_at = {} WHERE user_id = %(user)s AND subject_id = %(child)s AND ground = '{}'"
)
LANES = {
    "a role ends": Lane(
        role="social_worker",
        ground="I",
        take="UPDATE access_roleheld SET ended_at = now() WHERE user_id = %(user)s",
        give_back="UPDATE access_roleheld SET ended_at = NULL WHERE user_id = %(user)s",
    ),
    "the person may sign in no more": Lane(
        role="lead_professional",
        ground="L",
        take="UPDATE access_user SET is_active = false WHERE id = %(user)s",
        give_back="UPDATE access_user SET is_active = true WHERE id = %(user)s",
    ),
    "the session is ended": Lane(
        role="manager",
        ground="S",
        take="DELETE FROM access_session WHERE user_id = %(user)s",
        give_back="INSERT INTO access_session SELECT * FROM kept_session WHERE user_id = %(user)s",
    ),
    "an invitation ends": Lane(
        role="reviewing_officer", ground="V", take=_ENDED.format("now()", "V"), give_back=_ENDED.format("NULL", "V")
    ),
    "an emergency is over": Lane(
        role="out_of_hours",
        ground="B",
        take=_ENDED.format("now()", "B"),
        give_back=_ENDED.format("now() + interval '30 minutes'", "B"),
        row="c3",
    ),
    "the child is sealed": Lane(
        role="universal",
        ground="P",
        take="UPDATE people_child SET is_sealed = true WHERE id = %(child)s",
        give_back="UPDATE people_child SET is_sealed = false WHERE id = %(child)s",
    ),
    "a conflict is declared": Lane(
        role="youth_justice",
        ground="E",
        take="INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at) "
        "VALUES (gen_random_uuid(), %(user)s, %(child)s, 'X', 'declared', false, now() - interval '1 second')",
        give_back="DELETE FROM access_groundheld WHERE user_id = %(user)s AND subject_id = %(child)s AND ground = 'X'",
    ),
    "the person leaves the agency": Lane(
        role="safeguarding_lead",
        ground="E",
        take="DELETE FROM agencies_practitioner WHERE user_id = %(user)s",
        give_back="INSERT INTO agencies_practitioner SELECT * FROM kept_practitioner WHERE user_id = %(user)s",
    ),
    "another system is shut out": Lane(
        role="integration",
        ground="I",
        is_system=True,
        take="UPDATE access_apiclient SET ended_at = now() WHERE user_id = %(user)s",
        give_back="UPDATE access_apiclient SET ended_at = NULL WHERE user_id = %(user)s",
    ),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Racing:
    """The population in a database of its own, served as it is to people, with everyone signed in."""

    database: str
    place: site.Site
    everyone: population.Population
    cookies: dict[str, str]

    def browser(self, lane: Lane) -> site.Browser:
        if lane.is_system:
            return self.place.browser(secret=SECRET)
        return self.place.browser(cookies={"joinedup_session": self.cookies[lane.role]})

    def race(self, lane: Lane, *, races: int, seed: int) -> collections.Counter:
        """Take and give back while requests are under way; count what those, and the ones sent afterwards, were shown."""
        person, child = self.everyone.person(lane.role), self.everyone.child(lane.ground)
        given = {"user": person.id, "child": child.id}
        path = f"/api/v1/children/{child.number}/chronology" if lane.is_system else f"/child/{child.number}"
        dice, told = random.Random(seed), collections.Counter()
        under_way, next_one = self.browser(lane), self.browser(lane)
        with (
            psycopg.connect(databases.admin_url(self.database), autocommit=True) as administrator,
            futures.ThreadPoolExecutor(max_workers=1) as other,
        ):
            assert is_shown(lane, next_one.get(path)), "nothing is shown to begin with"
            for _ in range(races):
                meanwhile = other.submit(under_way.get, path)
                time.sleep(dice.uniform(0, 0.03))
                administrator.execute(lane.take, given)
                told["stale"] += is_shown(lane, next_one.get(path))
                told["shown meanwhile"] += is_shown(lane, meanwhile.result(timeout=120))
                administrator.execute(lane.give_back, given)
            assert is_shown(lane, next_one.get(path)), "nothing is shown in the end"
        told["races"] = races
        return told


def is_shown(lane: Lane, answer: site.Answer) -> bool:
    """Say whether an answer holds what is to be taken away; only these answers are expected at all."""
    assert answer.status in {200, 302, 401, 403, 404}, answer
    return any(f"{lane.row}end" in word for word in surfaces.words_in(answer.body))


@pytest.fixture
def racing(own_database, acting_in, processes):
    with acting_in(own_database):
        everyone = population.fill()
        people = {lane.role: everyone.person(lane.role) for lane in LANES.values()}
        clients = {role: surfaces.sign_in(person) for role, person in people.items()}
        surfaces.say_why(clients["out_of_hours"], [everyone.child("B")])
        cookies = {role: client.cookies["joinedup_session"].value for role, client in clients.items()}
    with psycopg.connect(databases.admin_url(own_database), autocommit=True) as administrator:
        administrator.execute("UPDATE access_session SET expire_date = now() + interval '6 hours'")
        administrator.execute("CREATE TABLE kept_session AS SELECT * FROM access_session")
        administrator.execute("CREATE TABLE kept_practitioner AS SELECT * FROM agencies_practitioner")
        administrator.execute(
            "INSERT INTO access_apiclient (id, user_id, name, secret_hash, made_at) "
            "VALUES (gen_random_uuid(), %s, 'A system', %s, now())",
            [people["integration"].id, access_rules.hash_of_secret(SECRET)],
        )
    with site.pages(databases.environment(own_database), workers=processes) as place:
        yield Racing(database=own_database, place=place, everyone=everyone, cookies=cookies)


@pytest.mark.parametrize("processes", [1])
def test_every_way_of_taking_something_away_is_raced(racing):
    run(racing, races=4)


@pytest.mark.slow
@pytest.mark.parametrize("processes", [2])
def test_ten_thousand_races_show_nothing_stale(racing):
    run(racing, races=1_112)


def run(racing, *, races):
    with futures.ThreadPoolExecutor(max_workers=3) as pool:
        waiting = {
            name: pool.submit(racing.race, lane, races=races, seed=seed)
            for seed, (name, lane) in enumerate(LANES.items())
        }
        told = {name: done.result() for name, done in waiting.items()}
    print(json.dumps(told))
    assert {name: counts["stale"] for name, counts in told.items() if counts["stale"]} == {}
