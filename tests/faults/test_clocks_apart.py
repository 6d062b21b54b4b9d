"""However wrong the clock of a serving machine is, the database's decides: sessions, emergencies and the audit hold."""

import datetime
import random
import time
import types

import pytest

from joinedup.foundation import clock, ids
from joinedup.foundation.database import moment
from joinedup.foundation.timescales import shipped
from joinedup.governance.breakglass import jobs as breakglass_jobs
from joinedup.governance.breakglass import rules as breakglass_rules
from tests.api import calling
from tests.conftest import as_role
from tests.integration.audit.log import Log
from tests.integration.looking import asking
from tests.integration.signing import arriving

WRONG_BY = pytest.mark.parametrize("days", [-3, 3])
WORDS = "Found alone at the station at night"


@pytest.fixture
def set_clock(monkeypatch):
    """A function that sets the clock of this process so many days wrong."""
    right, monotone = clock.now, time.time_ns
    monkeypatch.setattr(ids, "_last", list(ids._last))

    def setting(days):
        wrong = datetime.timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda: right() + wrong)
        by_wrong_clock = types.SimpleNamespace(time_ns=lambda: monotone() + int(wrong.total_seconds() * 1e9))
        monkeypatch.setattr(ids, "time", by_wrong_clock)

    return setting


def user_id_of(username):
    ((user_id,),) = asking.rows("SELECT id FROM access_user WHERE username = %s", username)
    return user_id


@WRONG_BY
def test_a_session_begun_at_a_wrong_clock_lives_as_long_as_any_other(borough, set_clock, days):
    set_clock(days)
    lead = calling.signed_in("safeguarding-lead")
    set_clock(-days)
    served_elsewhere = lead.get("/account").status_code
    set_clock(0)
    arriving.let_pass(user_id_of("safeguarding-lead"), minutes=14)
    served_in_time = lead.get("/account").status_code
    arriving.let_pass(user_id_of("safeguarding-lead"), minutes=16)

    assert (served_elsewhere, served_in_time) == (200, 200)
    assert lead.get("/account")["Location"].startswith("/sign-in")


@WRONG_BY
def test_a_session_at_the_right_clock_is_neither_ended_nor_stretched_by_a_wrong_one(borough, set_clock, days):
    lead = calling.signed_in("safeguarding-lead")
    arriving.let_pass(user_id_of("safeguarding-lead"), minutes=2)
    set_clock(days)
    served = lead.get("/account").status_code
    ((over_in,),) = asking.rows(
        "SELECT expire_date - clock_timestamp() FROM access_session WHERE user_id = %s", user_id_of("safeguarding-lead")
    )

    assert served == 200
    assert datetime.timedelta(minutes=14) < over_in <= datetime.timedelta(minutes=15)


@pytest.mark.django_db
@WRONG_BY
def test_a_second_factor_shown_at_a_wrong_clock_counts_for_ten_minutes(client, set_clock, days):
    set_clock(days)
    arriving.set_up(client, "admin", roles=("system_admin",))
    set_clock(0)
    at_first = client.get("/users").status_code
    session = client.session
    shown_at = datetime.datetime.fromisoformat(session["stepped_up_at"])
    session["stepped_up_at"] = (shown_at - datetime.timedelta(minutes=11)).isoformat()
    session.save()

    assert at_first == 200
    assert client.get("/users")["Location"].startswith("/step-up")


@WRONG_BY
def test_an_emergency_lasts_an_hour_and_is_reviewed_the_next_working_day(borough, set_clock, days):
    set_clock(days)
    number = calling.known_to("schools", most=1)[0]
    answer = calling.signed_in("out-of-hours").post(f"/child/{number}/emergency", {"reason": "missing", "words": WORDS})
    now = moment.now()
    with asking.peeking():
        ((started_at, ends_at, due_at, has_begun),) = asking.rows(
            "SELECT e.started_at, e.ends_at, e.review_due_at, g.started_at <= clock_timestamp() "
            "FROM breakglass_emergencylook e JOIN access_groundheld g ON g.id = e.id"
        )

    assert answer.status_code == 302
    assert has_begun
    assert abs(started_at - now) < datetime.timedelta(minutes=1)
    assert ends_at - started_at == datetime.timedelta(minutes=60)
    assert abs(
        due_at - breakglass_rules.review_due_at(clock.local(now), calendar=shipped.calendar())
    ) < datetime.timedelta(minutes=1)


def test_the_audit_keeps_the_order_in_which_things_were_done(own_database, tmp_path, set_clock):
    log, dice = Log(database=own_database, folder=tmp_path / "log"), random.Random(7)
    written = []
    for _ in range(6):
        for _ in range(10):
            set_clock(dice.choice((-3, 0, 3)))
            written += log.write()
        log.seal()

    assert log.verify().events == len(written)
    assert log.order() == written
    assert [event for (event,) in log.ask("SELECT id FROM audit_auditevent ORDER BY at, id")] == written


@WRONG_BY
def test_what_nobody_reviewed_is_escalated_by_the_databases_clock(borough, set_clock, days):
    number = calling.known_to("schools", most=1)[0]
    calling.signed_in("out-of-hours").post(f"/child/{number}/emergency", {"reason": "missing", "words": WORDS})
    set_clock(days)
    with as_role("batch"):
        breakglass_jobs.escalate(0)
        ((escalated,),) = asking.rows("SELECT count(escalated_at) FROM breakglass_emergencylook")

    assert escalated == 0
