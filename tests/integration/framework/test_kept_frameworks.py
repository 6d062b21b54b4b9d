"""Frameworks as they are kept: every database has them, and what a plan spoke of is never lost."""

import datetime

import pytest
from django.db import connection

from joinedup.outcomes.framework import operations, queries, rules
from tests.conftest import as_role

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 10, 5)
SMALL = """
frameworks:
- code: every_child_matters
  name: "The five, as our trust says them"
  source: ours
  from: 2026-01-01
  outcomes:
  - {code: be_healthy, name: Be well, source: ours}
"""


def test_a_new_database_has_the_frameworks_that_ship():
    frameworks = queries.get_frameworks(on=TODAY)

    assert [framework.code for framework in frameworks] == [
        "every_child_matters",
        "national_framework_2023",
        "supporting_families_2022",
    ]
    assert sum(len(outcome.aims) for outcome in frameworks[0].outcomes) == 30
    assert {line.kind for line in frameworks[1].lines} == {rules.AimKind.ENABLER, rules.AimKind.PRINCIPLE}


def test_a_day_before_a_framework_does_not_speak_its_words():
    codes = [framework.code for framework in queries.get_frameworks(on=datetime.date(2010, 1, 1))]

    assert codes == ["every_child_matters"]


def test_one_observation_counts_for_both_frameworks_whichever_way_it_is_asked():
    five, _, families = queries.get_frameworks(on=TODAY)
    answers = {outcome.code: outcome.answers_to for outcome in (*five.outcomes, *families.outcomes)}

    assert "sf1" in answers["enjoy_achieve"]
    assert "enjoy_achieve" in answers["sf1"]


def test_they_are_read_in_four_statements(django_assert_num_queries):
    with django_assert_num_queries(4):
        queries.get_frameworks(on=TODAY)


def test_a_trusts_own_file_takes_their_place_and_an_old_plan_still_finds_its_words(tmp_path, settings):
    settings.FRAMEWORKS = tmp_path / "ours.yaml"
    settings.FRAMEWORKS.write_text(SMALL)
    with as_role("owner"):
        operations.keep_frameworks()
        operations.keep_frameworks()

    (ours,) = queries.get_frameworks(on=TODAY)
    assert [outcome.name for outcome in ours.outcomes] == ["Be well"]
    assert queries.get_words(code="sf1") == "Getting a good education"
    assert queries.get_words(code="nobody said this") == ""


def test_pages_read_them_and_cannot_change_them():
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("UPDATE framework_aim SET words = 'Obedient'")
