"""Where two people change one thing in the same moment, one of them does, the other is told, and nothing is written over."""

import datetime
import uuid

import psycopg
import pytest
from django.db import transaction

from joinedup.delivery.agencies import operations as agencies_operations
from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import operations as records_operations
from joinedup.exchange.intake import loading, undoing
from joinedup.foundation import ids
from joinedup.foundation.access import operations as access_operations
from joinedup.foundation.access import queries as access_queries
from joinedup.governance.breakglass import operations as breakglass_operations
from joinedup.governance.breakglass import rules as breakglass_rules
from joinedup.processes.assessment import operations as assessment_operations
from joinedup.processes.assessment import rules as assessment_rules
from tests import databases
from tests.conftest import NOW, as_role
from tests.faults import together
from tests.integration.assessment import assessing
from tests.integration.intake import bringing
from tests.integration.looking import asking
from tests.integration.signing import arriving

pytestmark = pytest.mark.usefixtures("committed_borough")

A_MOMENT_LATER = NOW + datetime.timedelta(seconds=1)


def few_or_many(few, many):
    """Return the two sizes of a test: a few races each time, and many by `make test-all`."""
    return pytest.mark.parametrize("races", [few, pytest.param(many, marks=pytest.mark.slow)])


def person(username):
    ((user_id,),) = asking.rows("SELECT id FROM access_user WHERE username = %s", username)
    return agencies_queries.find_viewer(user_id=user_id, session="", request_id=None)


def events_of(act):
    """Return who is written down for an act, and about what."""
    with as_role("definer"):
        return asking.rows(
            "SELECT actor_name, record_ref FROM audit_auditevent WHERE act = %s AND at > now() - interval '1 day'", act
        )


def looks(database, count):
    """Write emergency looks of one person that wait for review."""
    found = [ids.uuid7() for _ in range(count)]
    with psycopg.connect(databases.admin_url(database)) as administrator:
        administrator.execute(
            "INSERT INTO breakglass_emergencylook (id, group_id, user_id, user_name, child_id, child_number, reason, "
            "words, is_past_seal, started_at, ends_at, review_due_at, reviewer_name, outcome, note) "
            "SELECT look, look, %s, 'Someone', c.id, c.number, 'missing', 'Alone at the station at night', false, now(), "
            "now(), now(), '', '', '' "
            "FROM unnest(%s::uuid[]) AS look, (SELECT id, number FROM people_child ORDER BY number LIMIT 1) AS c",
            [uuid.UUID(int=1), found],
        )
    return found


@few_or_many(12, 2_000)
def test_an_emergency_look_is_reviewed_by_one_of_two_officers_and_the_other_is_told(races, committed_borough):
    officers = [person("manager"), person("shield-officer")]
    said = [(breakglass_rules.Outcome.JUSTIFIED, "Right"), (breakglass_rules.Outcome.NOT_JUSTIFIED, "Wrong")]

    def review(look, which):
        outcome, note = said[which]
        return lambda: breakglass_operations.review(
            look_id=look, outcome=outcome, note=note, by=officers[which], at=NOW
        )

    waiting, won = looks(committed_borough, races), {}
    with together.two(seed=races) as two:
        for look in waiting:
            told = two.act(review(look, 0), review(look, 1), refused_by=breakglass_rules.MayNotReview)
            won[look] = together.winner(told)

    with asking.peeking():
        kept = asking.rows("SELECT id, reviewer_name, outcome, note FROM breakglass_emergencylook WHERE note <> ''")
    assert {look: rest for look, *rest in kept} == {
        look: [officers[which].name, *said[which]] for look, which in won.items()
    }
    assert sorted(events_of("breakglass.reviewed")) == sorted(
        (officers[which].name, str(look)) for look, which in won.items()
    )
    print(f"{races:,} reviews, won by the first {list(won.values()).count(0):,} times")


@few_or_many(8, 1_000)
def test_a_role_is_ended_by_one_of_two_administrators_and_the_other_is_told(races):
    holder = arriving.join()
    admins = [
        agencies_queries.find_viewer(
            user_id=arriving.join(name, roles=("system_admin",), display_name=name), session="", request_id=None
        )
        for name in ("nerys", "owen")
    ]
    moments = (NOW, A_MOMENT_LATER)

    def end(which):
        return lambda: agencies_operations.end_role(
            user_id=holder, role="social_worker", by=admins[which], at=moments[which]
        )

    won = []
    with together.two(seed=races) as two:
        for _ in range(races):
            won.append(together.winner(two.act(end(0), end(1), refused_by=agencies_operations.RoleNotHeld)))
            ((ended_at,),) = asking.rows(
                "SELECT ended_at FROM access_roleheld WHERE user_id = %s ORDER BY id DESC LIMIT 1", holder
            )
            assert ended_at == moments[won[-1]]
            arriving.join()

    assert [name for name, _ in sorted(events_of("agencies.role.ended"))] == sorted(admins[which].name for which in won)


@few_or_many(8, 500)
def test_another_system_is_shut_out_by_one_of_two_and_when_is_not_written_over(races, machine):
    moments = (NOW, A_MOMENT_LATER)

    def end(client_id, which):
        return together.as_batch(
            lambda: agencies_operations.end_client(client_id=client_id, by=machine, at=moments[which])
        )

    with together.two(seed=races) as two:
        for _ in range(races):
            with as_role("batch"):
                made = agencies_operations.add_client(agency_code="schools", name="Timetable", by=machine, at=NOW)
            told = two.act(end(made.id, 0), end(made.id, 1), refused_by=access_operations.NoSuchClient)
            with asking.peeking():
                ((ended_at,),) = asking.rows("SELECT ended_at FROM access_apiclient WHERE id = %s", made.id)
            assert ended_at == moments[together.winner(told)]


