"""Arrivals: a record is matched in the transaction that stores it: linked, asked about, held, or a new child's."""

import contextlib
import datetime

import pytest
from django.db import connection

from joinedup.exchange.intake import undoing
from joinedup.foundation.database import roles
from joinedup.outcomes.people import models as people_models
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import models, queries
from joinedup.processes.childindex import operations as childindex_operations
from joinedup.processes.childindex.linkage import matchkeys
from tests.conftest import NOW, as_role
from tests.integration.childindex import alone, test_links
from tests.integration.governance import sealers
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]

LATER = NOW + datetime.timedelta(days=1)
ADA = ",Ada,Lovell,2014-03-09,NG1 5FT,,,"
ADAS_TWIN = ",Beatrix,Lovell,2014-03-09,NG1 5FT,,,"
ADAS_SISTER = ",Beatrix,Lovell,2016-07-21,NG1 5FT,,,"
PERHAPS_ADA = ",Ada,Stone,2014-03-09,LE1 1AA,,,"
BO = ",Bohdan,Finch,2013-11-21,NG7 2RD,,,"
CYRA = ",Cyra,Stone,2012-02-02,LE1 1AA,,,"


def bring(code, *rows):
    """Bring a list in from an agency, each row under the agency's own numbers from 1."""
    numbered = [f"{code}-{place}{row}" for place, row in enumerate(rows, start=1)]
    return bringing.load(bringing.people(*numbered, name=f"{code}.csv"), bringing.agency(code))


def link(at=LATER):
    return childindex_operations.link_all(by=bringing.MACHINE, at=at)


def open_tasks():
    return models.ReviewTask.objects.filter(state="open").count()


@contextlib.contextmanager
def as_people_are():
    """Act under the role of the application, and step back to that of loads and links."""
    with as_role("app"):
        yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {roles.role_names().batch}")


@pytest.fixture
def known(db, batch):
    """Ada and Bo, whom social care knows, after a first link run."""
    bring("social_care", ADA, BO)
    link(NOW)


@pytest.mark.usefixtures("known")
class TestWhatARecordBecomes:
    def test_a_known_child_s_record_is_theirs_when_its_load_ends(self):
        loaded = bring("leisure", ADA)

        numbers = alone.numbers()
        assert numbers["leisure-1"] == numbers["social_care-1"]
        assert (loaded.matched, loaded.left) == (1, 0)
        evidence = models.Link.objects.get(person_record__local_id="leisure-1").evidence
        assert evidence["fields"]
        assert open_tasks() == 0

    def test_an_unknown_child_has_a_number_of_their_own(self):
        bring("leisure", CYRA)

        number = alone.numbers()["leisure-1"]
        assert number not in {alone.numbers()[f"social_care-{place}"] for place in (1, 2)}
        assert people_queries.get_child(number=number).given_name == "Cyra"
        assert open_tasks() == 0

    @pytest.mark.parametrize("unknown", [ADAS_TWIN, ADAS_SISTER], ids=["twin", "sister"])
    def test_an_unknown_child_whose_sister_is_known_is_never_taken_for_the_sister(self, unknown):
        bring("leisure", unknown)

        numbers = alone.numbers()
        assert numbers["leisure-1"] != numbers["social_care-1"]

    def test_who_may_be_known_is_a_child_of_their_own_until_a_steward_says(self):
        bring("leisure", PERHAPS_ADA)

        numbers = alone.numbers()
        assert numbers["leisure-1"] != numbers["social_care-1"]
        assert open_tasks() == 1

    def test_records_that_arrive_together_meet_each_other(self):
        bring("leisure", CYRA, BO, CYRA.replace("2012-02-02", "2012-02-20"))

        numbers = alone.numbers()
        assert numbers["leisure-2"] == numbers["social_care-2"]
        assert numbers["leisure-1"] in people_models.Child.objects.values_list("number", flat=True)

    def test_the_child_s_summary_and_the_audit_say_so_at_once(self):
        with as_role("definer"), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_auditevent WHERE act = 'childindex.arrived'")
            (before,) = cursor.fetchone()
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {roles.role_names().batch}")
        bring("leisure", ADA)

        number = alone.numbers()["leisure-1"]
        child = people_models.Child.objects.get(number=number)
        assert people_models.ChildSummary.objects.get(child=child).agency_count == 2
        with as_role("definer"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM audit_auditevent e JOIN audit_auditsubject s ON s.event_id = e.id "
                "WHERE act = 'childindex.arrived' AND s.subject_id = %s",
                [child.id],
            )
            assert cursor.fetchone()[0] == 1
        assert before == 0


def history_since(last_id):
    """Return what became of children since, by one act: the kind, why, by whom and how many records more."""
    events = list(models.IdentityEvent.objects.filter(id__gt=last_id).order_by("id"))
    assert len({event.act_id for event in events}) <= 1
    return sorted((event.kind, event.why, event.by_name, len(event.after) - len(event.before)) for event in events)


def last_event():
    return models.IdentityEvent.objects.order_by("-id").values_list("id", flat=True).first()


