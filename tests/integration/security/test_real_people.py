"""Real people's records: what an installation must be before it may hold any."""

import os
import subprocess
import sys

import pytest

from joinedup.config import checks, databases
from joinedup.foundation.access import operations as access_operations
from tests.conftest import as_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hardened(settings, tmp_path):
    """The settings of an installation that may hold real people's records."""
    settings.DATA_MODE, settings.DEMO_SIGN_IN, settings.SESSION_COOKIE_SECURE = "real", False, True
    settings.AUDIT_HEADS = tmp_path / "elsewhere" / "heads.jsonl"
    return settings


def test_an_installation_that_protects_them_may_hold_real_people(hardened):
    assert checks.first_refusal() == ""


def test_without_the_settings_of_a_real_installation_it_does_not_start(hardened):
    hardened.SESSION_COOKIE_SECURE = False

    assert [found.id for found in checks.refuse_unready_for_real_people(None)] == ["joinedup.E001"]
    assert "joinedup.config.settings.production" in checks.first_refusal()


def test_heads_kept_beside_the_database_that_they_prove_are_refused(hardened):
    hardened.AUDIT_HEADS = databases.data_folder() / "audit_heads.jsonl"

    assert "JOINEDUP_AUDIT_HEADS" in checks.first_refusal()


@pytest.mark.parametrize("mode", ["", "Real", "live", "synthetic "])
def test_a_mode_that_is_none_is_refused_with_what_to_set(mode):
    assert '"real"' in checks.data_mode_problem(mode)


def test_a_database_of_invented_people_takes_no_real_ones(hardened):
    with as_role("batch"):
        access_operations.mark_synthetic(area_name="Nowhere")

    assert "invented people" in checks.invented_people_problem()
    hardened.DATA_MODE = "synthetic"
    assert checks.invented_people_problem() == ""


@pytest.mark.parametrize("command", [["demo"], ["link"], ["serve"]])
def test_no_command_runs_on_real_people_with_the_settings_of_the_demonstration(command, tmp_path):
    environ = {**os.environ, "JOINEDUP_DATA_MODE": "real", "DJANGO_SETTINGS_MODULE": "joinedup.config.settings.demo"}

    said = subprocess.run(
        [sys.executable, "-m", "joinedup", *command], env=environ, capture_output=True, text=True, check=False
    )

    assert said.returncode == 1
    assert "JOINEDUP_DATA_MODE" in said.stdout
    assert "Traceback" not in said.stdout + said.stderr
