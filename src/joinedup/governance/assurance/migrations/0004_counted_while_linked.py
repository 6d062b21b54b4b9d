"""After a parting a steward is told how many people of which agency saw two children as one."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.governance.assurance import functions


class Migration(migrations.Migration):
    """One function."""

    dependencies = [("assurance", "0003_looked_while_linked")]

    operations = [
        secure.DefinerFunction(
            "assurance_counted_while_linked(uuid, text[])", functions.COUNTED_WHILE_LINKED, callers=["app"]
        )
    ]
