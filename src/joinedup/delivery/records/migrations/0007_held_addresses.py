"""An address that would lead to a sealed child is kept apart from the statement, and its row is shown to nobody."""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.delivery.records import functions
from joinedup.foundation.database import rewriting, secure


class Migration(migrations.Migration):
    """The table, which the application reads nothing of, and the function that gives a row's bytes."""

    dependencies = [("records", "0006_need_to_know")]

    operations = [
        migrations.CreateModel(
            name="HeldAddress",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="held_address",
                        serialize=False,
                        to="records.identitystatement",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("held_at", models.DateTimeField()),
            ],
            options={"verbose_name": "held address"},
        ),
        secure.SecureTables(
            ["records_heldaddress"],
            app="SELECT",
            batch="SELECT",
            definer="SELECT, INSERT, DELETE",
            rows="false",
        ),
        secure.Grant(["records_identitystatement"], definer="UPDATE"),
        rewriting.FunctionsAnew([functions.CONTENT]),
    ]
