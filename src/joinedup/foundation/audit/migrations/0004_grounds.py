"""An event says on what grounds it was let be: the decision, its rule and relationship, and what was shown or changed."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from joinedup.foundation.audit import functions
from joinedup.foundation.database import secure

BEFORE = "audit_write(uuid, uuid, text, text, uuid, text, text, text, text, bytea, text, uuid, uuid[], boolean)"
SIGNATURE = (
    "audit_write(uuid, uuid, text, text, uuid, text, text, text, text, bytea, text, uuid, uuid[], boolean, "
    "text, text, text, smallint, text, text, text, integer, bytea, bytea, uuid)"
)


class Dropped(secure.DefinerFunction):
    """A function that another takes the place of; made again on the way down."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        schema_editor.execute(f"DROP FUNCTION {self.signature}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    """New columns, the function that fills them, and the index by which the sealer finds what is new."""

    dependencies = [("audit", "0003_a_view_is_proved_by_its_event")]

    operations = [
        migrations.AddField(model_name="auditevent", name="on_behalf_of", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="auditevent", name="relationship", field=models.CharField(blank=True, default="", max_length=60)),
        migrations.AddField(model_name="auditevent", name="decision", field=models.CharField(default="allow", max_length=24)),
        migrations.AddField(model_name="auditevent", name="rule", field=models.CharField(blank=True, default="", max_length=120)),
        migrations.AddField(model_name="auditevent", name="tier", field=models.SmallIntegerField(null=True)),
        migrations.AddField(model_name="auditevent", name="policy_version", field=models.CharField(blank=True, default="", max_length=64)),
        migrations.AddField(model_name="auditevent", name="basis", field=models.CharField(blank=True, default="", max_length=120)),
        migrations.AddField(model_name="auditevent", name="fields", field=models.CharField(blank=True, default="", max_length=400)),
        migrations.AddField(model_name="auditevent", name="result_count", field=models.IntegerField(null=True)),
        migrations.AddField(model_name="auditevent", name="before_hash", field=models.BinaryField(max_length=32, null=True)),
        migrations.AddField(model_name="auditevent", name="after_hash", field=models.BinaryField(max_length=32, null=True)),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(name="audit_event_by_transaction", fields=["xact_id"]),
        ),
        Dropped(BEFORE, functions.WRITE, callers=["app", "batch"]),
        secure.DefinerFunction(SIGNATURE, functions.WRITE_WITH_GROUNDS, callers=["app", "batch"]),
    ]
