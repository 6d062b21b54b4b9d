"""Frameworks hold no child's data; pages read them, and the owner keeps them as the file says."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Rights for the serving roles."""

    dependencies = [("framework", "0001_initial")]

    operations = [
        secure.Grant(
            ["framework_framework", "framework_outcome", "framework_aim", "framework_correspondence"],
            app="SELECT",
            batch="SELECT",
        ),
    ]
