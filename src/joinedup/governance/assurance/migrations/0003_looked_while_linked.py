"""Who looked at a child whose records were wrongly one child's, for a report by the installation's own command."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.governance.assurance import functions


class Migration(migrations.Migration):
    """One function, for the batch alone."""

    dependencies = [("assurance", "0002_secure"), ("childindex", "0009_what_was_so_before")]

    operations = [
        secure.DefinerFunction(
            "assurance_looked_while_linked(uuid)", functions.LOOKED_WHILE_LINKED, callers=["batch"]
        ),
    ]
