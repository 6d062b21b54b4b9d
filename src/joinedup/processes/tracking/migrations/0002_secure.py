"""Whom a list names is seen by those whom the matrix lets track: the index's facts by all of them, a case's by its own teams."""

from django.db import migrations

from joinedup.foundation.database import secure

# Asked once a statement. A team sees its own listings where a role of the viewer tracks on the ground of such a team.
_TRACKS_OWN = (
    "(SELECT true FROM access_policycell c WHERE c.role = ANY (access_roles()) AND c.action = 'track' LIMIT 1) IS NOT NULL"
)
_ROWS = (
    "((tier = 1 AND (SELECT access_may('track'))) OR (circles && (SELECT access_circles()) AND "
    f"{_TRACKS_OWN})) AND NOT access_is_shut(child_id)"
)
_ANSWERS = (
    "SELECT, UPDATE (owner_id, taken_at, outcome, words, has_concern, answered_at, answered_by_id, answered_by_name)"
)


class Migration(migrations.Migration):
    """Rights and row-level security; what was answered stays as it was."""

    dependencies = [
        ("tracking", "0001_initial"),
        ("access", "0024_work_ties_people"),
        ("childindex", "0011_secure_stewards_at_work"),
        ("records", "0008_version_of_a_message"),
    ]

    operations = [
        secure.Grant(["tracking_trackingrun"], app="SELECT", batch="SELECT, INSERT, UPDATE"),
        secure.SecureTables(
            ["tracking_trackedchild"],
            app=_ANSWERS,
            batch="SELECT, INSERT, UPDATE",
            definer="SELECT, DELETE",
            rows=_ROWS,
        ),
        secure.UpdatesAllowed("tracking_trackedchild", before="outcome = ''", after="true"),
    ]
