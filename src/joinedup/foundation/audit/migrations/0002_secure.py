"""The audit writes itself: only the definer's functions add rows, and nobody changes one."""

from django.db import migrations

from joinedup.foundation.audit import functions
from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Functions, rights and the trigger that refuses change."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(functions.VIEW_IS_OPEN, "DROP FUNCTION audit_view_is_open()"),
        migrations.RunSQL(functions.VIEWER, "DROP FUNCTION audit_viewer()"),
        secure.SecureTables(["audit_auditevent", "audit_auditsubject"], definer="SELECT, INSERT", rows="false"),
        secure.DefinerFunction(
            "audit_write(uuid, uuid, text, text, uuid, text, text, text, text, bytea, text, uuid, uuid[], boolean)",
            functions.WRITE,
            callers=["app", "batch"],
        ),
        secure.DefinerFunction(
            "audit_add_subjects(uuid, uuid[])", functions.ADD_SUBJECTS, callers=["app", "batch"]
        ),
        migrations.RunSQL(functions.NEVER_CHANGE, "DROP FUNCTION audit_never_changes()"),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_never_changes()",
                f"DROP TRIGGER {table}_never_changes ON {table}",
            )
            for table in ("audit_auditevent", "audit_auditsubject")
        ],
    ]
