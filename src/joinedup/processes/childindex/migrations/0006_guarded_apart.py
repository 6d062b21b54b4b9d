"""What guarded agencies say is kept apart: their keys, whom they alone know, and words that nobody else's record bears."""

from django.db import migrations, models

from joinedup.foundation.database import rewriting, secure
from joinedup.processes.childindex import functions, guarding_functions, sealing_functions


class Migration(migrations.Migration):
    """Longer keys, functions, and what is there already put right."""

    dependencies = [("childindex", "0005_sealed_children"), ("people", "0007_known_only_to")]

    operations = [
        migrations.AlterField(
            model_name='searchkey',
            name='value',
            field=models.CharField(db_collation='C', max_length=120),
        ),
        secure.DefinerFunction("childindex_guard_keys()", guarding_functions.GUARD_KEYS, callers=["batch"]),
        secure.DefinerFunction(
            "childindex_guarded_cards(uuid[], text[])", guarding_functions.GUARDED_CARDS, callers=["app"]
        ),
        rewriting.FunctionsAnew(
            [
                functions.RELATE,
                functions.CANDIDATES,
                functions.AT_HOME,
                functions.COUNTS,
                guarding_functions.SIMILAR,
                sealing_functions.SPREAD,
                sealing_functions.LIFT_SEAL,
                sealing_functions.STUBS,
            ]
        ),
        rewriting.RowsPutRight(guarding_functions.APART_FROM_NOW),
    ]
