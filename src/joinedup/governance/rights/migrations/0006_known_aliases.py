"""What matching keeps of a child's records is deleted with them."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """The one function that deletes, written over."""

    dependencies = [("rights", "0005_stewards_at_work"), ("childindex", "0013_arrivals")]

    operations = [rewriting.FunctionsAnew([functions.DELETE])]
