"""Rows remember the sender's own count of how often it has said a message, so that an old one which comes late replaces nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The count; rows of before have none."""

    dependencies = [("records", "0007_held_addresses")]

    operations = [
        migrations.AddField(model_name="sourcerecord", name="version", field=models.BigIntegerField(default=0)),
    ]
