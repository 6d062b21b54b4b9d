"""Models are approved: the first run learns one by itself and says so; then a person tries, approves, and can go back."""

import dataclasses
import datetime
import json

import pytest
from django.db import Error, transaction

from joinedup.processes.childindex import models, operations, queries, rules
from joinedup.processes.childindex.operations import versions
from tests.conftest import NOW
from tests.integration import standing
from tests.integration.childindex import stewards
from tests.integration.intake import bringing
from tests.integration.looking import asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]
LATER = NOW + datetime.timedelta(days=1)
ADA = ",Ada,Lovell,2014-03-09,NG1 5FT,,,,"
ELSEWHERE = ",Ada,Lovell,2014-03-09,LE1 1AA,,,,"


@pytest.fixture
def linked(db, batch):
    """Ada, as two agencies know her, linked by the first model there was; and a steward."""
    stewards.bring("social_care", ADA)
    stewards.bring("leisure", ADA)
    stewards.add("ines")
    operations.link_all(by=bringing.MACHINE, at=NOW)
    return stewards.records()


def candidate(*, home_bits=-1.0):
    """Return a candidate like the current model, but for what living at the same address says."""
    current = versions.get_current()
    saved = versions.saved_model(current)
    settings = saved.settings()
    for comparison in settings["comparisons"]:
        if comparison["output_column_name"] == "home":
            for level in comparison["comparison_levels"][1:]:
                level["m_probability"] = min(level["m_probability"] * 2**home_bits, 1.0)
    text = json.dumps(settings, sort_keys=True, separators=(",", ":"))
    return models.ModelVersion.objects.create(
        model_hash=dataclasses.replace(saved, text=text).hash,
        model={"splink": settings, "by_hand": saved.by_hand},
        trained_at=LATER,
        record_count=5000,
        link_threshold_bits=current.link_threshold_bits,
        review_threshold_bits=current.review_threshold_bits,
    )


def shadow(version):
    return operations.shadow_model(version_id=version.id, by=bringing.MACHINE, at=LATER)


def promote(version, *, by="ines"):
    operations.promote_model(version_id=version.id, by=stewards.person(by), at=LATER)


def changes():
    return list(
        models.IdentityEvent.objects.filter(kind="model_changed").order_by("id").values_list("why", "by_name", "after")
    )


def test_the_first_run_learns_a_model_by_itself_and_the_history_says_so(linked):
    current = versions.get_current()

    assert current.approved_by_name == versions.BY_ITSELF
    assert current.approved_by_id is None
    assert changes() == [("first_model", "test command", [current.id])]
    assert models.LinkRun.objects.get().model_version_id == current.id


def test_it_says_what_it_was_trained_on(linked):
    described = versions.get_current().trained_on

    assert described["rows_of_agency"] == {"leisure": 1, "social_care": 1}
    assert (described["rows"], described["people"]) == (2, 2)
    assert len(described["hash"]) == 64
    assert described["from"] == described["until"] != ""


def test_a_model_is_read_back_letter_for_letter(linked):
    current = versions.get_current()

    assert versions.saved_model(current).hash == current.model_hash


def test_no_later_run_learns_anew_by_itself(linked):
    version = candidate()
    shadow(version)
    promote(version)
    before = models.ModelVersion.objects.count()
    stewards.bring("police", ADA)

    operations.link_all(by=bringing.MACHINE, at=LATER + datetime.timedelta(days=1))

    assert models.ModelVersion.objects.count() == before
    assert models.LinkRun.objects.order_by("-started_at").first().model_version_id == version.id
    assert len(changes()) == 2


def test_a_model_that_is_trained_is_a_candidate_and_links_nobody(linked):
    current = versions.get_current()

    operations.train_model(by=bringing.MACHINE, at=LATER)

    assert versions.get_current() == current


def test_a_shadow_run_says_what_would_change_and_changes_nothing(linked, settings):
    settings.ARRIVAL_MOST_RECORDS = 0
    version = candidate(home_bits=-40)
    stewards.bring("police", ELSEWHERE)
    before = {name: rows for name, rows in standing.checksums().items() if name != "childindex_modelversion"}

    counts = shadow(version).counts

    after = {name: rows for name, rows in standing.checksums().items() if name != "childindex_modelversion"}
    assert after == before
    version.refresh_from_db()
    assert version.shadow == counts
    # The two records agree in all but what this model no longer believes.
    assert (counts["numbers_kept"], counts["records_linked_anew"]) == (1, 1)
    assert version.measured["match_rates"].keys() >= {"agency: leisure", "agency: social_care", "born: 2014"}


def test_a_shadow_run_counts_those_who_would_be_parted(linked):
    version = candidate()
    version.link_threshold_bits = 60
    version.save()

    counts = shadow(version).counts

    assert (counts["numbers_kept"], counts["numbers_new"], counts["children_parted"], counts["records_moved"]) == (
        (1, 1, 1, 1)
    )


