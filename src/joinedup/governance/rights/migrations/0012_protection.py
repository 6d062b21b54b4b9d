"""What was done to protect a child says how long the child's file is kept, and is deleted with it."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """What stops a deletion, what decides when it is due, and the deletion itself written over."""

    dependencies = [("rights", "0011_work_is_kept"), ("protection", "0002_secure")]

    operations = [rewriting.FunctionsAnew([functions.IS_HELD, functions.WORK_OF, functions.DELETE])]
