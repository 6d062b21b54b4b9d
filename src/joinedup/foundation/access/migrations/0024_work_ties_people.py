"""Work ties people to a subject, by a function that lets nobody in by their own word; and a subject may be shut."""

from django.db import migrations

from joinedup.foundation.access import holding_functions
from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """The functions."""

    dependencies = [("access", "0023_ground_by_two")]

    operations = [
        secure.DefinerFunction("access_is_shut(uuid)", holding_functions.IS_SHUT, callers=["app", "batch"]),
        secure.DefinerFunction(
            "access_hold(uuid, uuid, uuid, text, text, timestamptz)", holding_functions.HOLD, callers=["app"]
        ),
        secure.DefinerFunction("access_release(uuid, uuid, text, text)", holding_functions.RELEASE, callers=["app"]),
    ]