def test_nothing_is_promoted_that_was_not_tried_since_links_were_last_made(linked):
    version = candidate()
    with pytest.raises(operations.NotTried):
        promote(version)
    shadow(version)
    operations.link_all(by=bringing.MACHINE, at=LATER + datetime.timedelta(hours=1))

    with pytest.raises(operations.NotTried):
        promote(version)


def test_a_person_promotes_and_one_command_goes_back(linked):
    first, second = versions.get_current(), candidate()
    shadow(second)

    promote(second)
    assert versions.get_current() == second
    assert (versions.get_current().approved_by_name, versions.get_current().replaces) == ("Ines", first)
    first.refresh_from_db()
    assert first.state == rules.ModelState.RETIRED

    operations.roll_back_model(by=stewards.person("ines"), at=LATER)
    assert versions.get_current() == first
    second.refresh_from_db()
    assert second.state == rules.ModelState.APPROVED
    assert [why for why, _, _ in changes()] == ["first_model", "promotion", "rollback"]
    with pytest.raises(operations.NoSuchVersion):
        operations.roll_back_model(by=stewards.person("ines"), at=LATER)


@pytest.mark.parametrize("role", ["social_worker", "analyst", "system_admin"])
def test_nobody_else_approves_a_model(linked, role):
    version = candidate()
    shadow(version)
    stewards.add("sam", role=role)

    with pytest.raises(operations.NotAllowed):
        promote(version, by="sam")
    with pytest.raises(operations.NotAllowed):
        operations.promote_model(version_id=version.id, by=bringing.MACHINE, at=LATER)


def test_the_table_itself_has_one_current_model_and_none_that_nobody_approved(linked):
    version = candidate()
    for state in ("current", "approved"):
        with pytest.raises(Error), transaction.atomic():
            models.ModelVersion.objects.filter(pk=version.pk).update(state=state)


def test_thresholds_are_kept_with_the_model(linked, settings):
    settings.LINK_THRESHOLD_BITS = 99.0

    operations.link_all(by=bringing.MACHINE, at=LATER)

    run = models.LinkRun.objects.order_by("-started_at").first()
    assert run.link_threshold_bits == versions.get_current().link_threshold_bits != 99.0


class TestExplanation:
    def test_an_old_link_is_explained_by_the_model_that_made_it(self, linked):
        record = linked["leisure-1"]
        before = queries.explain_link(viewer=bringing.MACHINE, ref=record)
        version = candidate(home_bits=-3)
        shadow(version)
        promote(version)
        operations.link_all(by=bringing.MACHINE, at=LATER)

        after = queries.explain_link(viewer=bringing.MACHINE, ref=record)

        assert (after.why, after.by_model) == (before.why, before.by_model)
        assert (before.model_state, after.model_state) == ("current", "retired")
        assert after.why.model_hash != version.model_hash

    def test_each_fields_bits_are_those_of_the_kept_model_and_their_sum_is_the_weight(self, linked):
        found = queries.explain_link(viewer=bringing.MACHINE, ref=linked["leisure-1"])

        bits = {part.name: part.bits for part in found.why.evidence}
        assert found.by_model.keys() == bits.keys() >= {"given", "family", "birth_date", "home"}
        for name, by_model in found.by_model.items():
            assert bits[name] == pytest.approx(by_model, abs=0.01)
        assert found.why.bits_before + sum(bits.values()) == pytest.approx(found.why.bits, abs=0.01)

    def test_a_link_is_found_by_itself_its_record_and_a_row_of_the_record(self, linked):
        by_record = queries.explain_link(viewer=bringing.MACHINE, ref=linked["leisure-1"])
        ((row,),) = asking.rows("SELECT id FROM records_sourcerecord WHERE person_record_id = %s", linked["leisure-1"])

        for ref in (by_record.link_id, row):
            assert queries.explain_link(viewer=bringing.MACHINE, ref=ref) == by_record
        with pytest.raises(queries.NoSuchLink):
            queries.explain_link(viewer=bringing.MACHINE, ref=bringing.agency("leisure").id)

    def test_what_a_steward_moved_keeps_the_evidence_and_says_who(self, linked):
        record = linked["leisure-1"]
        before = queries.explain_link(viewer=bringing.MACHINE, ref=record)
        stewards.part([linked["social_care-1"]])
        moved = [queries.explain_link(viewer=bringing.MACHINE, ref=one) for one in linked.values()]

        assert [one.is_by_steward for one in moved].count(True) == 1
        assert next(one for one in moved if one.person_record_id == record).why.bits == before.why.bits


def test_the_history_of_a_child_is_read_by_whoever_may_read_the_child(linked):
    stewards.confirm(linked["social_care-1"], linked["leisure-1"])
    number = stewards.number_of(linked["leisure-1"])

    with stewards.as_people_are():
        look = queries.Look(viewer=stewards.person("ines"), number=number, purpose="referral")
        lines = queries.get_identity_history(look)

    assert [(line.kind, line.why, line.came) for line in lines] == [
        (rules.ChangeKind.ASSIGNED, rules.Because.RUN, 2),
        (rules.ChangeKind.CONFIRMED, rules.Because.STEWARD, 0),
    ]
