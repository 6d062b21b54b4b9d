"""The roles and addresses, on a server of our own and on someone else's."""

import dataclasses
import os
import stat

import psycopg
import pytest

from joinedup.foundation.database import address, databases, faults, location, report, roles


def connect(environ, role):
    return psycopg.connect(address.url_for(address.Role(role), environ=environ), autocommit=True)


@pytest.fixture
def elsewhere(someone_elses_server, place, request):
    """The environment of an installation on someone else's server, whose administrator is not a superuser."""
    tail = f"t{abs(hash(request.node.name)) % 10**8}"
    with psycopg.connect(someone_elses_server, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE keeper_{tail} LOGIN CREATEROLE CREATEDB PASSWORD 'keep'")
    keeper = dataclasses.replace(location.read(someone_elses_server), user=f"keeper_{tail}", password="keep")
    yield {"DATABASE_URL": keeper.url, "JOINEDUP_ROLE_SUFFIX": tail, "JOINEDUP_DATA": str(place), "PATH": os.defpath}
    databases.drop(someone_elses_server, f"joinedup_{tail}")


def test_no_serving_role_is_superuser_bypasses_policies_or_owns_anything(installation):
    for role in ("app", "batch"):
        with connect(installation, role) as connection:
            assert report.shortcomings(connection) == ()


def test_the_administrator_is_told_not_to_serve(installation):
    with connect(installation, "admin") as connection:
        assert any("superuser" in word for word in report.shortcomings(connection))


def test_the_application_gives_up_on_endless_statements_and_batch_does_not(installation):
    with connect(installation, "app") as connection:
        assert connection.execute("SHOW statement_timeout").fetchone() == ("30s",)
    with connect(installation, "batch") as connection:
        assert connection.execute("SHOW statement_timeout").fetchone() == ("0",)


def test_pages_plan_their_statements_once_and_batch_plans_as_it_likes(installation):
    for role, mode in (("app", "force_generic_plan"), ("batch", "auto")):
        with connect(installation, role) as connection:
            assert connection.execute("SHOW plan_cache_mode").fetchone() == (mode,)


def test_a_table_that_no_migration_has_opened_stays_shut(installation):
    with connect(installation, "owner") as connection:
        connection.execute("CREATE TABLE forgotten (id int)")
    with connect(installation, "app") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM forgotten")


def test_the_application_can_make_nothing(installation):
    with connect(installation, "app") as connection:
        for statement in ("CREATE TABLE mine (id int)", "CREATE TEMPORARY TABLE mine (id int)", "CREATE SCHEMA mine"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


@pytest.mark.parametrize("where", ["our own server", "someone else's"])
def test_forced_policies_hold_for_the_owner_too_and_the_definer_looks_past_them(where, installation, elsewhere):
    environ = installation if where == "our own server" else elsewhere
    names = roles.role_names(environ)
    with connect(environ, "owner") as connection:
        looks_past = "LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT count(*) FROM child'"
        for statement in (
            "CREATE TABLE child (id int)",
            "ALTER TABLE child ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE child FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY batch ON child TO {names.batch} USING (true)",
            f"CREATE POLICY definer ON child TO {names.definer} USING (true)",
            f"GRANT SELECT, INSERT ON child TO {names.app}, {names.batch}, {names.definer}",
            f"CREATE FUNCTION children() RETURNS bigint {looks_past}",
            f"ALTER FUNCTION children() OWNER TO {names.definer}",
        ):
            connection.execute(statement)
    with connect(environ, "batch") as connection:
        connection.execute("INSERT INTO child VALUES (1), (2)")

    seen = {}
    for role in ("owner", "app", "batch"):
        with connect(environ, role) as connection:
            seen[role] = connection.execute("SELECT count(*), children() FROM child").fetchone()
    assert seen == {"owner": (0, 2), "app": (0, 2), "batch": (2, 2)}
    with connect(environ, "owner") as connection:
        connection.execute("DROP FUNCTION children(); DROP TABLE child")


def test_every_extension_the_product_uses_is_there(installation):
    with connect(installation, "app") as connection:
        assert connection.execute("SELECT similarity('Siobhan', 'Siobhán') > 0, soundex('Lee')").fetchone()
        found = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
    assert set(databases.EXTENSIONS) <= found


def test_preparing_again_changes_nothing(installation):
    before = address.url_for(address.Role.APP, environ=installation)
    layout = address.layout(installation)

    again = roles.prepare(address.url_for(address.Role.ADMIN, environ=installation), passwords_file=layout.credentials)

    assert again.app_url == before
    with psycopg.connect(again.app_url):
        pass


def test_a_database_made_from_a_template_meets_the_same_rights(installation):
    admin = address.url_for(address.Role.ADMIN, environ=installation)
    names = roles.role_names(installation)
    try:
        databases.create(admin, "joinedup_template", roles=names)
        with psycopg.connect(
            address.url_for(address.Role.OWNER, environ=installation, database="joinedup_template")
        ) as c:
            c.execute("CREATE TABLE note (id int)")
            c.execute(f"GRANT SELECT ON note TO {names.app}")
        databases.create(admin, "joinedup_worker", roles=names, template="joinedup_template")
        with psycopg.connect(address.url_for(address.Role.APP, environ=installation, database="joinedup_worker")) as c:
            assert c.execute("SELECT count(*) FROM note").fetchone() == (0,)
    finally:
        databases.drop(admin, "joinedup_worker")
        databases.drop(admin, "joinedup_template")


def test_an_administrators_address_alone_is_enough_and_is_used_once(elsewhere, place):
    app = address.url_for(address.Role.APP, environ=elsewhere)

    assert location.read(app).user.startswith("joinedup_app_t")
    assert address.url_for(address.Role.APP, environ=elsewhere, start=False) == app
    assert stat.S_IMODE((place / "credentials.json").stat().st_mode) == 0o600
    with psycopg.connect(app) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == (
            f"joinedup_{elsewhere['JOINEDUP_ROLE_SUFFIX']}",
        )


def test_before_it_is_prepared_an_address_is_not_made_up(elsewhere):
    with pytest.raises(faults.NotPrepared, match="joinedup db start"):
        address.url_for(address.Role.APP, environ=elsewhere, start=False)


def test_a_second_installation_does_not_take_the_firsts_roles(elsewhere, place):
    address.url_for(address.Role.APP, environ=elsewhere)

    with pytest.raises(faults.RolesUnusable, match="JOINEDUP_ROLE_SUFFIX"):
        address.url_for(address.Role.APP, environ=elsewhere | {"JOINEDUP_DATA": str(place / "second")})


def test_a_database_with_someone_elses_tables_is_not_taken_over(elsewhere, someone_elses_server):
    with psycopg.connect(elsewhere["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("CREATE DATABASE ledger")
    theirs = databases.at(elsewhere["DATABASE_URL"], "ledger")
    with psycopg.connect(theirs) as connection:
        connection.execute("CREATE TABLE account (id int)")
    try:
        with pytest.raises(faults.RolesUnusable, match="someone else's tables"):
            address.url_for(address.Role.APP, environ=elsewhere | {"DATABASE_URL": theirs})
    finally:
        databases.drop(someone_elses_server, "ledger")


def test_a_user_who_may_not_make_roles_is_told_what_to_give(elsewhere, place):
    app = address.url_for(address.Role.APP, environ=elsewhere)
    plain = elsewhere | {"DATABASE_URL": app, "JOINEDUP_DATA": str(place / "second")}

    with pytest.raises(faults.AddressIncomplete, match="DATABASE_OWNER_URL and DATABASE_BATCH_URL"):
        address.url_for(address.Role.APP, environ=plain)


def test_three_addresses_are_used_as_they_are(installation):
    given = {
        "DATABASE_URL": address.url_for(address.Role.APP, environ=installation),
        "DATABASE_OWNER_URL": address.url_for(address.Role.OWNER, environ=installation),
        "DATABASE_BATCH_URL": address.url_for(address.Role.BATCH, environ=installation),
    }

    assert address.url_for(address.Role.BATCH, environ=given) == given["DATABASE_BATCH_URL"]
    assert roles.role_names(given) == databases.role_names()
    with pytest.raises(faults.AddressIncomplete, match="DATABASE_ADMIN_URL"):
        address.url_for(address.Role.ADMIN, environ=given)


def test_a_server_that_does_not_answer_is_named_without_its_password(place):
    environ = {"DATABASE_URL": "postgresql://admin:hush@127.0.0.1:1/postgres", "JOINEDUP_DATA": str(place)}

    with pytest.raises(faults.ServerUnreachable, match=r"admin@127\.0\.0\.1:1") as caught:
        address.url_for(address.Role.APP, environ=environ)
    assert "hush" not in str(caught.value)


def test_four_processes_that_ask_first_at_once_get_one_working_address(place, python):
    script = """
import psycopg
from joinedup.foundation.database import address
url = address.url_for(address.Role.APP)
psycopg.connect(url).close()
print(url)
"""
    environ = os.environ | {"JOINEDUP_DATA": str(place / "data"), "JOINEDUP_DATABASE_DURABLE": "no"}
    asking = [python(script, env=environ) for _ in range(4)]

    answers = [each.communicate(timeout=120) for each in asking]

    assert len({said for said, _ in answers}) == 1, answers
    assert all(each.returncode == 0 for each in asking), answers
