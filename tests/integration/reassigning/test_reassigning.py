"""Work that people did on a child who was joined or parted is listed by itself, and a person says whose it is."""

import dataclasses
import datetime

import pytest
from django.db import connection, transaction

from joinedup.foundation.database import roles
from joinedup.governance.assurance import queries as assurance_queries
from joinedup.governance.reassigning import operations, queries, rules
from joinedup.governance.rights import rules as rights_rules
from joinedup.governance.rights.operations import holding as rights_operations
from joinedup.processes.childindex import operations as childindex_operations
from joinedup.processes.childindex import queries as childindex_queries
from tests.conftest import NOW, as_role
from tests.integration.childindex import alone, stewards
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]


@pytest.fixture
def known(db, batch):
    """Four children as two agencies know them, each record a child of its own, and a steward."""
    stewards.bring("social_care", *stewards.ROWS)
    stewards.bring("leisure", *stewards.ROWS)
    stewards.add("ines")
    alone.link(NOW)
    return stewards.records()


def asked(statement, *given):
    """Ask as the definer does, who sees all, and step back to the role of loads and links."""
    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows = cursor.fetchall()
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {roles.role_names().batch}")
    return rows


def child_of(record):
    return asked("SELECT child_id FROM childindex_link WHERE person_record_id = %s AND ended_at IS NULL", record)[0][0]


def invite(child_id):
    """Let someone be asked to take part in a child."""
    return asked(
        "INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at) "
        "SELECT gen_random_uuid(), id, %s, 'V', 'conference', false, now() FROM access_user WHERE username = 'ines' "
        "RETURNING id",
        child_id,
    )[0][0]


def hold(number):
    """Let a child's record be kept for a court."""
    stewards.add("dora", role="data_protection_officer")
    officer = dataclasses.replace(stewards.person("dora"), stepped_up_at=NOW)
    with stewards.as_people_are():
        rights_operations.place(
            number=number,
            reason=rights_rules.HoldReason.COURT,
            why="A claim in court that may need it",
            by=officer,
            at=NOW,
        )


def waiting():
    with stewards.as_people_are():
        return queries.get_waiting(viewer=stewards.person("ines"))


def reassign(card, *, moves, by="ines"):
    with stewards.as_people_are():
        operations.reassign(reassignment_id=card.id, moves=moves, by=stewards.person(by), at=NOW)


def test_nothing_is_listed_where_nothing_hangs_on_the_child(known):
    stewards.link(known["social_care-1"], known["leisure-1"])

    assert waiting() == []


def test_on_joining_what_hangs_on_the_number_that_leads_on_is_listed_and_moved_by_a_person(known):
    older, younger = sorted((known["social_care-1"], known["leisure-1"]))
    lives, leads_on = child_of(older), child_of(younger)
    invitation = invite(leads_on)

    stewards.link(older, younger)
    (card,) = waiting()
    assert (card.words, card.child_id, card.other_id) == ("That someone was asked to take part", leads_on, lives)
    reassign(card, moves=True)

    assert asked("SELECT subject_id FROM access_groundheld WHERE id = %s", invitation) == [(lives,)]
    assert waiting() == []


def test_on_parting_what_hangs_on_the_joined_child_is_listed_and_a_person_says_that_it_stays(known):
    stewards.link(known["social_care-1"], known["leisure-1"])
    joined = child_of(known["leisure-1"])
    invitation = invite(joined)
    stewards.part([known["leisure-1"]])

    (card,) = waiting()
    assert card.child_id == joined
    assert card.other_id in {child_of(known["leisure-1"]), child_of(known["social_care-1"])} - {joined}
    reassign(card, moves=False)

    assert asked("SELECT subject_id FROM access_groundheld WHERE id = %s", invitation) == [(joined,)]
    assert waiting() == []
    with pytest.raises(rules.NotDone), transaction.atomic():
        reassign(card, moves=True)


def test_a_run_that_joins_two_children_lists_their_work_too(known):
    for local_id in ("social_care-1", "leisure-1"):
        invite(child_of(known[local_id]))

    childindex_operations.link_all(by=bringing.MACHINE, at=NOW + datetime.timedelta(days=1))

    assert len(waiting()) == 1


def test_a_hold_on_a_number_that_leads_on_keeps_the_child_from_being_deleted(known):
    older, younger = sorted((known["social_care-1"], known["leisure-1"]))
    lives = child_of(older)
    hold(stewards.number_of(younger))

    stewards.link(older, younger)

    assert asked("SELECT rights_is_held(%s)", lives) == [(True,)]
    assert [card.words for card in waiting()] == ["A legal hold"]


def test_nobody_else_sees_or_moves_it(known):
    invite(child_of(sorted((known["social_care-1"], known["leisure-1"]))[1]))
    stewards.link(known["social_care-1"], known["leisure-1"])
    (card,) = waiting()
    stewards.add("sam", role="lead_professional")

    with stewards.as_people_are():
        assert queries.get_waiting(viewer=stewards.person("sam")) == []
    with pytest.raises(rules.NotDone), transaction.atomic():
        reassign(card, moves=True, by="sam")


def test_who_looked_while_two_were_wrongly_one_is_known(known):
    one, other = known["social_care-1"], known["leisure-1"]
    stewards.add("tam", role="manager")
    stewards.link(one, other)
    number = stewards.number_of(one)
    _look(number)
    act = stewards.part([other])
    _look(number)

    looks = assurance_queries.get_looks_while_linked(viewer=bringing.MACHINE, act_id=act)

    pages = [look for look in looks if look.act == "childindex.card.seen"]
    assert [(look.actor_name, look.agency_name, look.purpose) for look in pages] == [("Tam", "social_care", "referral")]
    assert all(look.linked_at <= look.at <= look.parted_at for look in looks)


def _look(number):
    with stewards.as_people_are():
        childindex_queries.get_card(
            childindex_queries.Look(viewer=stewards.person("tam"), number=number, purpose="referral")
        )
