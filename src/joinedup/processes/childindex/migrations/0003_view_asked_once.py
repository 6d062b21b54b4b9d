"""Whether a view is open is asked once a statement and not once a row."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """The application's policies."""

    dependencies = [("childindex", "0002_secure"), ("audit", "0003_a_view_is_proved_by_its_event")]

    operations = [
        secure.RowsSeen(
            [
                "childindex_link",
                "childindex_reviewtask",
                "childindex_searchkey",
                "childindex_nameword",
                "childindex_namespelling",
            ],
            before="audit_view_is_open()",
        ),
        secure.RowsSeen(
            ["childindex_search"],
            rows="viewer_id = (SELECT audit_viewer())",
            before="viewer_id = audit_viewer()",
        ),
    ]
