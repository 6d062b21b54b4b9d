"""What was done to protect a child is deleted with the child's file."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """The deletion written over."""

    dependencies = [("rights", "0010_assessments"), ("protection", "0002_secure")]

    operations = [rewriting.FunctionsAnew([functions.DELETE])]
