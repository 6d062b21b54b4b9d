"""The seal: places in the tree that are only ever added, and the function that gives them out.

The batch role seals, since the worker runs under it and no page does. It calls the function and reads fingerprints;
what an event says it cannot read. The application can do neither.
"""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.foundation.audit import sealing_functions
from joinedup.foundation.database import secure

TABLES = ("audit_sealedevent", "audit_sealbatch", "audit_sealnode")


class Migration(migrations.Migration):
    """Tables, rights, triggers that refuse change, and the two functions."""

    dependencies = [("audit", "0004_grounds")]

    operations = [
        migrations.CreateModel(
            name="SealedEvent",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_at", models.DateTimeField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seal", to="audit.auditevent"
                    ),
                ),
                ("form", models.SmallIntegerField()),
                ("event_hash", models.BinaryField(max_length=32)),
                ("subjects_hash", models.BinaryField(max_length=32)),
            ],
            options={"verbose_name": "sealed event"},
        ),
        migrations.CreateModel(
            name="SealBatch",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("log_id", models.UUIDField()),
                ("sealed_at", models.DateTimeField()),
                ("floor", models.BigIntegerField()),
                ("ceiling", models.BigIntegerField()),
                ("server", models.CharField(blank=True, max_length=40)),
            ],
            options={"verbose_name": "seal batch"},
        ),
        migrations.CreateModel(
            name="SealNode",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "height", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("height", models.SmallIntegerField()),
                ("place", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={"verbose_name": "seal node"},
        ),
        # A sealed event leads to an event, and that to a child: the application has no policy, and so no row.
        secure.SecureTables(["audit_sealedevent"], batch="SELECT", definer="SELECT, INSERT", rows="false"),
        secure.Grant(["audit_sealbatch"], batch="SELECT", definer="SELECT, INSERT"),
        secure.Grant(["audit_sealnode"], batch="SELECT, INSERT", definer="SELECT"),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_never_changes()",
                f"DROP TRIGGER {table}_never_changes ON {table}",
            )
            for table in TABLES
        ],
        secure.DefinerFunction("audit_seal(uuid, integer)", sealing_functions.SEAL, callers=["batch"]),
        secure.DefinerFunction("audit_waiting(integer)", sealing_functions.WAITING, callers=["batch"]),
    ]
