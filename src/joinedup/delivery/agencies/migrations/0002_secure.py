"""Agencies, teams and practitioners hold no child's data; pages read them, the demo and imports write them."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Rights for the serving roles."""

    dependencies = [("agencies", "0001_initial")]

    operations = [
        secure.Grant(
            ["agencies_agency", "agencies_team", "agencies_practitioner"],
            app="SELECT",
            batch="SELECT, INSERT, UPDATE",
        ),
    ]
