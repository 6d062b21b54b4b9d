"""Rows that say again what is said already are remembered, so that taking the first file back loses nothing."""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """The table, and its row-level security."""

    dependencies = [("records", "0002_secure")]

    operations = [
        migrations.CreateModel(
            name="RepeatedRow",
            fields=[
                ("pk", models.CompositePrimaryKey("source_record", "batch", blank=True, editable=False, primary_key=True, serialize=False)),
                ("line_number", models.PositiveIntegerField()),
                ("byte_start", models.BigIntegerField()),
                ("byte_length", models.PositiveIntegerField()),
                ("batch", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.batch")),
                ("source_record", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="repeats", to="records.sourcerecord")),
            ],
            options={
                "verbose_name": "repeated row",
            },
        ),
        secure.SecureTables(["records_repeatedrow"], app="SELECT", batch="SELECT, INSERT"),
    ]
