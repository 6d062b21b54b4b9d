"""Backing up and restoring, with real servers."""

import datetime
import json
import stat

import psycopg
import pytest

from joinedup.foundation.database import address, backup, databases, faults, manifest, report, roles

AT = datetime.datetime(2026, 3, 3, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def filled(installation):
    """An installation with a child under forced row-level security, and an audit of it."""
    names = roles.role_names(installation)
    with connect(installation, "owner") as connection:
        connection.execute("DROP TABLE IF EXISTS child, audit_event")
        connection.execute("CREATE TABLE child (id int PRIMARY KEY, name text)")
        connection.execute("CREATE TABLE audit_event (id int PRIMARY KEY)")
        connection.execute("ALTER TABLE child ENABLE ROW LEVEL SECURITY")
        connection.execute("ALTER TABLE child FORCE ROW LEVEL SECURITY")
        connection.execute(f"CREATE POLICY batch ON child TO {names.batch} USING (true)")
        connection.execute(f"GRANT SELECT, INSERT, DELETE ON child, audit_event TO {names.batch}")
        connection.execute(f"GRANT SELECT ON child TO {names.app}")
    with connect(installation, "batch") as connection:
        connection.execute("INSERT INTO child SELECT n, 'Zoë ' || n FROM generate_series(1, 500) n")
        connection.execute("INSERT INTO audit_event SELECT generate_series(1, 40)")
    return installation


def connect(environ, role):
    return psycopg.connect(address.url_for(address.Role(role), environ=environ), autocommit=True)


def children(environ):
    with connect(environ, "batch") as connection:
        return connection.execute("SELECT count(*), max(name) FROM child").fetchone()


def test_what_was_backed_up_comes_back_and_what_came_later_goes(filled, place):
    made = backup.backup(place / "kept.backup", at=AT, environ=filled)
    with connect(filled, "batch") as connection:
        connection.execute("DELETE FROM child WHERE id > 3")
        connection.execute("INSERT INTO child VALUES (9000, 'later')")

    backup.restore(place / "kept.backup", replace=True, environ=filled)

    assert children(filled) == (500, "Zoë 99")
    assert made.rows["public.child"] == 500
    assert made.rows["public.audit_event"] == 40
    assert made.made_at == AT


def test_rights_and_policies_come_back_with_the_rows(filled, place):
    backup.backup(place / "kept.backup", at=AT, environ=filled)

    backup.restore(place / "kept.backup", replace=True, environ=filled)

    with connect(filled, "app") as connection:
        assert connection.execute("SELECT count(*) FROM child").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM child")
        assert report.shortcomings(connection) == ()


def test_a_backup_is_for_its_owners_eyes_and_leaves_no_other_files(filled, place):
    backup.backup(place / "out" / "kept.backup", at=AT, environ=filled)

    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (place / "out").iterdir()}
    assert files == {"kept.backup": 0o600, "kept.backup.manifest.json": 0o600}


def test_a_backup_is_never_written_over_another(filled, place):
    (place / "kept.backup").write_text("the only copy")

    with pytest.raises(faults.BackupFailed, match="exists already"):
        backup.backup(place / "kept.backup", at=AT, environ=filled)
    assert (place / "kept.backup").read_text() == "the only copy"


def test_data_are_not_replaced_without_confirmation(filled, place):
    backup.backup(place / "kept.backup", at=AT, environ=filled)

    with pytest.raises(faults.BackupFailed, match="Confirm"):
        backup.restore(place / "kept.backup", environ=filled)
    assert children(filled)[0] == 500


def test_an_empty_database_needs_no_confirmation(filled, place):
    backup.backup(place / "kept.backup", at=AT, environ=filled)
    with connect(filled, "owner") as connection:
        connection.execute("DROP TABLE child, audit_event")

    backup.restore(place / "kept.backup", environ=filled, replace=not report.is_empty(filled))

    assert children(filled)[0] == 500


@pytest.mark.parametrize("damage", ["cut short", "one byte changed", "manifest gone"])
def test_a_damaged_backup_changes_nothing(filled, place, damage):
    path = place / "kept.backup"
    backup.backup(path, at=AT, environ=filled)
    whole = bytearray(path.read_bytes())
    if damage == "cut short":
        path.write_bytes(whole[:-100])
    elif damage == "one byte changed":
        whole[len(whole) // 2] ^= 1
        path.write_bytes(whole)
    else:
        manifest.path_for(path).unlink()

    with pytest.raises(faults.BackupFailed):
        backup.restore(path, replace=True, environ=filled)
    assert children(filled)[0] == 500


def test_a_backup_whose_rows_do_not_all_arrive_is_not_put_in_place(filled, place):
    path = place / "kept.backup"
    backup.backup(path, at=AT, environ=filled)
    fields = json.loads(manifest.path_for(path).read_text())
    fields["rows"]["public.child"] = 501
    manifest.path_for(path).write_text(json.dumps(fields))
    with connect(filled, "batch") as connection:
        connection.execute("INSERT INTO child VALUES (9000, 'later')")

    with pytest.raises(faults.BackupFailed, match=r"public\.child"):
        backup.restore(path, replace=True, environ=filled)
    assert children(filled)[0] == 501
    with connect(filled, "admin") as connection:
        assert not databases.exists(connection, "joinedup_restoring")


def test_a_backup_of_other_roles_or_of_a_newer_server_is_refused(filled, place):
    path = place / "kept.backup"
    backup.backup(path, at=AT, environ=filled)
    text = manifest.path_for(path).read_text()

    manifest.path_for(path).write_text(text.replace("joinedup_app", "joinedup_app_north"))
    with pytest.raises(faults.BackupFailed, match="JOINEDUP_ROLE_SUFFIX"):
        backup.restore(path, replace=True, environ=filled)
    fields = json.loads(text) | {"server_version": "99.1"}
    manifest.path_for(path).write_text(json.dumps(fields))
    with pytest.raises(faults.WrongVersion, match="too old"):
        backup.restore(path, replace=True, environ=filled)


def test_an_administrator_held_by_policies_is_told_who_can_back_up(filled, place):
    with connect(filled, "admin") as connection:
        connection.execute("DROP ROLE IF EXISTS clerk")
        connection.execute("CREATE ROLE clerk LOGIN PASSWORD 'clerk'")
        connection.execute("GRANT CONNECT ON DATABASE joinedup TO clerk")
    given = {
        "DATABASE_URL": address.url_for(address.Role.APP, environ=filled),
        "DATABASE_OWNER_URL": address.url_for(address.Role.OWNER, environ=filled),
        "DATABASE_BATCH_URL": address.url_for(address.Role.BATCH, environ=filled),
    }
    port = address.url_for(address.Role.ADMIN, environ=filled).rpartition(":")[2].partition("/")[0]
    given["DATABASE_ADMIN_URL"] = f"postgresql://clerk:clerk@127.0.0.1:{port}/postgres"

    with pytest.raises(faults.BackupFailed, match="BYPASSRLS"):
        backup.backup(place / "kept.backup", at=AT, environ=given)
    assert not list(place.glob("*kept*"))
