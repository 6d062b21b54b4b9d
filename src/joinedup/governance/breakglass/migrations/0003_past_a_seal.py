"""A look past a seal is asked for by number, and any emergency look can be ended before its hour is over."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.governance.breakglass import functions


class Migration(migrations.Migration):
    """Two functions."""

    dependencies = [("breakglass", "0002_secure"), ("childindex", "0005_sealed_children")]

    operations = [
        secure.DefinerFunction(
            "breakglass_override(uuid, uuid, text, text, text, integer, timestamptz)", functions.OVERRIDE, callers=["app"]
        ),
        secure.DefinerFunction("breakglass_leave(text)", functions.LEAVE, callers=["app"]),
    ]
