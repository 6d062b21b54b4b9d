"""What a family reads of who looked, from the audit as it is: late, nameless, and silent where it must be."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from joinedup.governance.assurance import operations, queries
from joinedup.governance.assurance.rules import family
from joinedup.outcomes.people import queries as people_queries
from tests.integration.assurance import acting
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")
MOTHER = "relative:mother"


@pytest.fixture
def worker():
    """The safeguarding lead of the schools, on whose roll the child is."""
    return acting.person("safeguarding-lead")


@pytest.fixture
def pupil() -> asking.Known:
    return acting.pupils(most=1)[0]


@pytest.fixture
def child(pupil) -> people_queries.ChildCard:
    with asking.peeking():
        return people_queries.get_child(number=pupil.number)


@pytest.fixture
def mother(pupil):
    return acting.family_member("parent", pupil)


def record_safe(child, worker, *, is_safe: bool = True, at=None) -> None:
    operations.record_parental_safety(
        child_id=child.id,
        parent_ref=MOTHER,
        parent_name="Sade Marlow",
        is_safe=is_safe,
        reason="Spoken with her alone on a home visit",
        by=worker,
        at=at or acting.now(),
    )


def read_by(mother, child, *, days: float = 40, ref: str = MOTHER) -> family.FamilyView:
    return queries.get_parents_version(viewer=mother, child=child, parent_ref=ref, at=acting.later(days))


def test_a_parent_reads_nothing_until_it_is_recorded_safe_for_that_parent(child, worker, mother, pupil):
    acting.look(acting.person("teacher"), pupil)
    assert read_by(mother, child) == family.FamilyView(is_on=False)

    record_safe(child, worker)

    assert [look.roles for look in read_by(mother, child).looks] == [("universal",)]
    assert "Tamsin" not in repr(read_by(mother, child))
    assert not read_by(mother, child, ref="relative:father").is_on


def test_a_look_is_read_only_after_the_delay(child, worker, mother, pupil, settings):
    acting.look(acting.person("teacher"), pupil)
    record_safe(child, worker)

    assert read_by(mother, child, days=27).looks == ()
    settings.LOOKS_SHOWN_TO_FAMILY_AFTER_DAYS = 20
    assert len(read_by(mother, child, days=27).looks) == 1


@pytest.mark.parametrize("kind", list(family.Suspends))
def test_a_suspension_reads_and_costs_like_a_time_in_which_nobody_looked(kind, child, worker, mother, pupil):
    record_safe(child, worker)
    with CaptureQueriesContext(connection) as before:
        nobody_looked = read_by(mother, child)
    operations.suspend_looks(child_id=child.id, kind=kind, since=acting.later(-1), by=worker, at=acting.now())
    for purpose in ("section_47", "referral", "own_work"):
        acting.look(acting.person("police-officer"), pupil, purpose=purpose)

    with CaptureQueriesContext(connection) as suspended:
        assert read_by(mother, child) == nobody_looked
    assert len(suspended) == len(before)

    operations.end_suspension(child_id=child.id, kind=kind, by=worker, at=acting.later(0.001))
    assert read_by(mother, child) == nobody_looked


def test_a_flag_begins_no_earlier_than_a_parent_could_have_read(child, worker):
    operations.suspend_looks(
        child_id=child.id,
        kind=family.Suspends.DOMESTIC_ABUSE,
        since=acting.later(-300),
        by=worker,
        at=acting.now(),
    )

    ((since,),) = asking.rows("SELECT since FROM assurance_looksuspension WHERE child_id = %s", child.id)
    assert since > acting.later(-28.1)


def test_a_suspension_is_not_spoken_of_in_the_list_that_practitioners_read(child, worker):
    operations.suspend_looks(
        child_id=child.id, kind=family.Suspends.SECTION_47, since=acting.now(), by=worker, at=acting.now()
    )

    lead = asking.lead_of("schools")
    cards = queries.get_last_looks(viewer=lead, child_id=child.id, number=child.number, grounds={"E"}, at=acting.now())
    assert [card.purpose for card in cards] == [""]


def test_safety_is_recorded_by_a_practitioner_with_a_reason_and_the_last_word_counts(child, worker, mother):
    for nobody in (acting.person("analyst"), acting.person("social-worker"), mother):
        with pytest.raises(operations.MayNotRecordSafety), transaction.atomic():
            record_safe(child, nobody)
    with pytest.raises(operations.NoReason):
        operations.record_parental_safety(
            child_id=child.id,
            parent_ref=MOTHER,
            parent_name="",
            is_safe=True,
            reason=" ",
            by=worker,
            at=acting.now(),
        )
    record_safe(child, worker, at=acting.now())
    record_safe(child, worker, is_safe=False, at=acting.later(1))

    assert asking.rows("SELECT is_safe, ended_at IS NULL FROM assurance_parentalviewsafety ORDER BY recorded_at") == [
        (True, False),
        (False, True),
    ]


def test_two_standing_words_on_one_parent_are_impossible(child, worker):
    record_safe(child, worker)
    insert = (
        "INSERT INTO assurance_parentalviewsafety (id, child_id, parent_ref, parent_name, is_safe, reason, recorded_by_id, "
        "recorded_at) SELECT gen_random_uuid(), child_id, parent_ref, '', NOT is_safe, reason, recorded_by_id, recorded_at "
        "FROM assurance_parentalviewsafety"
    )

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(insert)


def test_a_child_of_twelve_reads_their_own_and_a_younger_one_does_not():
    old, young = (acting.pupils(lambda each, years=years: each.born.year == years, most=1)[0] for years in (2010, 2019))
    themselves = acting.family_member("child", old, young)
    for each in (old, young):
        acting.look(acting.person("teacher"), each)
        acting.look(acting.person("teacher"), each, purpose="section_47")
        with asking.peeking():
            card = people_queries.get_child(number=each.number)
        view = queries.get_childs_version(viewer=themselves, child=card, at=acting.later(40))
        assert view.is_on == (each is old)
        assert [look.purpose for look in view.looks] == (["referral"] if each is old else [])


def test_a_parent_without_parental_responsibility_for_this_child_reads_nothing(child, worker, pupil):
    elsewhere = acting.family_member("parent", acting.pupils(most=2)[1])
    record_safe(child, worker)

    with pytest.raises(queries.MayNotSeeWhoLooked):
        read_by(elsewhere, child)


def test_what_is_kept_for_a_family_is_seen_only_of_a_child_who_was_opened(child, worker, pupil):
    record_safe(child, worker)
    acting.look(worker, pupil)

    assert asking.rows("SELECT count(*) FROM assurance_parentalviewsafety") == [(0,)]
