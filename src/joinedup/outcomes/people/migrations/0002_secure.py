"""Children are seen only through an open view; their numbers are never deleted."""

from django.db import migrations

from joinedup.foundation.database import secure

NEVER_DELETED = """
CREATE FUNCTION people_child_is_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a child number is never given up: redirect or withdraw the child instead';
END
$$
"""


class Migration(migrations.Migration):
    """Row-level security, and the trigger that keeps numbers for ever."""

    dependencies = [("people", "0001_initial"), ("audit", "0002_secure")]

    operations = [
        secure.SecureTables(
            ["people_child", "people_childsummary"], app="SELECT", batch="SELECT, INSERT, UPDATE, DELETE"
        ),
        migrations.RunSQL(NEVER_DELETED, "DROP FUNCTION people_child_is_never_deleted()"),
        migrations.RunSQL(
            "CREATE TRIGGER people_child_is_never_deleted BEFORE DELETE OR TRUNCATE ON people_child "
            "FOR EACH STATEMENT EXECUTE FUNCTION people_child_is_never_deleted()",
            "DROP TRIGGER people_child_is_never_deleted ON people_child",
        ),
    ]
