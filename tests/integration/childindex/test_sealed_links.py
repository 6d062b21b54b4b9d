"""Sealed children and link runs: what arrives and may be about one waits for an officer, and no run touches the child."""

import contextlib
import datetime
import uuid

import pytest
from django.db import connection

from joinedup.exchange.intake import undoing
from joinedup.foundation.database import roles
from joinedup.governance.sealing import operations as sealing_operations
from joinedup.governance.sealing import rules as sealing_rules
from joinedup.outcomes.people import models as people_models
from joinedup.processes.childindex import models, queries
from joinedup.processes.childindex import operations as childindex_operations
from tests.conftest import NOW, as_role
from tests.integration import standing
from tests.integration.childindex import alone
from tests.integration.governance import sealers
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]

ADA = ",Ada,Lovell,2014-03-09,NG1 5FT,,,"
BO = ",Bohdan,Finch,2013-11-21,NG7 2RD,,,"
#: Perhaps Ada under another family name; a steward would be asked.
PERHAPS_ADA = ",Ada,Stone,2014-03-09,LE1 1AA,,,"
CYRA = ",Cyra,Marsh,2012-02-02,LE1 1AA,,,"


@contextlib.contextmanager
def as_people_are():
    """Act under the role of the application, and step back to that of loads and links."""
    with as_role("app"):
        yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {roles.role_names().batch}")


def link(days=0):
    return childindex_operations.link_all(by=bringing.MACHINE, at=NOW + datetime.timedelta(days=days))


def bring(code, *rows):
    """Bring a list in from an agency, each row under the agency's own numbers from 1."""
    numbered = [f"{code}-{place}{row}" for place, row in enumerate(rows, start=1)]
    return bringing.load(bringing.people(*numbered, name=f"{code}.csv"), bringing.agency(code))


def number_of(local_id):
    return alone.numbers().get(local_id)


def counted():
    """Return what the home page counts, as an officer is shown it."""
    with as_people_are():
        return queries.count_index(viewer=sealers.person("shield-officer"))


def held():
    """Return the records that wait, as an officer sees them: what they say, and about which child they may be."""
    with as_people_are():
        waiting = queries.get_held(viewer=sealers.person("shield-officer"))
    return [(card.name, card.child_number) for card in waiting]


def settle(*, is_same):
    """Say of the one record that waits whether it is about the sealed child."""
    with as_people_are():
        officer = sealers.person("shield-officer")
        (card,) = queries.get_held(viewer=officer)
        sealing_operations.settle_held(held_id=card.id, is_same=is_same, by=officer, at=NOW)


def sealed(number):
    with as_people_are():
        sealers.seal(number)


def lifted(number):
    with as_people_are():
        sealers.lift(number)


def links_of(number):
    return sorted(
        models.Link.objects.filter(child__number=number).values_list("id", "person_record_id", "child_id", "ended_at")
    )


@pytest.fixture
def ada(db, batch) -> str:
    """Ada, whom two agencies know and who is sealed; Bo lives elsewhere and is not."""
    bring("social_care", ADA, BO)
    bring("leisure", ADA, BO)
    link()
    sealers.add_officers("social_care", by=bringing.MACHINE)
    number = number_of("social_care-1")
    sealed(number)
    return number


@pytest.mark.parametrize("arriving", [ADA, PERHAPS_ADA], ids=["surely", "perhaps"])
class TestWhatArrives:
    def test_it_waits_for_an_officer_and_makes_no_child(self, ada, arriving):
        before, children = counted(), people_models.Child.objects.count()
        bring("police", arriving)

        result = link(1)

        (waits,) = held()
        assert waits[1] == ada
        assert number_of("police-1") is None
        assert (result.counts["children_new"], result.counts["links_made"]) == (0, 0)
        assert people_models.Child.objects.count() == children
        assert counted() == before
        assert not models.ReviewTask.objects.filter(state="open").exists()
        first = models.HeldRecord.objects.get().id
        link(2)
        assert models.HeldRecord.objects.get().id == first

    def test_said_to_be_the_same_it_is_the_sealed_childs_in_every_later_run(self, ada, arriving):
        bring("police", arriving)
        link(1)
        settle(is_same=True)

        assert number_of("police-1") == ada
        for days in (2, 3):
            link(days)
            assert number_of("police-1") == number_of("social_care-1") == ada
        assert held() == []

    def test_said_to_be_another_it_is_a_child_of_their_own_in_the_next_run(self, ada, arriving):
        bring("police", arriving)
        link(1)
        settle(is_same=False)
        assert number_of("police-1") is None

        for days in (2, 3):
            link(days)
            assert number_of("police-1") not in {None, ada}
            assert held() == []
        assert number_of("social_care-1") == ada

    def test_when_the_seal_is_lifted_all_is_as_it_would_have_been(self, ada, arriving):
        bring("police", arriving)
        link(1)
        lifted(ada)
        link(2)

        assert held() == []
        assert number_of("social_care-1") == number_of("leisure-1") == ada
        assert (number_of("police-1") == ada) == (arriving == ADA)
        assert number_of("police-1") is not None
        assert models.ReviewTask.objects.filter(state="open").count() == (0 if arriving == ADA else 1)


def test_what_waits_and_is_taken_back_waits_no_longer(ada):
    loaded = bring("police", ADA)
    link(1)
    undoing.undo(batch_id=loaded.batch_id, by=bringing.MACHINE)
    link(2)

    assert held() == []


