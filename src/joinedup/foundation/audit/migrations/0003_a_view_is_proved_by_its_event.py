"""A view is open only while its event's own transaction runs: a setting alone, which anyone may write, opens nothing."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from joinedup.foundation.audit import functions
from joinedup.foundation.database import roles, secure


class Replaced(secure.DefinerFunction):
    """A function that policies use already: it is written over, and written back on the way down."""

    def __init__(self, signature: str, sql: str, *, before: str) -> None:
        super().__init__(signature, sql, callers=["app", "batch"])
        self.before = before

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        names = roles.role_names()
        schema_editor.execute(f"ALTER FUNCTION {self.signature} OWNER TO {names.definer}")
        # Only as the definer: the owner may become it, and has none of its rights before.
        schema_editor.execute(f"SET ROLE {names.definer}")
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        schema_editor.execute("RESET ROLE")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        schema_editor.execute(f"SET ROLE {roles.role_names().definer}")
        schema_editor.execute(self.before.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), params=None)
        schema_editor.execute("RESET ROLE")


class Migration(migrations.Migration):
    """The three functions that say whose view is open, and the fixed search path of the trigger's."""

    dependencies = [("audit", "0002_secure")]

    operations = [
        Replaced("audit_view_is_open()", functions.VIEW_IS_PROVED, before=functions.VIEW_IS_OPEN),
        Replaced("audit_viewer()", functions.VIEWER_IS_PROVED, before=functions.VIEWER),
        Replaced(
            "audit_add_subjects(uuid, uuid[])", functions.ADD_PROVED_SUBJECTS, before=functions.ADD_SUBJECTS
        ),
        migrations.RunSQL(
            "ALTER FUNCTION audit_never_changes() SET search_path = pg_catalog, pg_temp",
            "ALTER FUNCTION audit_never_changes() RESET search_path",
        ),
    ]
