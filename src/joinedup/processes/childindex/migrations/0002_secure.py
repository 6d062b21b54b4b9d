"""Links, keys and review tasks are seen only through an open view; a search only by the person who made it."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Row-level security."""

    dependencies = [
        ("childindex", "0001_initial"),
        ("audit", "0002_secure"),
        ("people", "0002_secure"),
        ("records", "0002_secure"),
    ]

    operations = [
        secure.SecureTables(
            ["childindex_link", "childindex_reviewtask"], app="SELECT", batch="SELECT, INSERT, UPDATE"
        ),
        secure.SecureTables(
            ["childindex_searchkey", "childindex_nameword", "childindex_namespelling"],
            app="SELECT",
            batch="SELECT, INSERT, DELETE",
        ),
        secure.SecureTables(
            ["childindex_search"],
            app="SELECT, INSERT, DELETE",
            batch="SELECT, DELETE",
            rows="viewer_id = audit_viewer()",
        ),
        secure.Grant(["childindex_modelversion", "childindex_linkrun"], app="SELECT", batch="SELECT, INSERT, UPDATE"),
    ]
