"""Events are added by whoever changes something, and read by the jobs."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Rights for the serving roles."""

    dependencies = [("events", "0001_initial")]

    operations = [secure.Grant(["events_event"], app="SELECT, INSERT", batch="SELECT, INSERT")]
