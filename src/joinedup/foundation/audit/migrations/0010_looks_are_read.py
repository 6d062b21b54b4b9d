"""The audit may be read in two ways: the looks at one subject through an open view that names them, and a batch's weeks."""

from django.db import migrations

from joinedup.foundation.audit import reading
from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Three functions of the definer, and indexes for looks that were refused and for a span of time."""

    dependencies = [("audit", "0003_a_view_is_proved_by_its_event")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX audit_event_denied_by_ref ON audit_auditevent (record_ref) WHERE act LIKE '%.denied'",
            "DROP INDEX audit_event_denied_by_ref",
        ),
        # Rows come in order of time and never change: a week is found by a few kilobytes of index.
        migrations.RunSQL(
            "CREATE INDEX audit_event_by_time ON audit_auditevent USING brin (at)", "DROP INDEX audit_event_by_time"
        ),
        secure.DefinerFunction(
            "audit_looks_at(uuid, timestamptz, integer)", reading.LOOKS_AT, callers=["app", "batch"]
        ),
        secure.DefinerFunction(
            "audit_looks_between(timestamptz, timestamptz, text[])", reading.LOOKS_BETWEEN, callers=["batch"]
        ),
        secure.DefinerFunction(
            "audit_hours_between(timestamptz, timestamptz, text[], text)", reading.HOURS_BETWEEN, callers=["batch"]
        ),
    ]
