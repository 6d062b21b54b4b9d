"""Where a user works is a question the database answers itself, and every agency has a team that is the whole of it."""

from django.db import migrations

from joinedup.delivery.agencies import functions
from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """The function, and the teams of agencies kept before."""

    dependencies = [("agencies", "0003_whole_agency_and_supervisor"), ("access", "0004_need_to_know")]

    operations = [
        migrations.RunSQL(functions.WHOLE_AGENCIES, migrations.RunSQL.noop),
        secure.Grant(["agencies_agency", "agencies_team", "agencies_practitioner"], definer="SELECT"),
        secure.DefinerFunction("access_place_of(uuid)", functions.PLACE_OF, callers=[]),
    ]
