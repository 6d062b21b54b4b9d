"""That a child was listed as perhaps lost is deleted with the child's records."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """The deletion written over."""

    dependencies = [("rights", "0006_known_aliases"), ("tracking", "0002_secure")]

    operations = [rewriting.FunctionsAnew([functions.DELETE])]
