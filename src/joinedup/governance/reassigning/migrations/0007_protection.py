"""A concern and a span in care hang on a child: when children are joined or parted, a person says whose they are."""

from django.db import migrations, models

from joinedup.foundation.database import rewriting, secure
from joinedup.governance.reassigning import functions, rules


class Migration(migrations.Migration):
    """The kinds of work, the definer's rights, and the functions written over."""

    dependencies = [("reassigning", "0005_assessments"), ("protection", "0002_secure")]

    operations = [
        migrations.AlterField(
            model_name="reassignment",
            name="kind",
            field=models.CharField(choices=[(code, code) for code in rules.WORK], max_length=20),
        ),
        secure.Grant(["protection_concern", "protection_carespan"], definer="SELECT, UPDATE"),
        rewriting.FunctionsAnew([functions.LIST, functions.DECIDE]),
    ]
