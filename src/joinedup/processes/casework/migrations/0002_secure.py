"""Work on a child is seen where the child is opened and the matrix lets it, or by the team whose work it is.

What was written is not written over: of each table the application may change how things end, and nothing else. Which team
answers, and at which level, is changed by the one function that takes a transfer over.
"""

from django.db import migrations

from joinedup.foundation.access import rows
from joinedup.foundation.database import secure
from joinedup.processes.casework import functions, owing_functions

_MAY_CHANGE = {
    "casework_episode": "closed_at, closed_by_id, closed_by_name, closing, closing_words",
    "casework_lead": "ended_at, goodbye",
    "casework_teammember": "left_at",
    "casework_need": "owner_id, state, ended_at, ended_by_name, ended_words",
    "casework_desiredoutcome": "",
    "casework_action": "done_at, done_by_name, done_words",
    "casework_review": "held_at, held_by_name, what_changed, spoken, childs_view",
    "casework_transfer": "state, answered_at, answered_by_name, answer",
    "casework_approval": "answer, answered_at, answered_by_id, answered_by_name, answered_words, used_at",
    "casework_supervision": "",
}
_ROWS = rows.work_rows(tier=2, circles="circles")


class Migration(migrations.Migration):
    """Row-level security, the triggers and the functions."""

    dependencies = [
        ("casework", "0001_initial"),
        ("access", "0024_work_ties_people"),
        ("agencies", "0004_place_of_a_user"),
        ("childindex", "0012_case_tiers"),
    ]

    operations = [
        *(
            secure.SecureTables(
                [table],
                app=f"SELECT, INSERT{f', UPDATE ({columns})' if columns else ''}",
                definer="SELECT, INSERT, UPDATE, DELETE",
                rows=_ROWS,
            )
            for table, columns in _MAY_CHANGE.items()
        ),
        secure.UpdatesAllowed(
            "casework_transfer",
            before="state = 'offered'",
            after="state IN ('declined', 'withdrawn') OR (state = 'accepted' AND to_team_id IS NULL)",
        ),
        secure.DefinerFunction("casework_circles_of(bigint)", functions.CIRCLES_OF, callers=["app"]),
        *(
            secure.DefinerFunction(f"{functions.name_of(text)}()", "; ".join([text, *triggers]), callers=[])
            for text, triggers in functions.TRIGGERS
        ),
        secure.DefinerFunction(
            "casework_accept(uuid, uuid, text, text, timestamptz)", owing_functions.ACCEPT, callers=["app"]
        ),
        secure.DefinerFunction("casework_owed()", owing_functions.OWED, callers=["app"]),
    ]
