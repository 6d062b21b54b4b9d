"""A page of one's own hangs on a child: whoever joins or parts children is asked whose it is."""

from django.db import migrations, models

from joinedup.foundation.database import rewriting
from joinedup.governance.reassigning import functions, rules


class Migration(migrations.Migration):
    """The list and the moving written over; the definer may change the table already."""

    dependencies = [("reassigning", "0007_protection"), ("participation", "0002_secure")]

    operations = [
        migrations.AlterField(
            model_name="reassignment",
            name="kind",
            field=models.CharField(choices=[(code, code) for code in rules.WORK], max_length=20),
        ),
        rewriting.FunctionsAnew([functions.LIST, functions.DECIDE]),
    ]
