"""A view is open only for an event written since the transaction began: a restored event of the same number opens none."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from joinedup.foundation.audit import functions
from joinedup.foundation.database import roles


class Rewritten(migrations.operations.base.Operation):
    """Write over a function that the definer owns already, and back on the way down."""

    reversible = True

    def __init__(self, name: str, sql: str, *, before: str) -> None:
        self.name, self.sql, self.before = name, sql, before

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self._write(schema_editor, self.sql)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self._write(schema_editor, self.before)

    def _write(self, schema_editor: BaseDatabaseSchemaEditor, sql: str) -> None:
        schema_editor.execute(f"SET ROLE {roles.role_names().definer}")
        schema_editor.execute(sql, params=None)
        schema_editor.execute("RESET ROLE")

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Write the function {self.name} over"


class Migration(migrations.Migration):
    """The three functions that say whose view is open."""

    dependencies = [("audit", "0005_seal")]

    operations = [
        Rewritten("audit_view_is_open", functions.VIEW_IS_PROVED_NOW, before=functions.VIEW_IS_PROVED),
        Rewritten("audit_viewer", functions.VIEWER_IS_PROVED_NOW, before=functions.VIEWER_IS_PROVED),
        Rewritten("audit_add_subjects", functions.ADD_SUBJECTS_PROVED_NOW, before=functions.ADD_PROVED_SUBJECTS),
    ]