def test_a_record_of_someone_else_is_linked_as_ever(ada):
    bring("police", BO, CYRA)
    link(1)

    assert held() == []
    assert number_of("police-1") == number_of("leisure-2")
    assert number_of("police-2") not in {None, ada}


def test_no_run_moves_anything_of_the_sealed_child(ada):
    before = links_of(ada)
    bring("police", ADA, PERHAPS_ADA, BO)
    bring("youth_justice", ADA, CYRA)
    for days in (1, 2):
        link(days)

        assert links_of(ada) == before


def test_a_second_run_changes_nothing(ada):
    bring("police", ADA)
    link(1)
    before = but_the_run(standing.checksums())
    link(2)

    assert but_the_run(standing.checksums()) == before


def but_the_run(rows):
    """Leave out what each run writes of itself."""
    return {name: found for name, found in rows.items() if name not in {"childindex_linkrun", "childindex_lore"}}


def test_an_agency_that_corrects_its_record_of_the_child_is_not_asked_about(ada):
    # The same number of the agency's own, another spelling: it is the record that was linked before.
    bring("leisure", ",Ada,Lovel,2014-03-09,NG1 5FT,,,", BO)
    link(1)

    assert held() == []
    assert number_of("leisure-1") == ada


def test_what_waits_with_a_steward_when_the_seal_is_set_is_asked_no_more(db, batch):
    bring("social_care", ADA, BO)
    bring("police", PERHAPS_ADA)
    link()
    assert models.ReviewTask.objects.filter(state="open").count() == 1
    sealers.add_officers("social_care", by=bringing.MACHINE)
    ada, perhaps = number_of("social_care-1"), number_of("police-1")
    sealed(ada)

    assert not models.ReviewTask.objects.filter(state="open").exists()
    link(1)
    assert not models.ReviewTask.objects.filter(state="open").exists()
    # Whoever was a child of their own before stays one.
    assert (number_of("police-1"), held()) == (perhaps, [])
    lifted(ada)
    link(2)
    assert models.ReviewTask.objects.filter(state="open").count() == 1


def test_a_record_said_to_be_the_same_that_is_taken_back_and_sent_again_is_the_childs_again(ada):
    loaded = bring("police", ADA)
    link(1)
    settle(is_same=True)
    undoing.undo(batch_id=loaded.batch_id, by=bringing.MACHINE)
    link(2)
    assert number_of("police-1") is None
    bring("police", ADA)

    link(3)

    assert number_of("police-1") == ada
    assert held() == []


def test_a_sealed_childs_record_that_is_taken_back_and_sent_again_is_the_childs_again(ada):
    loaded = bring("police", BO)
    link(1)
    # All that is known of Ada goes, and comes again.
    for (batch_id,) in [(loaded.batch_id,), *models_of_batches("social_care", "leisure")]:
        undoing.undo(batch_id=batch_id, by=bringing.MACHINE)
    link(2) if alone.persons() else None
    bring("police", ADA)
    bring("social_care", ADA, BO)
    bring("leisure", ADA, BO)

    link(3)

    assert number_of("social_care-1") == number_of("leisure-1") == ada
    assert people_models.Child.objects.get(number=ada).is_sealed
    assert number_of("police-1") != ada


def models_of_batches(*codes):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.id FROM records_batch b JOIN agencies_agency a ON a.id = b.agency_id "
            "WHERE a.code = ANY(%s) AND b.state = 'loaded'",
            [list(codes)],
        )
        return cursor.fetchall()


def test_what_an_officer_said_of_a_record_outlives_the_seal(ada):
    bring("police", ADA)
    link(1)
    settle(is_same=False)
    link(2)
    of_police = number_of("police-1")
    lifted(ada)

    for days in (3, 4):
        link(days)
        assert (number_of("police-1"), number_of("social_care-1"), number_of("leisure-1")) == (of_police, ada, ada)


def test_a_record_is_settled_once_and_by_an_officer_alone(ada):
    bring("police", ADA)
    link(1)
    with as_people_are():
        officer, other = sealers.person("shield-officer"), sealers.person("shield-deputy")
        (card,) = queries.get_held(viewer=officer)
        sealing_operations.settle_held(held_id=card.id, is_same=False, by=officer, at=NOW)
        for late in (card.id, uuid.uuid4()):
            with pytest.raises(sealing_rules.NotDone):
                sealing_operations.settle_held(held_id=late, is_same=True, by=other, at=NOW)

    link(2)
    assert number_of("police-1") != ada


def test_a_child_who_was_joined_to_another_while_the_question_waited_is_sealed_all_the_same(db, batch):
    bring("social_care", ADA)
    bring("leisure", BO)
    alone.link(NOW)
    sealers.add_officers("social_care", by=bringing.MACHINE)
    one, other = number_of("social_care-1"), number_of("leisure-1")
    persons = alone.persons()
    given_up = max(one, other, key=lambda number: people_models.Child.objects.get(number=number).id)
    with as_people_are():
        requests = [sealers.ask(number) for number in (given_up, one if given_up == other else other)]
    alone.link(NOW, together=[tuple(persons)])
    now = number_of("social_care-1")
    assert now != given_up
    with as_people_are():
        sealers.agree(requests[0])
        # What was asked of the other child, who is the same one now, is so already.
        with pytest.raises(sealing_rules.NotDone) as refused:
            sealers.agree(requests[1])

    assert refused.value.answer is sealing_rules.Answer.ALREADY
    assert people_models.Child.objects.get(number=now).is_sealed
    assert not people_models.Child.objects.get(number=given_up).is_sealed
