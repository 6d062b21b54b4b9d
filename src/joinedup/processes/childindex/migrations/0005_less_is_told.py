"""The functions that lead to a child tell less: of what a guarded agency says, of sealed children, and of work as a reason."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.processes.childindex import functions


class Migration(migrations.Migration):
    """Write three functions over as they stand now."""

    dependencies = [("childindex", "0004_need_to_know")]

    operations = [secure.FunctionsAnew([functions.OPEN, functions.CANDIDATES, functions.COUNTS])]
