"""A hold or a request stops the deletion of a child to whom its number leads; what is deleted ends in the history."""

from django.db import migrations

from joinedup.foundation.database import rewriting, secure
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """Rights of the definer, and two functions written over."""

    dependencies = [("rights", "0003_guarded_keys"), ("childindex", "0009_what_was_so_before")]

    operations = [
        secure.Grant(["childindex_stewarddecision", "childindex_rejoinproposal"], definer="DELETE"),
        rewriting.FunctionsAnew([functions.IS_HELD_AT_FIRST, functions.DELETE]),
    ]
