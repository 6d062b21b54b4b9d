"""Whoever a service no longer helps, by its newest word, is no longer that service's: an older row does not keep the door open."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.processes.childindex import functions


class Migration(migrations.Migration):
    """The function that says how a viewer stands to a child."""

    dependencies = [("childindex", "0013_arrivals")]

    operations = [rewriting.FunctionsAnew([functions.GROUNDS])]
