"""What a transaction may see is read and proved in one function instead of three."""

from django.db import migrations

from joinedup.foundation.access import functions
from joinedup.foundation.database import rewriting


class Migration(migrations.Migration):
    """The functions, which give what they gave."""

    dependencies = [("access", "0024_work_ties_people")]

    operations = [rewriting.FunctionsAnew(functions.READERS)]
