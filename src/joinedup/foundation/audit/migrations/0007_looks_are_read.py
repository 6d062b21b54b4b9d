"""The batch may read the looks of a span of time, through an open view; refused looks and times are found by indexes."""

from django.db import migrations

from joinedup.foundation.audit import reading
from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Two functions of the definer, and indexes for looks that were refused and for a span of time."""

    dependencies = [("audit", "0006_a_view_is_proved_by_the_time_too"), ("access", "0004_need_to_know")]

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
            "audit_looks_between(timestamptz, timestamptz, text[])", reading.LOOKS_BETWEEN, callers=["batch"]
        ),
        secure.DefinerFunction(
            "audit_hours_between(timestamptz, timestamptz, text[], text)", reading.HOURS_BETWEEN, callers=["batch"]
        ),
    ]
