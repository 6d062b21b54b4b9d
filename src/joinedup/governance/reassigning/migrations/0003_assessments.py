"""An assessment hangs on a child: whoever joins or parts children is asked whose it is."""

from django.db import migrations, models

from joinedup.foundation.database import rewriting
from joinedup.governance.reassigning import functions


class Migration(migrations.Migration):
    """The list and the moving written over."""

    dependencies = [("reassigning", "0002_secure"), ("assessment", "0002_secure")]

    operations = [
        migrations.AlterField(
            model_name='reassignment',
            name='kind',
            field=models.CharField(choices=[('legal_hold', 'legal_hold'), ('data_request', 'data_request'), ('disputed_fact', 'disputed_fact'), ('deletion', 'deletion'), ('interest', 'interest'), ('watched', 'watched'), ('parental_view', 'parental_view'), ('looks_suspended', 'looks_suspended'), ('emergency_look', 'emergency_look'), ('seal_request', 'seal_request'), ('assessment', 'assessment'), ('invitation', 'invitation'), ('conflict', 'conflict')], max_length=20),
        ),
        rewriting.FunctionsAnew([functions.LIST, functions.DECIDE]),
    ]
