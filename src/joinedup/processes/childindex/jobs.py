"""Jobs of the child index: link everything again after files came in, and forget old searches.

Belongs here: what runs by itself, with identifiers only as arguments. Not here: the work (operations).
"""

from procrastinate.contrib.django import app

from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import operations

VIEWER = access_rules.Viewer(user_id=None, name="linking job", roles=frozenset({"job"}))


@app.task(name="childindex.link", queueing_lock="childindex.link", lock="childindex.link")
def link() -> None:
    """Link all records; several wishes in a row are one run."""
    try:
        operations.link_all(by=VIEWER, at=clock.now())
    except operations.NothingToLink:
        return


@app.periodic(cron="40 1 * * *")
@app.task(name="childindex.link_by_night", queueing_lock="childindex.link_by_night", lock="childindex.link")
def link_by_night(timestamp: int) -> None:
    """Link all records again; what differs from the day's matching and nothing new explains, a steward is asked.

    `timestamp` is when the job was due.
    """
    link()


@app.periodic(cron="*/30 * * * *")
@app.task(name="childindex.forget_old_searches", queueing_lock="childindex.forget_old_searches")
def forget_old_searches(timestamp: int) -> None:
    """Delete the searches whose time is over; `timestamp` is when the job was due."""
    operations.forget_old_searches(at=clock.now())


@app.periodic(cron="10 0 * * *")
@app.task(name="childindex.refresh_relations", queueing_lock="childindex.refresh_relations")
def refresh_relations(timestamp: int) -> None:
    """Work out who is tied to which child, now that a day has gone by; `timestamp` is when the job was due."""
    operations.refresh_relations(by=VIEWER, at=clock.now())
