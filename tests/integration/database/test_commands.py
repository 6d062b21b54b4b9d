"""`joinedup db` as a person meets it."""

import pytest
import typer.testing

from joinedup.commands import db

runner = typer.testing.CliRunner()


@pytest.fixture(autouse=True)
def own_folder(place, monkeypatch):
    monkeypatch.setenv("JOINEDUP_DATA", str(place / "data"))
    monkeypatch.setenv("JOINEDUP_DATABASE_DURABLE", "no")
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BATCH_URL", "JOINEDUP_ROLE_SUFFIX"):
        monkeypatch.delenv(name, raising=False)


def test_a_day_in_the_life_of_a_database(place):
    before = runner.invoke(db.app, ["status"])
    assert before.exit_code == db.NOT_RUNNING
    assert "not made yet" in before.output

    started = runner.invoke(db.app, ["start"])
    assert started.exit_code == 0, started.output
    assert "joinedup_app@127.0.0.1" in started.output

    up = runner.invoke(db.app, ["status"])
    assert up.exit_code == 0
    assert "running" in up.output
    assert "PostgreSQL" in up.output
    assert str(place / "data") in up.output
    assert "Warning" not in up.output

    kept = runner.invoke(db.app, ["backup", str(place / "kept.backup")])
    assert kept.exit_code == 0, kept.output
    back = runner.invoke(db.app, ["restore", str(place / "kept.backup")])
    assert back.exit_code == 0, back.output

    assert runner.invoke(db.app, ["stop"]).exit_code == 0
    after = runner.invoke(db.app, ["status"])
    assert after.exit_code == db.NOT_RUNNING
    assert "not running" in after.output


def test_no_password_is_ever_shown(place):
    outputs = [runner.invoke(db.app, [command]).output for command in ("start", "status", "path", "stop")]

    secrets = (place / "data" / "credentials.json").read_text().split('"')
    for secret in (each for each in secrets if len(each) == 32):
        assert not any(secret in output for output in outputs)


def test_what_cannot_be_done_is_said_in_words(monkeypatch):
    monkeypatch.setenv("DATABASE_BATCH_URL", "postgresql://batch@127.0.0.1/joinedup")

    failed = runner.invoke(db.app, ["start"])

    assert failed.exit_code == 1
    assert "DATABASE_URL and DATABASE_OWNER_URL" in failed.output
    assert "Traceback" not in failed.output


def test_a_server_of_someone_elses_is_not_stopped(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://admin@127.0.0.1/postgres")

    assert "not ours to stop" in runner.invoke(db.app, ["stop"]).output


def test_the_path_can_be_used_in_a_script(place):
    assert runner.invoke(db.app, ["path"]).stdout == f"{place / 'data'}\n"
