"""What an assessment says of one child alone is deleted with the child's record."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """The deletion written over."""

    dependencies = [("rights", "0009_casework"), ("assessment", "0002_secure")]

    operations = [rewriting.FunctionsAnew([functions.DELETE])]
