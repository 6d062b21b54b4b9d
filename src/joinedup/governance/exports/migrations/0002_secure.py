"""An export is seen by who asked for it and, without its children, by others of the same agency; nothing is ever deleted."""

from django.db import migrations

from joinedup.foundation.database import secure

_MINE = "asked_by_id = (SELECT access_viewer())"


class Migration(migrations.Migration):
    """Row-level security."""

    dependencies = [("exports", "0001_initial"), ("access", "0004_need_to_know"), ("audit", "0002_secure")]

    operations = [
        secure.SecureTables(
            ["exports_export"],
            app="SELECT, INSERT, UPDATE",
            batch="SELECT",
            rows=f"{_MINE} OR home_id = (SELECT access_home())",
        ),
        secure.SecureTables(
            ["exports_exportsubject"], app="SELECT, INSERT", batch="SELECT, DELETE", rows=_MINE
        ),
        secure.SecureTables(
            ["exports_exporttaking"],
            app="SELECT, INSERT",
            batch="SELECT",
            rows="taken_by_id = (SELECT access_viewer()) OR home_id = (SELECT access_home())",
        ),
    ]
