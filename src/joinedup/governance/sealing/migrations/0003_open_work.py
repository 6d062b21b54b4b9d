"""Whoever keeps the seals learns which work a seal takes from others' eyes, and whom to ring about it."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.governance.sealing import functions


class Migration(migrations.Migration):
    """The one function that tells it."""

    dependencies = [
        ("sealing", "0002_secure"),
        ("inbasket", "0002_secure"),
        ("casework", "0002_secure"),
        ("assessment", "0002_secure"),
        ("protection", "0002_secure"),
    ]

    operations = [secure.DefinerFunction("sealing_open_work()", functions.OPEN_WORK, callers=["app"])]
