"""A look past a seal leads to the child, on whatever ground the matrix lets other children be found."""

from django.db import migrations

from joinedup.foundation.access import functions
from joinedup.foundation.database import rewriting


class Migration(migrations.Migration):
    """Write the function over."""

    dependencies = [("access", "0021_roles_end_only")]

    operations = [rewriting.FunctionsAnew([functions.ENTER])]
