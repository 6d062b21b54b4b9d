"""Jobs of rights: each night the records whose time is over are put on the list, for a person to decide.

Belongs here: what runs by itself. Not here: the work (operations). Nothing is deleted here.
"""

from procrastinate.contrib.django import app

from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.governance.rights import operations

VIEWER = access_rules.Viewer(user_id=None, name="retention job", roles=frozenset({"job"}))


@app.periodic(cron="20 3 * * *")
@app.task(name="rights.list-due", queueing_lock="rights.list-due")
def list_due(timestamp: int) -> None:
    """Put the records whose time is over on the list; `timestamp` is when the job was due."""
    operations.list_due(by=VIEWER, on=clock.today(), at=clock.now())
