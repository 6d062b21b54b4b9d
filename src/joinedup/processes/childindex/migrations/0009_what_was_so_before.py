"""What stewards had decided, and who was whom before there was a history, stand in the new tables."""

from django.db import migrations

from joinedup.foundation.database import rewriting
from joinedup.processes.childindex import stewarding_functions as stewarding


class Migration(migrations.Migration):
    """Rows, brought as the definer, who alone sees those there are."""

    dependencies = [("childindex", "0008_secure_identities")]

    operations = [rewriting.RowsPutRight([stewarding.DECISIONS_BROUGHT, stewarding.HISTORY_BROUGHT])]
