"""Work is listed by the database itself, seen by those who link and part, and moved by its function alone."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.governance.reassigning import functions, rules


class Migration(migrations.Migration):
    """Row-level security, the functions and the trigger."""

    dependencies = [
        ("reassigning", "0001_initial"),
        ("childindex", "0009_what_was_so_before"),
        ("rights", "0004_identities"),
        ("assurance", "0002_secure"),
        ("breakglass", "0003_past_a_seal"),
        ("sealing", "0002_secure"),
    ]

    operations = [
        secure.SecureTables(
            ["reassigning_reassignment"],
            app="SELECT",
            batch="SELECT",
            definer="SELECT, INSERT, UPDATE, DELETE",
            rows="(SELECT access_may('link')) AND child_id <> ALL ((SELECT access_conflicts())::uuid[])",
        ),
        secure.Grant(sorted({work.table for work in rules.WORK.values()} - rules.LATER), definer="SELECT, UPDATE"),
        secure.DefinerFunction(
            "reassigning_list()", f"{functions.LIST}; {functions.LIST_TRIGGER}", callers=[]
        ),
        migrations.RunSQL(migrations.RunSQL.noop, "DROP TRIGGER reassigning_list ON childindex_identityevent"),
        secure.DefinerFunction(
            "reassigning_decide(uuid, boolean, text[])", functions.DECIDE, callers=["app"]
        ),
        secure.DefinerFunction("reassigning_waiting()", functions.WAITING, callers=["app"]),
    ]
