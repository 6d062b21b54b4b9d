"""What is done to protect a child suspends what the family reads of looks, by itself and in the same transaction."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.governance.assurance import protection_functions


class Migration(migrations.Migration):
    """The trigger on concerns."""

    dependencies = [("assurance", "0005_concern_of_a_suspension"), ("protection", "0002_secure")]

    operations = [
        secure.Grant(["assurance_looksuspension"], definer="INSERT, UPDATE"),
        secure.DefinerFunction(
            "assurance_concern_suspends()",
            f"{protection_functions.SUSPENDS}; {protection_functions.SUSPENDS_TRIGGER}",
            callers=[],
        ),
    ]
