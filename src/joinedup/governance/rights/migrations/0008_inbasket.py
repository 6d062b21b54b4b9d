"""What was sent about a child, and what became of it, is deleted with the child's file."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """The deletion written over; the in-basket's own migration lets the definer delete there."""

    dependencies = [("rights", "0007_tracked_children"), ("inbasket", "0002_secure")]

    operations = [rewriting.FunctionsAnew([functions.DELETE])]
