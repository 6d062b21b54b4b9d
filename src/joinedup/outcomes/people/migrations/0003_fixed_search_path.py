"""The trigger's function looks names up in one fixed place, whoever calls it."""

from django.db import migrations


class Migration(migrations.Migration):
    """The search path of the function that keeps numbers for ever."""

    dependencies = [("people", "0002_secure")]

    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION people_child_is_never_deleted() SET search_path = pg_catalog, pg_temp",
            "ALTER FUNCTION people_child_is_never_deleted() RESET search_path",
        ),
    ]
