"""What workers declared: by this a conflict of interest is computed before anything is shown."""

import uuid

from joinedup.governance.assurance import models
from joinedup.governance.assurance.queries import week
from joinedup.governance.assurance.rules import interests


def has_interest(*, user_id: uuid.UUID, child_id: uuid.UUID, postcode: str) -> bool:
    """Return whether a worker declared this child, or the postcode at which the child lives.

    Shapes: 1 query. The caller's view must be open.
    """
    standing = models.DeclaredInterest.objects.filter(user_id=user_id, ended_at=None)
    found = standing.filter(child_id=child_id)
    if postcode:
        found |= standing.filter(kind=interests.Kind.ADDRESS, postcode_hash=week.postcode_hash(postcode))
    return found.exists()
