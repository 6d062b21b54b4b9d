"""In the whole borough, imported and linked, the database says what the rules say."""

import pytest
from django.db import connection

from joinedup.outcomes.people import models as people_models
from tests.integration.childindex import stating

pytestmark = pytest.mark.usefixtures("borough", "batch")


def test_in_the_borough_too_every_child_is_who_the_rule_says():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child_id, array_agg(person_record_id) FROM childindex_link WHERE ended_at IS NULL GROUP BY child_id"
        )
        children = dict(cursor.fetchall())
    summaries = {summary.child_id: summary for summary in people_models.ChildSummary.objects.all()}

    assert len(children) > 250
    assert summaries.keys() == children.keys()
    for child_id, persons in children.items():
        ruled = stating.summary_by_the_rule(persons)
        card = summaries[child_id]
        assert (card.given_name, card.family_name, card.postcode) == (
            ruled.of("given_name"), ruled.of("family_name"), ruled.of("postcode")
        )  # fmt: skip
        assert str(card.birth_date or "") == ruled.of("birth_date")
        assert (card.nhs_number, card.upn, card.address) == (
            ruled.of("nhs_number"),
            ruled.of("upn"),
            ruled.of("address"),
        )


def test_in_the_borough_too_the_keys_are_those_of_the_rule():
    held = stating.keys_held()

    assert len(held) > 1_000
    assert held == stating.keys_by_the_rule({person_id for person_id, _ in held})
