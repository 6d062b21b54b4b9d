"""Whom guarded agencies alone know, nobody else looks at in an emergency: for them there is no such child."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.governance.breakglass import functions


class Migration(migrations.Migration):
    """One function written over."""

    dependencies = [("breakglass", "0003_past_a_seal"), ("people", "0007_known_only_to")]

    operations = [rewriting.FunctionsAnew([functions.BREAK])]
