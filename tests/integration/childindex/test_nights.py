"""Nights: what arrived record by record and what a link run makes of it agree, and no child changes for no reason."""

import datetime
import random

import pytest

from joinedup.outcomes.people import models as people_models
from joinedup.processes.childindex import models
from joinedup.processes.childindex import operations as childindex_operations
from tests.conftest import NOW
from tests.integration.childindex import alone, test_links
from tests.integration.intake import bringing
from tests.unit.linkage import families

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]

ADA = ",Ada,Lovell,2014-03-09,NG1 5FT,,,"
BO = ",Bohdan,Finch,2013-11-21,NG7 2RD,,,"
_HEADER = "local_id,given_name,middle_names,family_name,date_of_birth,sex,nhs_number,upn,address,postcode"


def night(days=1):
    return childindex_operations.link_all(by=bringing.MACHINE, at=NOW + datetime.timedelta(days=days))


def bring(code, *rows):
    numbered = [f"{code}-{place}{row}" for place, row in enumerate(rows, start=1)]
    return bringing.load(bringing.people(*numbered, name=f"{code}.csv"), bringing.agency(code))


@pytest.fixture
def known(db, batch):
    bring("social_care", ADA, BO)
    night(0)


@pytest.mark.usefixtures("known")
class TestDifferences:
    def test_a_night_after_arrivals_changes_nothing_and_agrees(self):
        bring("leisure", ADA, ",Cyra,Stone,2012-02-02,LE1 1AA,,,")
        before = alone.numbers()

        counts = night().counts

        assert alone.numbers() == before
        assert (counts["pairs_before"], counts["pairs_agreed"]) == (1, 1)
        assert (counts["would_join"], counts["would_part"], counts["links_made"]) == (0, 0, 0)

    def test_a_join_that_nothing_new_explains_is_asked_and_not_done(self):
        bring("leisure", ADA)
        _put_apart("leisure-1")
        before = alone.numbers()

        for days in (1, 2):
            counts = night(days).counts
            assert counts["would_join"] == 1
            assert alone.numbers() == before

        task = models.ReviewTask.objects.get(state="open")
        assert task.evidence["reason"] == "night_would_join"
        assert task.evidence["fields"]

    def test_a_parting_that_nothing_new_explains_is_asked_and_not_done(self):
        bring("leisure", ",Cyra,Stone,2012-02-02,LE1 1AA,,,")
        _put_together("leisure-1", "social_care-2")
        before = alone.numbers()

        counts = night().counts

        assert counts["would_part"] == 1
        assert alone.numbers() == before
        asked = models.ReviewTask.objects.get(state="open")
        assert asked.evidence["reason"] == "night_would_part"
        assert asked.evidence["sides"] == [[str(asked.record_a_id)], [str(asked.record_b_id)]]

    def test_what_a_steward_said_is_done_by_night(self):
        bring("leisure", ADA)
        _put_apart("leisure-1")
        test_links.decide("social_care-1", "leisure-1", "must")

        night()

        numbers = alone.numbers()
        assert numbers["leisure-1"] == numbers["social_care-1"]

    def test_a_changed_statement_that_was_left_to_the_night_explains_a_change(self, settings):
        bring("leisure", ",Ada,Stone,2011-01-20,LE1 1AA,,,")
        assert alone.numbers()["leisure-1"] != alone.numbers()["social_care-1"]
        settings.ARRIVAL_MOST_RECORDS = 0
        bring("leisure", ADA)

        night()

        numbers = alone.numbers()
        assert numbers["leisure-1"] == numbers["social_care-1"]

    def test_the_index_brought_anew_is_the_same_index(self):
        before = _known()
        childindex_operations.link_all(by=bringing.MACHINE, at=NOW + datetime.timedelta(days=1), is_index_anew=True)

        assert _known() == before


def test_what_is_loaded_before_the_first_run_is_brought_under_its_keys_by_that_run(db, batch):
    bring("social_care", ADA, BO)
    assert _known() == (0, [])

    night(0)
    assert models.KnownAlias.objects.count() == 2

    bring("leisure", ADA)
    assert models.KnownAlias.objects.count() == 3


def _known():
    return models.KnownAlias.objects.count(), sorted(models.KnownAlias.objects.values_list("said", "home"))


def _record(local_id):
    return test_links.record(local_id)


def _put_apart(local_id):
    """Make a record a child of its own, as if it had been taken for one on arrival."""
    child = people_models.Child.objects.create(number="000000000", minted_at=NOW)
    models.Link.objects.filter(person_record_id=_record(local_id), ended_at=None).update(child_id=child.id)


def _put_together(local_id, other):
    """Make a record another record's child, as if it had been taken for theirs."""
    child = models.Link.objects.get(person_record_id=_record(other), ended_at=None).child_id
    models.Link.objects.filter(person_record_id=_record(local_id), ended_at=None).update(child_id=child)


class TestABorough:
    """Families' records come one by one; then a run links everyone at once."""

    @pytest.mark.thorough
    def test_record_by_record_and_at_once_agree_in_995_of_1000_pairs(self, db, batch, settings):
        table, _ = families.borough(160, seed=11)
        rows = table.to_pylist()
        random.Random(5).shuffle(rows)
        first, rest = rows[: len(rows) // 3], rows[len(rows) // 3 :]
        settings.ARRIVAL_MOST_RECORDS = 0
        _bring_rows(first, "first")
        night(0)
        settings.ARRIVAL_MOST_RECORDS = 10_000
        loaded = _bring_rows(rest, "rest")
        assert sum(each.left for each in loaded) == 0

        counts = night(1).counts

        settled = counts["pairs_before"] - counts["pairs_waiting"]
        assert settled > 150
        assert counts["pairs_agreed"] / settled >= 0.995, counts
        assert counts["links_made"] == counts["links_ended"] == 0


def _bring_rows(rows, name):
    """Bring each agency's rows in as its own list."""
    loaded = []
    for code in sorted({row["agency"] for row in rows}):
        lines = [_line(code, row) for row in rows if row["agency"] == code]
        source = bringing.formats.Source.of_bytes(f"{name}-{code}.csv", "\r\n".join([_HEADER, *lines, ""]).encode())
        loaded.append(bringing.load(source, bringing.agency(code)))
    return loaded


def _line(code, row):
    born = row["birth_date"].isoformat() if row["birth_date"] else ""
    said = [row[name] or "" for name in ("given_name", "middle_names", "family_name")]
    more = [row[name] or "" for name in ("sex", "nhs_number", "upn", "address", "postcode")]
    return ",".join([f"{code}-{row['person_record_id']}", *said, born, *more])
