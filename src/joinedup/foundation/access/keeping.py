"""Keeping what someone had typed when their session was over, sealed, until they are back.

Belongs here: the rows. Not here: when a page keeps something, and how it is given back (web).
"""

import datetime
import json
import uuid
from collections.abc import Sequence

from joinedup.foundation.access import models, sealing

KEPT_FOR = datetime.timedelta(days=1)
#: Of one person so many are kept, the newest; and none that is longer.
MOST_KEPT = 5
MOST_BYTES = 1024 * 1024


def keep(
    *, user_id: uuid.UUID, path: str, fields: Sequence[tuple[str, str]], had_files: bool, at: datetime.datetime
) -> bool:
    """Keep the fields of a form for one person; return whether they were kept, which the longest are not."""
    content = json.dumps({"path": path, "fields": list(fields), "had_files": had_files}).encode()
    if len(content) > MOST_BYTES:
        return False
    models.KeptForm.objects.filter(expires_at__lte=at).delete()
    models.KeptForm.objects.create(user_id=user_id, sealed=sealing.seal(content), kept_at=at, expires_at=at + KEPT_FOR)
    mine = models.KeptForm.objects.filter(user_id=user_id)
    newest = mine.order_by("-kept_at", "-id").values_list("id", flat=True)[:MOST_KEPT]
    mine.exclude(id__in=list(newest)).delete()
    return True


def let_go(*, user_id: uuid.UUID, kept_id: uuid.UUID) -> bool:
    """Delete what is kept under this identifier, if it is this person's; return whether it was there."""
    return bool(models.KeptForm.objects.filter(user_id=user_id, id=kept_id).delete()[0])