@pytest.mark.usefixtures("known")
class TestTheHistory:
    def test_it_says_that_a_record_came_to_a_known_child_and_that_another_was_given_a_number(self):
        before = last_event()
        bring("leisure", ADA, CYRA)

        assert history_since(before) == [
            ("assigned", "arrival", bringing.MACHINE.name, 1),
            ("linked", "arrival", bringing.MACHINE.name, 1),
        ]

    def test_it_says_that_a_number_leads_to_an_older_child_from_now_on(self):
        bring("leisure", CYRA)
        number, before = alone.numbers()["leisure-1"], last_event()
        bring("leisure", BO)

        numbers = alone.numbers()
        assert numbers["leisure-1"] == numbers["social_care-2"]
        led = people_models.Child.objects.get(number=number)
        assert led.redirect_to.number == numbers["leisure-1"]
        assert history_since(before) == [
            ("linked", "arrival", bringing.MACHINE.name, 1),
            ("redirected", "arrival", bringing.MACHINE.name, -1),
        ]

    def test_it_says_that_a_child_of_whom_everything_was_taken_back_has_returned(self):
        loaded = bring("leisure", CYRA)
        undoing.undo(batch_id=loaded.batch_id, by=bringing.MACHINE)
        before = last_event()
        bring("leisure", CYRA)

        assert history_since(before) == [("returned", "arrival", bringing.MACHINE.name, 1)]

    def test_nothing_is_said_where_nothing_comes_of_it(self):
        bring("leisure", ADA)
        before = last_event()
        bring("leisure", ADA.replace("Lovell", "Lovel"))

        assert history_since(before) == []


@pytest.mark.usefixtures("known")
class TestTheModel:
    def test_what_arrives_after_another_model_was_approved_is_left_to_its_first_run(self):
        models.ModelVersion.objects.filter(state="current").update(state="retired")

        loaded = bring("leisure", ADA)

        assert (loaded.matched, loaded.left) == (0, 1)
        assert "leisure-1" not in alone.numbers()


@pytest.mark.usefixtures("known")
class TestComingAndGoing:
    def test_a_batch_that_is_taken_back_leaves_no_key_behind(self):
        before = kept()
        loaded = bring("leisure", ADA, CYRA)
        assert len(kept()) > len(before)

        undoing.undo(batch_id=loaded.batch_id, by=bringing.MACHINE)

        assert kept() == before
        assert "leisure-1" not in alone.numbers()

    def test_what_is_sent_again_is_the_same_child_again(self):
        loaded = bring("leisure", CYRA)
        number = alone.numbers()["leisure-1"]
        undoing.undo(batch_id=loaded.batch_id, by=bringing.MACHINE)
        assert "leisure-1" not in alone.numbers()

        bring("leisure", CYRA)

        assert alone.numbers()["leisure-1"] == number
        assert people_queries.get_child(number=number).given_name == "Cyra"

    def test_a_parted_pair_is_never_joined_by_what_arrives(self):
        loaded = bring("leisure", ADA)
        test_links.decide("leisure-1", "social_care-1", "cannot")
        link(LATER)
        undoing.undo(batch_id=loaded.batch_id, by=bringing.MACHINE)

        bring("leisure", ADA)

        numbers = alone.numbers()
        assert numbers["leisure-1"] != numbers["social_care-1"]

    def test_a_large_file_is_left_to_the_link_run_and_says_so(self, settings):
        settings.ARRIVAL_MOST_RECORDS = 1

        loaded = bring("leisure", ADA, CYRA)

        assert (loaded.matched, loaded.left) == (0, 2)
        assert "leisure-1" not in alone.numbers()
        link()
        assert alone.numbers()["leisure-1"] == alone.numbers()["social_care-1"]


class TestSealedChildren:
    @pytest.fixture
    def ada(self, known):
        """Ada, who is sealed now."""
        sealers.add_officers("social_care", by=bringing.MACHINE)
        number = alone.numbers()["social_care-1"]
        with as_people_are():
            sealers.seal(number)
        return number

    @pytest.mark.parametrize("arriving", [ADA, PERHAPS_ADA], ids=["surely", "perhaps"])
    def test_what_may_be_about_one_waits_for_an_officer_and_nobody_else_is_asked(self, ada, arriving):
        children = people_models.Child.objects.count()

        bring("police", arriving)

        with as_people_are():
            (card,) = queries.get_held(viewer=sealers.person("shield-officer"))
        assert card.child_number == ada
        assert "police-1" not in alone.numbers()
        assert people_models.Child.objects.count() == children
        assert open_tasks() == 0

    def test_the_sister_of_one_is_a_child_of_her_own_and_is_met_by_no_home(self, ada):
        bring("police", ADAS_SISTER)

        assert alone.numbers()["police-1"] != ada
        assert models.KnownAlias.objects.get(person_record__local_id="police-1").is_home_held


def kept():
    """Return every key with the alias it leads to, by the agency's own number of the record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.key, p.local_id, a.said, a.home FROM childindex_matchkey k "
            "FULL JOIN childindex_knownalias a ON a.id = k.alias_id "
            "LEFT JOIN records_personrecord p ON p.id = a.person_record_id ORDER BY 1, 2"
        )
        return cursor.fetchall()


@pytest.mark.usefixtures("known")
def test_every_known_record_stands_under_each_key_of_the_model():
    rows = kept()

    assert {local_id for _, local_id, *_ in rows} == {"social_care-1", "social_care-2"}
    for key, _, said, home in rows:
        assert key in matchkeys.keys_of(matchkeys.unpack(said, home, person=None, record=None))
