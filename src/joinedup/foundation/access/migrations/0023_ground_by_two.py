"""A ground says whether two people agreed that it holds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column."""

    dependencies = [("access", "0022_what_a_sight_leads_to")]

    operations = [
        migrations.AddField(
            model_name="groundheld",
            name="is_by_two",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
