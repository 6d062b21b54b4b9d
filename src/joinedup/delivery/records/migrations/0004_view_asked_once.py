"""Whether a view is open is asked once a statement and not once a row."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """The application's policies."""

    dependencies = [("records", "0003_repeated_row"), ("audit", "0003_a_view_is_proved_by_its_event")]

    operations = [
        secure.RowsSeen(
            [
                "records_sourcefile",
                "records_sourcefilechunk",
                "records_batch",
                "records_refusal",
                "records_personrecord",
                "records_sourcerecord",
                "records_identitystatement",
                "records_involvement",
                "records_chronologyentry",
                "records_relative",
            ],
            before="audit_view_is_open()",
        ),
    ]
