"""Child protection is read where the child is opened at the statutory tier, and by nothing else.

What was written is not written over: the application may move a concern on, say how a plan and a span end, and nothing else.
"""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.processes.protection import functions

_MAY_CHANGE = {
    "protection_concern": "stage, since_at, moved_at",
    "protection_step": "",
    "protection_presence": "",
    "protection_protectionplan": "conference_id, started_on, first_category, latest_category, ended_on, ending",
    "protection_invitation": "",
    "protection_carespan": "ended_on, ended_words, ended_recorded_at, ended_by_name",
}


class Migration(migrations.Migration):
    """Row-level security, the triggers and the function that says who is family."""

    dependencies = [
        ("protection", "0001_initial"),
        ("access", "0024_work_ties_people"),
        ("agencies", "0004_place_of_a_user"),
        ("childindex", "0012_case_tiers"),
    ]

    operations = [
        secure.DefinerFunction("protection_own()", functions.OWN, callers=["app"]),
        *(
            secure.SecureTables(
                [table],
                app=f"SELECT, INSERT{f', UPDATE ({columns})' if columns else ''}",
                definer="SELECT, INSERT, UPDATE, DELETE",
                rows=functions.ROWS,
            )
            for table, columns in _MAY_CHANGE.items()
        ),
        secure.UpdatesAllowed("protection_carespan", before="ended_on IS NULL AND NOT is_corrected", after="true"),
        *(
            secure.DefinerFunction(f"{functions.name_of(text)}()", "; ".join([text, *triggers]), callers=[])
            for text, triggers in functions.TRIGGERS
        ),
    ]
