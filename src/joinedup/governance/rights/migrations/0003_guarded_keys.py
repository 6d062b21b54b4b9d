"""A deletion takes the words of guarded agencies with it, and which of them knew the child."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """One function written over."""

    dependencies = [("rights", "0002_secure"), ("people", "0007_known_only_to"), ("childindex", "0006_guarded_apart")]

    operations = [rewriting.FunctionsAnew([functions.DELETE])]
