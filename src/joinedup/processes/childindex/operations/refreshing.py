"""Putting children right after records went: links that nothing supports end, and summaries are made afresh."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.operations import history, knowing, memberships, summaries


@transaction.atomic
def refresh_children(
    *, person_record_ids: Sequence[uuid.UUID], by: access_rules.Viewer, at: datetime.datetime
) -> list[uuid.UUID]:
    """End the links that nothing supports any longer and write the children concerned afresh.

    Shapes: the children concerned.
    """
    act = history.Act(id=ids.uuid7(), because=rules.Because.BATCH_UNDONE, by=by, at=at)
    children = memberships.end_links_of_unsaid(person_record_ids=person_record_ids, act=act)
    # What they stood together by may be gone: the next run may part them.
    knowing.weigh_again(child_ids=children)
    summaries.refresh(children, at=at)
    audit_operations.record(by=by, act="childindex.refreshed")
    return children
