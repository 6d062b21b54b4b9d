"""Jobs of break-glass: what nobody reviewed in time is escalated.

Belongs here: what runs by itself. Not here: the work (operations).
"""

from procrastinate.contrib.django import app

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.database import moment
from joinedup.governance.breakglass import operations

VIEWER = access_rules.Viewer(user_id=None, name="break-glass job", roles=frozenset({"job"}))


@app.periodic(cron="*/15 * * * *")
@app.task(name="breakglass.escalate", queueing_lock="breakglass.escalate")
def escalate(timestamp: int) -> None:
    """Escalate emergency looks that were not reviewed within a working day; `timestamp` is when the job was due."""
    operations.escalate_unreviewed(by=VIEWER, at=moment.now())
