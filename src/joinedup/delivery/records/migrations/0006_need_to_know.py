"""What records say is seen of children who were opened, each row by its tier; files, by those who bring them in."""

from django.db import migrations

from joinedup.delivery.records import functions
from joinedup.foundation.database import secure

_FILES = "(SELECT access_may('files'))"
_OPENED = "person_record_id = ANY ((SELECT access_items(1))::uuid[])"
_BY_TIER = "CASE tier {} END".format(
    " ".join(f"WHEN {tier} THEN person_record_id = ANY ((SELECT access_items({tier}))::uuid[])" for tier in (1, 2, 3, 4))
)
_OPENED_RECORD = "id = ANY ((SELECT access_items(1))::uuid[])"


class Migration(migrations.Migration):
    """The application's policies, and the function that gives a row's bytes."""

    dependencies = [
        ("records", "0005_tiers"),
        ("access", "0004_need_to_know"),
        ("agencies", "0004_place_of_a_user"),
    ]

    operations = [
        secure.RowsSeen(
            ["records_sourcefile", "records_sourcefilechunk", "records_refusal", "records_repeatedrow"],
            rows=_FILES,
            before=secure.VIEW_IS_OPEN,
        ),
        secure.RowsSeen(["records_batch"], rows="(SELECT access_is_open())", before=secure.VIEW_IS_OPEN),
        secure.RowsSeen(["records_personrecord"], rows=_OPENED_RECORD, before=secure.VIEW_IS_OPEN),
        secure.RowsSeen(["records_sourcerecord"], rows=f"{_FILES} OR {_OPENED}", before=secure.VIEW_IS_OPEN),
        secure.RowsSeen(
            ["records_identitystatement", "records_relative"], rows=_OPENED, before=secure.VIEW_IS_OPEN
        ),
        secure.RowsSeen(
            ["records_involvement", "records_chronologyentry"], rows=_BY_TIER, before=secure.VIEW_IS_OPEN
        ),
        secure.SeenByDefiner(
            [
                "records_sourcefilechunk",
                "records_batch",
                "records_personrecord",
                "records_sourcerecord",
                "records_identitystatement",
                "records_involvement",
            ]
        ),
        secure.DefinerFunction("records_content(uuid)", functions.CONTENT_AT_FIRST, callers=["app"]),
    ]
