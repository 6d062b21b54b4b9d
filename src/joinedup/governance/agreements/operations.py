"""Writes of agreements: the permission matrix into the database, which refuses by it.

Belongs here: keeping the policy. Not here: the grounds that people hold (the rings that know them).
"""

from django.db import transaction

from joinedup.foundation.access import operations as access_operations
from joinedup.governance.agreements import queries


@transaction.atomic
def keep_policy() -> int:
    """Make the database's policy the one of the file; only the owner of the tables may, as migrations do.

    Shapes: how many cells there are.
    Errors: MatrixUnreadable.
    """
    return access_operations.keep_policy(policy=queries.get_policy())
