"""Migration operations that secure tables: who may do what, and row-level security that is never optional.

Belongs here: the one shared way in which an app's migration secures its own tables. Not here: the policies' meaning.
"""

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

from joinedup.foundation.database import roles

#: Asked once a statement, not once a row; and the planner takes it for true, as it nearly always is.
VIEW_IS_OPEN = "(SELECT true WHERE audit_view_is_open()) IS NOT NULL"


def role_names() -> dict[str, str]:
    """Return how this database names each role."""
    names = roles.role_names()
    return {"app": names.app, "batch": names.batch, "definer": names.definer, "owner": names.owner}


class Grant(migrations.operations.base.Operation):
    """Give the serving roles rights on tables that hold no child's data; no row-level security."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, tables: Sequence[str], *, app: str = "", batch: str = "", definer: str = "") -> None:
        self.tables = tuple(tables)
        self.rights = {"app": app, "batch": batch, "definer": definer}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Grant each role its rights and nothing more."""
        names = role_names()
        for table in self.tables:
            schema_editor.execute(f"REVOKE ALL ON {table} FROM PUBLIC")
            for role, rights in self.rights.items():
                if rights:
                    schema_editor.execute(f"GRANT {rights} ON {table} TO {names[role]}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Leave the rights; they go with the table."""

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Grant rights on {', '.join(self.tables)}"


class Withdraw(Grant):
    """Take rights back that an earlier migration gave."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Revoke the rights."""
        names = role_names()
        for table in self.tables:
            for role, rights in self.rights.items():
                if rights:
                    schema_editor.execute(f"REVOKE {rights} ON {table} FROM {names[role]}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Give them again."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Withdraw rights on {', '.join(self.tables)}"


class GrantSequences(migrations.operations.base.Operation):
    """Let the serving roles draw from the sequences behind other people's tables, named by a pattern."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Grant the use of each sequence."""
        names = role_names()
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'S' AND relname LIKE %s ORDER BY relname", [self.pattern]
            )
            sequences = [row[0] for row in cursor.fetchall()]
        for sequence in sequences:
            schema_editor.execute(f"GRANT USAGE, SELECT ON SEQUENCE {sequence} TO {names['app']}, {names['batch']}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Leave the rights; they go with the sequence."""

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Grant the use of sequences {self.pattern}"


class SecureTables(Grant):
    """Grant rights on child-bearing tables and force row-level security: no open view, no rows.

    The application sees rows only in a transaction that has written an audit event; the batch role has a policy of
    its own and writes one event a run; the owner, who migrates, sees no rows at all.
    """

    def __init__(  # the sixth says which rows, the rest who may do what
        self, tables: Sequence[str], *, app: str = "", batch: str = "", definer: str = "", rows: str = VIEW_IS_OPEN
    ) -> None:
        super().__init__(tables, app=app, batch=batch, definer=definer)
        self.rows = rows

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Grant the rights, then force row-level security with one policy for each role that has rights."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        names = role_names()
        for table in self.tables:
            schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            for role, rule in (("app", self.rows), ("batch", "true"), ("definer", "true")):
                if self.rights[role]:
                    schema_editor.execute(
                        f"CREATE POLICY {table}_{role} ON {table} FOR ALL TO {names[role]} "
                        f"USING ({rule}) WITH CHECK ({rule})"
                    )

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Force row-level security on {', '.join(self.tables)}"


class UpdatesAllowed(migrations.operations.base.Operation):
    """Bound what the application may change in a secured table: which rows, and what they may become."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, *, before: str, after: str) -> None:
        self.table = table
        self.before = before
        self.after = after

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Write the policy, which must hold besides the others."""
        schema_editor.execute(
            f"CREATE POLICY {self.table}_changes ON {self.table} AS RESTRICTIVE FOR UPDATE TO {role_names()['app']} "
            f"USING ({self.before}) WITH CHECK ({self.after})"
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the policy."""
        schema_editor.execute(f"DROP POLICY {self.table}_changes ON {self.table}")

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Bound what may change in {self.table}"


class InsertsAllowed(migrations.operations.base.Operation):
    """Let the application write rows that it will not see: what is sent to others."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, *, rows: str) -> None:
        self.table = table
        self.rows = rows

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Write the policy, which lets in beside the others."""
        schema_editor.execute(
            f"CREATE POLICY {self.table}_sent ON {self.table} FOR INSERT TO {role_names()['app']} WITH CHECK ({self.rows})"
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the policy."""
        schema_editor.execute(f"DROP POLICY {self.table}_sent ON {self.table}")

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Let rows of {self.table} be sent"


class RowsSeen(migrations.operations.base.Operation):
    """Say afresh which rows of secured tables the application sees; the tables keep their rights."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, tables: Sequence[str], *, before: str, rows: str = VIEW_IS_OPEN) -> None:
        self.tables = tuple(tables)
        self.rows = rows
        self.before = before

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Write the application's policies over."""
        self._write(schema_editor, self.rows)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Write them back."""
        self._write(schema_editor, self.before)

    def _write(self, schema_editor: BaseDatabaseSchemaEditor, rows: str) -> None:
        for table in self.tables:
            schema_editor.execute(f"ALTER POLICY {table}_app ON {table} USING ({rows}) WITH CHECK ({rows})")

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Say which rows of {', '.join(self.tables)} are seen"


class SeenByDefiner(migrations.operations.base.Operation):
    """Let the definer's functions see all rows of secured tables, which they were made without."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, tables: Sequence[str], *, rights: str = "SELECT") -> None:
        self.tables = tuple(tables)
        self.rights = rights

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Grant the rights and write the definer's policy."""
        definer = role_names()["definer"]
        for table in self.tables:
            schema_editor.execute(f"GRANT {self.rights} ON {table} TO {definer}")
            schema_editor.execute(
                f"CREATE POLICY {table}_definer ON {table} FOR ALL TO {definer} USING (true) WITH CHECK (true)"
            )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the policy and take the rights back."""
        definer = role_names()["definer"]
        for table in self.tables:
            schema_editor.execute(f"DROP POLICY {table}_definer ON {table}")
            schema_editor.execute(f"REVOKE ALL ON {table} FROM {definer}")

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Let the definer see {', '.join(self.tables)}"


class DefinerFunction(migrations.operations.base.Operation):
    """Make a function that runs with the definer's rights, with a fixed search path, callable by named roles only."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, signature: str, sql: str, *, callers: Sequence[str]) -> None:
        self.signature = signature
        self.sql = sql
        self.callers = tuple(callers)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the function, hand it to the definer and let the callers call it."""
        names = role_names()
        schema_editor.execute(self.sql, params=None)
        schema_editor.execute(f"REVOKE ALL ON FUNCTION {self.signature} FROM PUBLIC")
        for role in self.callers:
            schema_editor.execute(f"GRANT EXECUTE ON FUNCTION {self.signature} TO {names[role]}")
        schema_editor.execute(f"ALTER FUNCTION {self.signature} OWNER TO {names['definer']}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the function."""
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {self.signature}")

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Make the definer's function {self.signature}"
