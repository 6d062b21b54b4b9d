"""Jobs of intake: load a file that was handed in by page, then link what was not matched on the way.

Belongs here: what runs by itself, with identifiers only as arguments. Not here: the work (loading).
"""

import uuid

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.exchange.intake import loading, undoing
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import jobs as childindex_jobs

VIEWER = access_rules.Viewer(user_id=None, name="loading job", roles=frozenset({"job"}))


@app.task(name="intake.load", retry=3)
def load(batch_id: str) -> None:
    """Load a batch from where it stands, then ask for linking where it was too large to be matched at once."""
    loaded = loading.load_batch(batch_id=uuid.UUID(batch_id), by=VIEWER)
    if loaded.left:
        ask_for_linking()


@app.task(name="intake.undo")
def undo(batch_id: str, user_id: str) -> None:
    """Take a batch back, in the name of the person who asked."""
    asked_by = agencies_queries.find_viewer(user_id=uuid.UUID(user_id), session="", request_id=None)
    undoing.undo(batch_id=uuid.UUID(batch_id), by=asked_by or VIEWER)


def ask_for_linking() -> None:
    """Ask for one link run; where one is waiting already, that one will do."""
    try:
        childindex_jobs.link.defer()
    except AlreadyEnqueued:
        return