@few_or_many(6, 800)
def test_a_set_up_link_lets_one_of_two_choose_the_password(races):
    holder = arriving.join()
    passwords = ("copper lantern seven owls", "seven copper owls sing")

    def choose(token, which):
        return lambda: access_operations.use_set_up_link(token=token, password=passwords[which], at=NOW)

    with together.two(seed=races) as two:
        for _ in range(races):
            with transaction.atomic(), as_role("batch"):
                token = access_operations.make_set_up_link(user_id=holder, at=NOW)
            told = two.act(choose(token, 0), choose(token, 1), refused_by=access_operations.LinkIsOver)
            kept = access_queries.get_user(user_id=holder)
            assert [kept.check_password(password) for password in passwords].index(True) == together.winner(told)


@few_or_many(4, 300)
def test_a_file_is_taken_back_by_one_of_two_and_once(races):
    with as_role("batch"):
        sender = bringing.agency("leisure")

    def undo(batch_id):
        return together.as_batch(lambda: undoing.undo(batch_id=batch_id, by=bringing.MACHINE))

    with together.two(seed=races) as two:
        for race in range(races):
            with as_role("batch"):
                loaded = bringing.load(bringing.people(f"7,Ada,Lovell,2014-03-09,NG1 5FT,{race},leisure,"), sender)
            told = two.act(undo(loaded.batch_id), undo(loaded.batch_id), refused_by=records_operations.BatchNotLoaded)
            assert told[together.winner(told)].answer.withdrawn == 1
            assert [ref for _, ref in events_of("records.batch.undone")].count(str(loaded.batch_id)) == 1


@few_or_many(4, 400)
def test_a_file_taken_back_while_it_is_loaded_is_there_whole_or_not_at_all(races, monkeypatch):
    monkeypatch.setattr("joinedup.exchange.intake.preview.PIECE_ROWS", 1)
    with as_role("batch"):
        sender = bringing.agency("leisure")

    def undo(batch_id):
        return together.as_batch(lambda: undoing.undo(batch_id=batch_id, by=bringing.MACHINE))

    def load(batch_id):
        return together.as_batch(lambda: loading.load_batch(batch_id=batch_id, by=bringing.MACHINE))

    states = []
    with together.two(seed=races) as two:
        for race in range(races):
            with as_role("batch"):
                rows = [f"{number},Ada,Lovell,2014-03-09,NG1 5FT,{race},leisure," for number in range(3)]
                source = bringing.people(*rows)
                batch_id, _ = loading.receive(
                    source=source, recognised=loading.recognise(source), agency=sender, by=bringing.MACHINE
                )
            refusals = (records_operations.BatchNotLoaded, loading.LoadedElsewhere)
            loads, undoes = two.act(load(batch_id), undo(batch_id), refused_by=refusals, other_waits=0.04)
            with asking.peeking():
                ((state,),) = asking.rows("SELECT state FROM records_batch WHERE id = %s", batch_id)
                ((count,),) = asking.rows(
                    "SELECT count(*) FROM records_sourcerecord WHERE batch_id = %s AND is_current", batch_id
                )
            assert (state, count) == (("loaded", 3) if undoes.refusal else ("undone", 0)), (loads, undoes)
            states.append(state)
    print({state: states.count(state) for state in set(states)})


@few_or_many(12, 600)
def test_of_two_who_write_one_answer_of_an_assessment_one_is_kept_and_the_other_waits(races):
    writers = [assessing.worker(), assessing.teacher()]
    (child,) = assessing.children(1)
    for writer, ground in zip(writers, "LP", strict=True):
        assessing.tie(writer, child, ground=ground)
    with transaction.atomic():
        asked = assessing.begin(child, by=writers[0])
        answer = assessing.see(asked).answers[assessing.place("start.why")]

    def write(which, race, number):
        given = assessment_operations.Given(answer_id=answer.id, words=f"{which} of race {race}", seen=number)
        mine = assessing.asked(asked.assessment_id, child[1], writers[which])
        return lambda: assessment_operations.write_answers(
            asked=mine, given=[given], page_id=ids.uuid7(), by=writers[which], at=NOW
        )[1][0]

    with together.two(seed=races) as two:
        for race in range(races):
            told = two.act(write(0, race, race), write(1, race, race), refused_by=())
            outcomes = sorted(one.answer.outcome for one in told)
            assert outcomes == [assessment_rules.Outcome.BESIDE, assessment_rules.Outcome.KEPT]

    with asking.peeking():
        words = [
            row[0] for row in asking.rows("SELECT words FROM assessment_answerwords WHERE words LIKE '%% of race %%'")
        ]
        ((waiting,),) = asking.rows("SELECT count(*) FROM assessment_waitingwords")
    assert sorted(words) == sorted(f"{which} of race {race}" for which in (0, 1) for race in range(races))
    assert waiting == races


@few_or_many(3, 100)
def test_an_assessment_is_signed_by_one_of_two_and_the_other_is_told(races):
    writers = [assessing.worker(), assessing.teacher()]
    (child,) = assessing.children(1)
    for writer, ground in zip(writers, "LP", strict=True):
        assessing.tie(writer, child, ground=ground)

    def sign(which, assessment_id):
        mine = assessing.asked(assessment_id, child[1], writers[which])
        return lambda: assessment_operations.sign_off(asked=mine, by=writers[which], at=NOW)

    with together.two(seed=races) as two:
        for _ in range(races):
            with transaction.atomic():
                asked = assessing.begin(child, by=writers[0])
                assessing.complete(asked)
            told = two.act(
                sign(0, asked.assessment_id),
                sign(1, asked.assessment_id),
                refused_by=assessment_rules.NotInState,
            )
            assert told[together.winner(told)].answer == 1
