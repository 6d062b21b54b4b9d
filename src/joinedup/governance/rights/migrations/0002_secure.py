"""Who answers for rights sees holds and what is due; nobody deletes but the database's own function, and none of its certificates."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.governance.rights import functions

_ANSWERS = "(SELECT access_may('rights'))"
_BY_TIER = "CASE tier {} END".format(
    " ".join(f"WHEN {tier} THEN person_record_id = ANY ((SELECT access_items({tier}))::uuid[])" for tier in (1, 2, 3, 4))
)


class Migration(migrations.Migration):
    """Row-level security and the functions."""

    dependencies = [
        ("rights", "0001_initial"),
        ("childindex", "0004_need_to_know"),
        ("records", "0006_need_to_know"),
        ("breakglass", "0002_secure"),
        ("exports", "0002_secure"),
        ("assurance", "0002_secure"),
        ("sealing", "0002_secure"),
    ]

    operations = [
        secure.SecureTables(
            ["rights_legalhold"],
            app="SELECT, INSERT, UPDATE",
            batch="SELECT",
            definer="SELECT, DELETE",
            rows=_ANSWERS,
        ),
        secure.SecureTables(
            ["rights_duedeletion"],
            app="SELECT, UPDATE",
            batch="SELECT, INSERT, UPDATE, DELETE",
            definer="SELECT, DELETE",
            rows=_ANSWERS,
        ),
        secure.SecureTables(
            ["rights_datarequest"],
            app="SELECT, INSERT, UPDATE",
            definer="SELECT, UPDATE, DELETE",
            rows=_ANSWERS,
        ),
        secure.SecureTables(
            ["rights_redaction"], app="SELECT, INSERT, UPDATE", definer="SELECT, DELETE", rows=_ANSWERS
        ),
        # That a fact is disputed is seen by whoever sees the fact.
        secure.SecureTables(
            ["rights_disputedfact"],
            app="SELECT, INSERT, UPDATE",
            definer="SELECT, DELETE",
            rows=f"{_ANSWERS} OR {_BY_TIER}",
        ),
        secure.Grant(["rights_certificate"], app="SELECT", batch="SELECT, INSERT"),
        secure.SeenByDefiner(
            [
                "assurance_declaredinterest",
                "assurance_watchedchild",
                "assurance_parentalviewsafety",
                "assurance_looksuspension",
            ],
            rights="SELECT, DELETE",
        ),
        secure.SeenByDefiner(
            ["records_repeatedrow", "records_chronologyentry", "records_relative", "exports_exportsubject"],
            rights="SELECT, DELETE",
        ),
        secure.Grant(
            [
                "records_identitystatement",
                "records_involvement",
                "records_personrecord",
                "childindex_link",
                "childindex_reviewtask",
                "childindex_searchkey",
                "childindex_nameword",
                "childindex_namespelling",
                "access_groundheld",
                "access_seal",
                "breakglass_emergencylook",
                "sealing_sealrequest",
                "people_childsummary",
            ],
            definer="DELETE",
        ),
        secure.Grant(["records_sourcerecord"], definer="UPDATE, DELETE"),
        secure.Grant(["records_sourcefilechunk"], definer="UPDATE"),
        # The triggers with the function: once it is the definer's, the owner may put it on no table.
        secure.DefinerFunction(
            "rights_hold_waits()", f"{functions.HOLD_FIRST}; {functions.HOLD_TRIGGERS}", callers=[]
        ),
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "DROP TRIGGER rights_hold_waits ON rights_legalhold; DROP TRIGGER rights_request_waits ON rights_datarequest",
        ),
        secure.DefinerFunction("rights_subject(text)", functions.SUBJECT, callers=["app"]),
        secure.DefinerFunction("rights_confirm(uuid)", functions.CONFIRM, callers=["app"]),
        secure.DefinerFunction("rights_end(uuid)", functions.END, callers=["app"]),
        secure.DefinerFunction("rights_is_held(uuid)", functions.IS_HELD_AT_FIRST, callers=["batch"]),
        secure.DefinerFunction("rights_blank(uuid[])", functions.BLANK, callers=[]),
        secure.DefinerFunction("rights_delete(uuid)", functions.DELETE, callers=["batch"]),
    ]
