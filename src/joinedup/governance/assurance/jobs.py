"""Jobs of assurance: each night the looks of the week so far are judged.

Belongs here: what runs by itself. Not here: the work (operations).
"""

import datetime

from procrastinate.contrib.django import app

from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.governance.assurance import operations

VIEWER = access_rules.Viewer(user_id=None, name="assurance job", roles=frozenset({"job"}))


@app.periodic(cron="30 2 * * *")
@app.task(name="assurance.find_unusual_looks", queueing_lock="assurance.find", lock="assurance.find")
def find_unusual_looks(timestamp: int) -> None:
    """Judge the week to which yesterday belongs; `timestamp` is when the job was due."""
    at = clock.now()
    since = operations.monday_of(at - datetime.timedelta(days=1))
    until = min(at, operations.monday_of(since + datetime.timedelta(days=8)))
    operations.find_unusual_looks(since=since, until=until, by=VIEWER, at=at)
