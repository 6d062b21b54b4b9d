"""An emergency look is seen by the person who looked and by those who review; only the database's functions write one."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.governance.breakglass import functions


class Migration(migrations.Migration):
    """Row-level security and the functions."""

    dependencies = [("breakglass", "0001_initial"), ("childindex", "0004_need_to_know")]

    operations = [
        secure.SecureTables(
            ["breakglass_emergencylook"],
            app="SELECT",
            batch="SELECT, UPDATE",
            definer="SELECT, INSERT, UPDATE",
            rows="user_id = (SELECT access_viewer()) OR (SELECT access_may('review'))",
        ),
        secure.DefinerFunction(
            "breakglass_break(uuid, uuid, uuid, text, text, integer, timestamptz)", functions.BREAK, callers=["app"]
        ),
        secure.DefinerFunction("breakglass_review(uuid, text, text)", functions.REVIEW, callers=["app"]),
    ]
