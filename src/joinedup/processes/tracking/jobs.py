"""Jobs of tracking: the search of every night, and one that a person asks for.

Belongs here: what runs by itself, with identifiers only as arguments. Not here: the work (operations).
"""

from procrastinate.contrib.django import app

from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.processes.tracking import operations

VIEWER = access_rules.Viewer(user_id=None, name="tracking job", roles=frozenset({"job"}))


@app.periodic(cron="40 1 * * *")
@app.task(name="tracking.search_nightly", queueing_lock="tracking.search_nightly", lock="tracking.search")
def search_nightly(timestamp: int) -> None:
    """Search for children who may be lost; `timestamp` is when the job was due."""
    operations.search(by=VIEWER, at=clock.now(), calendar=timescales_queries.get_calendar())


def ask() -> None:
    """Wish for a search now; where one is wished for already, that one is enough."""
    # The lock would fail the whole transaction of whoever asks.
    search.configure(queueing_lock=None).defer()


@app.task(name="tracking.search", queueing_lock="tracking.search", lock="tracking.search")
def search() -> None:
    """Search now; several wishes in a row are one search."""
    operations.search(by=VIEWER, at=clock.now(), calendar=timescales_queries.get_calendar())
