"""Ethnicity is read from the kept school census when looks are counted, agrees with the borough's truth, and is kept nowhere."""

import csv

import pytest

from joinedup.exchange.intake import ethnicity
from joinedup.foundation.audit import operations as audit_operations
from tests import databases
from tests.conftest import as_role
from tests.integration.assurance import acting
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")


def test_the_newest_census_says_of_which_group_a_child_is():
    folder = databases.borough_manifest()["folder"]
    said = {
        row["upn"]: row["ethnicity"]
        for path in sorted((folder / "schools").glob("*onroll*.csv"))
        if "pupilonroll" in path.name
        for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
        if row["upn"] and row["ethnicity"]
    }
    with as_role("batch"):
        audit_operations.open_view(viewer=acting.MACHINE, act="test.ethnicity")
        found = ethnicity.get_ethnicities()
    known = [each for each in asking.children(most=1_000) if each.upn in said and each.id in found]

    assert len(known) > 50
    assert sum(said[each.upn] == found[each.id] for each in known) >= 0.97 * len(known)
