"""Whether a view is open is asked once a statement and not once a row."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """The application's policies."""

    dependencies = [("people", "0003_fixed_search_path"), ("audit", "0003_a_view_is_proved_by_its_event")]

    operations = [
        secure.RowsSeen(["people_child", "people_childsummary"], before="audit_view_is_open()"),
    ]
