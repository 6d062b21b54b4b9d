"""What a family said is deleted with the child's record, and whose page it is asks for a correction themselves."""

from django.db import migrations

from joinedup.foundation.database import rewriting, secure
from joinedup.governance.rights import functions


class Migration(migrations.Migration):
    """The deletion written over, and the two functions of one's own requests."""

    dependencies = [("rights", "0012_protection"), ("participation", "0002_secure")]

    operations = [
        rewriting.FunctionsAnew([functions.DELETE]),
        secure.Grant(["rights_datarequest"], definer="INSERT"),
        secure.DefinerFunction("rights_ask_own(uuid, text, uuid, text, date)", functions.ASK_OWN, callers=["app"]),
        secure.DefinerFunction("rights_own_asked(uuid)", functions.OWN_ASKED, callers=["app"]),
    ]
