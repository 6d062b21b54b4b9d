"""What officers ask is seen by those who keep seals; only the database's functions write it."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.governance.sealing import functions


class Migration(migrations.Migration):
    """Row-level security and the functions."""

    dependencies = [("sealing", "0001_initial"), ("childindex", "0005_sealed_children")]

    operations = [
        secure.SecureTables(
            ["sealing_sealrequest"],
            app="SELECT",
            batch="SELECT",
            definer="SELECT, INSERT, UPDATE",
            rows="(SELECT access_may('seal')) AND child_id <> ALL ((SELECT access_conflicts())::uuid[])",
        ),
        secure.DefinerFunction("sealing_ask(uuid, text, text, text, text)", functions.ASK, callers=["app"]),
        secure.DefinerFunction("sealing_decide(uuid, boolean, text[])", functions.DECIDE, callers=["app"]),
        secure.DefinerFunction("sealing_waiting()", functions.WAITING, callers=["app"]),
    ]
