"""One event is proved to have been sealed with a small file and the public key, and nothing else is shown."""

import base64
import json

import pytest
from psycopg.rows import dict_row

from joinedup.foundation.audit import keeping, queries, rules
from tests.integration.audit.log import write


@pytest.mark.parametrize("place", [0, 39, 40, 1_023, 1_024, 1_139, 1_164])
def test_an_event_is_proved_with_the_public_key_alone(place, kept):
    event = kept.order()[place]
    key = keeping.public_key(kept.place.public_key)
    text = kept.prove(event).text()

    proved = rules.check_proof(text, is_signed=key.is_signed, key=key.id)
    assert (proved.leaf.event_id, proved.number, proved.event) == (event, place + 1, None)
    assert len(text) <= 2_048
    assert "Tamsin" not in base64.b64decode(json.loads(text)["leaf"]).decode("latin-1")


def test_a_proof_can_show_what_the_event_says(kept):
    event = kept.order()[100]
    key = keeping.public_key(kept.place.public_key)

    proved = rules.check_proof(kept.prove(event, with_event=True).text(), is_signed=key.is_signed, key=key.id)
    said = rules.read_event(proved.event)
    assert (said["id"], said["actor_name"], said["reason"]) == (event, "Tamsin Okafor", "asked by phone")
    assert len(proved.subjects) == 32


def test_no_proof_is_made_of_what_is_not_as_signed(sealed):
    events = sealed.order()
    late = sealed.write(1)[0]
    with pytest.raises(queries.NoSuchEvent):
        sealed.prove(late)
    sealed.tamper("UPDATE audit_sealedevent SET subjects_hash = sha256('other') WHERE position = 1150")
    with pytest.raises(queries.NotAsSigned):
        sealed.prove(events[1_150])


def test_events_with_every_kind_of_value_have_the_same_bytes_in_the_database_and_here(log):
    with log.connect("app") as session:
        for subjects in (0, 1, 300):
            write(session, subjects=subjects)
        session.execute(
            "SELECT audit_write(gen_random_uuid(), NULL, 'Zoë Ó Néill 🙂', '', gen_random_uuid(), 'a', '', '', '', "
            "sha256('x'), '', NULL, '{}', false, 'deny', 'r', 'I', 4::smallint, 'v', 'b', 'f,g', -1, sha256('y'), '', "
            "gen_random_uuid())"
        )
    log.seal()
    with log.reading() as session:
        session.row_factory = dict_row
        for event in session.execute("SELECT * FROM audit_auditevent").fetchall():
            given = {"id": event["id"]}
            seal = session.execute("SELECT * FROM audit_sealedevent WHERE event_id = %(id)s", given).fetchone()
            subjects = session.execute(
                "SELECT subject_id FROM audit_auditsubject WHERE event_id = %(id)s", given
            ).fetchall()
            leaf = rules.leaf_of(event, at=event["at"], subjects=[row["subject_id"] for row in subjects])
            assert (leaf.event_hash, leaf.subjects_hash) == (seal["event_hash"], seal["subjects_hash"])
            assert rules.read_event(rules.event_bytes(event)) == {
                name: event[name] for name in rules.read_event(rules.event_bytes(event))
            }
    assert log.verify().events == 4
