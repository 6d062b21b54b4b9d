"""What stewards noted of a pair, and said of one blindly, is deleted with its records."""

from django.db import migrations

from joinedup.foundation.database import rewriting, secure
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """Rights of the definer, and the deletion written over."""

    dependencies = [("rights", "0004_identities"), ("childindex", "0011_secure_stewards_at_work")]

    operations = [
        secure.Grant(["childindex_reviewnote", "childindex_blindpair"], definer="DELETE"),
        rewriting.FunctionsAnew([functions.DELETE]),
    ]
