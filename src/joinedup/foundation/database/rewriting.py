"""Migration operations for what an earlier version made: writing functions over, dropping them, and putting rows right.

Belongs here: changes to what `secure.DefinerFunction` made. Not here: who may call a function (secure).
"""

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

from joinedup.foundation.database import secure


class _AsDefiner(migrations.operations.base.Operation):
    """Run statements as the definer, who owns the functions."""

    reduces_to_sql = True
    reversible = True

    def statements(self) -> Sequence[str]:
        """Return what is run."""
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Run each as the functions' owner."""
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            (migrating,) = cursor.fetchone()
        schema_editor.execute(f"SET ROLE {secure.role_names()['definer']}")
        for statement in self.statements():
            schema_editor.execute(statement, params=None)
        schema_editor.execute(f"SET ROLE {schema_editor.quote_name(migrating)}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Leave it: the earlier text is not kept."""


class FunctionsAnew(_AsDefiner):
    """Write functions over whose text has changed; who owns and who may call them stays.

    An installation that made them from an earlier text has the present one from here on.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)

    def statements(self) -> Sequence[str]:
        """Return each text, as one that may stand already."""
        return [text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1) for text in self.texts]

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Write {len(self.texts)} of the definer's functions over"


class FunctionsGone(_AsDefiner):
    """Drop functions that others replace, which are given something else."""

    def __init__(self, signatures: Sequence[str]) -> None:
        self.signatures = tuple(signatures)

    def statements(self) -> Sequence[str]:
        """Return how each is dropped."""
        return [f"DROP FUNCTION IF EXISTS {signature}" for signature in self.signatures]

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Drop {', '.join(self.signatures)}"


class RowsPutRight(_AsDefiner):
    """Change rows that an earlier version wrote; the owner, who migrates, sees none that lead to a child."""

    def __init__(self, changes: Sequence[str]) -> None:
        self.changes = tuple(changes)

    def statements(self) -> Sequence[str]:
        """Return each change."""
        return self.changes

    def describe(self) -> str:
        """Return what this does, for the migration's listing."""
        return f"Put rows right by {len(self.changes)} statements"
