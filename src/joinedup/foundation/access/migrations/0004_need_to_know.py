"""What a transaction may see is signed by the database; the policy, grounds and seals are its own to judge by."""

from django.db import migrations

from joinedup.foundation.access import functions
from joinedup.foundation.database import secure

_READERS = (
    ("access_is_open()", functions.IS_OPEN),
    ("access_event()", functions.EVENT),
    ("access_viewer()", functions.VIEWER),
    ("access_home()", functions.HOME),
    ("access_roles()", functions.ROLES),
    ("access_circles()", functions.CIRCLES),
    ("access_finds_any()", functions.FINDS_ANY),
    ("access_may(text)", functions.MAY),
    ("access_subjects()", functions.SUBJECTS),
    ("access_conflicts()", functions.CONFLICTS),
    ("access_opened()", functions.OPENED),
    ("access_items(integer)", functions.ITEMS),
)


class Migration(migrations.Migration):
    """Rights, row-level security, the secret and the functions that use it."""

    dependencies = [("access", "0003_policy_grounds_and_seals"), ("audit", "0003_a_view_is_proved_by_its_event")]

    operations = [
        secure.Grant(["access_policycell"], app="SELECT", batch="SELECT", definer="SELECT"),
        secure.Grant(["access_user", "access_roleheld"], definer="SELECT"),
        migrations.RunSQL(functions.KEPT_KEY, "DROP TABLE access_secret"),
        secure.Grant(["access_secret"], definer="SELECT"),
        secure.DefinerFunction("access_sign(text)", functions.SIGN, callers=[]),
        secure.DefinerFunction("access_sight()", functions.SIGHT, callers=["app", "batch"]),
        secure.DefinerFunction("access_set_sight(text[])", functions.SET_SIGHT, callers=[]),
        *[secure.DefinerFunction(signature, text, callers=["app", "batch"]) for signature, text in _READERS],
        secure.SecureTables(
            ["access_groundheld"],
            app="SELECT",
            batch="SELECT, INSERT, UPDATE, DELETE",
            definer="SELECT, INSERT, UPDATE",
            rows="user_id = (SELECT access_viewer())",
        ),
        secure.SecureTables(
            ["access_seal"], batch="SELECT", definer="SELECT, INSERT, UPDATE", rows="false"
        ),
        secure.DefinerFunction("access_enter(uuid)", functions.ENTER, callers=["app", "batch"]),
    ]
