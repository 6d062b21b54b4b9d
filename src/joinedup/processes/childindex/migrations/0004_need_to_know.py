"""Links are seen of children who were opened; keys and words of names by nobody: functions of the database lead to a child."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.processes.childindex import functions, guarding_functions

_OPENED = "person_record_id = ANY ((SELECT access_items(1))::uuid[])"
_KEYS = ["childindex_searchkey", "childindex_nameword", "childindex_namespelling"]


class Migration(migrations.Migration):
    """The application's policies and the functions."""

    dependencies = [
        ("childindex", "0003_view_asked_once"),
        ("people", "0006_need_to_know"),
        ("records", "0006_need_to_know"),
        ("agencies", "0004_place_of_a_user"),
    ]

    operations = [
        secure.RowsSeen(["childindex_link"], rows=_OPENED, before=secure.VIEW_IS_OPEN),
        secure.RowsSeen(
            ["childindex_reviewtask"], rows="(SELECT access_may('link'))", before=secure.VIEW_IS_OPEN
        ),
        secure.RowsSeen(_KEYS, rows="false", before=secure.VIEW_IS_OPEN),
        secure.RowsSeen(
            ["childindex_search"],
            rows="viewer_id = (SELECT access_viewer())",
            before="viewer_id = (SELECT audit_viewer())",
        ),
        secure.SeenByDefiner(["childindex_link", "childindex_reviewtask", *_KEYS]),
        *[
            secure.DefinerFunction(signature, text, callers=callers)
            for signature, text, callers in (
                ("childindex_grounds(uuid)", functions.GROUNDS, []),
                ("childindex_is_past_seal(uuid)", functions.PAST_SEAL, []),
                ("childindex_relate(text)", functions.RELATE, ["app"]),
                ("childindex_open(uuid)", functions.OPEN_AT_FIRST, ["app"]),
                ("childindex_similar(text[], text[], text[], integer)", guarding_functions.SIMILAR, ["app"]),
                (
                    "childindex_candidates(text[], integer[], integer, text, date, date, boolean, integer)",
                    functions.CANDIDATES_AT_FIRST,
                    ["app"],
                ),
                ("childindex_at_home(uuid, text, text, boolean)", functions.AT_HOME, ["app"]),
                ("childindex_counts(boolean)", functions.COUNTS, ["app"]),
            )
        ],
    ]
