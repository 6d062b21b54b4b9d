"""How long a record is kept depends on what was done here too, and nothing is deleted that is being worked on."""

from django.db import migrations

from joinedup.foundation.database import rewriting, secure
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """The function by which the batch learns of work on a child, and those that stop a deletion written over."""

    dependencies = [("rights", "0010_assessments"), ("casework", "0002_secure"), ("inbasket", "0002_secure")]

    operations = [
        secure.DefinerFunction("rights_work_of(uuid[])", functions.WORK_OF_HELP, callers=["batch"]),
        rewriting.FunctionsAnew([functions.IS_HELD_BY_HELP, functions.DELETE]),
    ]
