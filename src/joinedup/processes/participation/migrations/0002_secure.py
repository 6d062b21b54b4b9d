"""Words of a family are seen by whom they let; a sign-in comes of an invitation alone, and ends with it."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.processes.participation import functions

_DEFINER = "SELECT, INSERT, UPDATE, DELETE"


class Migration(migrations.Migration):
    """The functions, row-level security and the triggers."""

    dependencies = [
        ("participation", "0001_initial"),
        ("access", "0025_sight_read_at_once"),
        ("childindex", "0012_case_tiers"),
    ]

    operations = [
        secure.Grant(["access_user", "access_roleheld"], definer="INSERT, UPDATE"),
        secure.Grant(["access_session"], definer="SELECT, DELETE"),
        *(secure.DefinerFunction(signature, text, callers=["app"]) for signature, text in functions.CALLED),
        secure.SecureTables(
            ["participation_invitation"],
            app="SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by_name)",
            definer=_DEFINER,
            rows=functions.INVITATION_ROWS,
        ),
        secure.SecureTables(
            ["participation_view"],
            app="SELECT, INSERT, UPDATE (answer, answered_at, answered_by_id, answered_by_name)",
            definer=_DEFINER,
            rows=functions.VIEW_ROWS,
        ),
        secure.UpdatesAllowed("participation_view", before=functions.UNANSWERED, after=functions.ANSWERED),
        secure.SecureTables(
            ["participation_aboutme"], app="SELECT, INSERT", definer=_DEFINER, rows=functions.ABOUT_ROWS
        ),
        *(
            secure.DefinerFunction(signature, "; ".join([text, *triggers]), callers=[])
            for signature, text, triggers in functions.TRIGGERS
        ),
    ]
