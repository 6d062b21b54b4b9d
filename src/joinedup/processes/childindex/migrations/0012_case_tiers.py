"""Opening a child says at which tiers the work done here on the child is read."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.processes.childindex import functions


class Migration(migrations.Migration):
    """The function that opens."""

    dependencies = [("childindex", "0011_secure_stewards_at_work")]

    operations = [rewriting.FunctionsAnew([functions.OPEN])]
