"""Stewards link and part by functions of the database; the history is only ever added to; what was parted stays parted."""

from django.db import migrations

from joinedup.foundation.database import rewriting, secure
from joinedup.processes.childindex import sealing_functions
from joinedup.processes.childindex import stewarding_functions as stewarding

_STEWARDS = "(SELECT access_may('link'))"
_OPENED = (
    "child_id = ANY ((SELECT access_opened())::uuid[]) "
    "OR (kind = 'redirected' AND other_id = ANY ((SELECT access_opened())::uuid[]))"
)


class Migration(migrations.Migration):
    """Row-level security, the functions and the triggers."""

    dependencies = [
        ("childindex", "0007_identity_history"),
        ("access", "0023_ground_by_two"),
        ("agencies", "0004_place_of_a_user"),
    ]

    operations = [
        secure.SecureTables(
            ["childindex_stewarddecision", "childindex_rejoinproposal"],
            app="SELECT",
            batch="SELECT",
            definer="SELECT, INSERT, UPDATE",
            rows=_STEWARDS,
        ),
        secure.SecureTables(
            ["childindex_identityevent"],
            app="SELECT",
            batch="SELECT, INSERT",
            definer="SELECT, INSERT",
            rows=f"({_STEWARDS} OR {_OPENED})",
        ),
        secure.Grant(["people_child"], definer="INSERT"),
        secure.Grant(["people_childsummary"], definer="INSERT, DELETE"),
        secure.Grant(["childindex_link"], definer="UPDATE"),
        migrations.RunSQL(stewarding.HISTORY_STAYS, "DROP FUNCTION childindex_history_stays()"),
        migrations.RunSQL(stewarding.HISTORY_TRIGGER, "DROP TRIGGER childindex_history_stays ON childindex_identityevent"),
        *[
            secure.DefinerFunction(signature, text, callers=callers)
            for signature, text, callers in (
                ("childindex_may_link(text[])", stewarding.MAY_LINK, []),
                ("childindex_begin_act(text[])", stewarding.BEGIN_ACT, ["app"]),
                ("childindex_whole(uuid[], text[])", stewarding.WHOLE, ["app"]),
                ("childindex_unspread()", stewarding.UNSPREAD, []),
                ("childindex_describe(uuid[])", stewarding.DESCRIBE, []),
                ("childindex_settle(text[], jsonb)", stewarding.SETTLE, ["app"]),
                ("childindex_propose_rejoin(uuid, uuid, uuid, text, text[])", stewarding.PROPOSE_REJOIN, ["app"]),
                ("childindex_refuse_rejoin(uuid, text[])", stewarding.REFUSE_REJOIN, ["app"]),
            )
        ],
        secure.DefinerFunction(
            "childindex_parted_stay_parted()",
            f"{stewarding.PARTED_STAY_PARTED}; {stewarding.PARTED_TRIGGER}",
            callers=[],
        ),
        migrations.RunSQL(
            migrations.RunSQL.noop, "DROP TRIGGER childindex_parted_stay_parted ON childindex_link"
        ),
        rewriting.FunctionsAnew([sealing_functions.LIFT_SEAL, sealing_functions.SETTLE_HELD]),
    ]
