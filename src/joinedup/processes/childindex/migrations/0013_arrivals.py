"""Every known record stands in the form that is compared, under keys by which a new one meets it; nobody reads them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from joinedup.foundation.database import rewriting, secure
from joinedup.processes.childindex import matching_functions, review_functions, sealing_functions, stewarding_functions

_TABLES = ["childindex_knownalias", "childindex_matchkey", "childindex_lore"]


class Migration(migrations.Migration):
    """Three tables for the batch role alone, and two functions of the database."""

    dependencies = [
        ('agencies', '0004_place_of_a_user'),
        ('childindex', '0012_case_tiers'),
        ('records', '0008_version_of_a_message'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownAlias',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('said', models.TextField()),
                ('home', models.TextField(blank=True)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('is_home_held', models.BooleanField(default=False)),
                ('is_weighed', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('person_record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.personrecord')),
            ],
            options={
                'verbose_name': 'known alias',
            },
        ),
        migrations.CreateModel(
            name='MatchKey',
            fields=[
                ('pk', models.CompositePrimaryKey('key', 'alias', blank=True, editable=False, primary_key=True, serialize=False)),
                ('key', models.BigIntegerField()),
                ('alias', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='childindex.knownalias')),
            ],
            options={
                'verbose_name': 'match key',
            },
        ),
        migrations.CreateModel(
            name='Lore',
            fields=[
                ('run', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='lore', serialize=False, to='childindex.linkrun')),
                ('said', models.TextField()),
            ],
            options={
                'verbose_name': 'lore',
            },
        ),
        migrations.AlterField(
            model_name='identityevent',
            name='why',
            field=models.CharField(choices=[('run', 'run'), ('arrival', 'arrival'), ('batch_undone', 'batch_undone'), ('steward', 'steward'), ('undo', 'undo'), ('rejoin', 'rejoin'), ('officer', 'officer'), ('deleted', 'deleted'), ('first_model', 'first_model'), ('promotion', 'promotion'), ('rollback', 'rollback')], max_length=16),
        ),
        secure.SecureTables(
            _TABLES,
            app="SELECT",
            batch="SELECT, INSERT, UPDATE, DELETE",
            definer="SELECT, UPDATE, DELETE",
            rows="false",
        ),
        secure.GrantSequences("childindex_knownalias_id_seq"),
        secure.DefinerFunction(
            "childindex_alike(bigint[], boolean, integer)", matching_functions.ALIKE, callers=["app"]
        ),
        secure.DefinerFunction("childindex_lore()", matching_functions.LORE, callers=["app"]),
        rewriting.FunctionsAnew(
            [sealing_functions.SPREAD, sealing_functions.LIFT_SEAL, stewarding_functions.UNSPREAD]
        ),
        # Where a run would part one child, the queue asks about it as well.
        rewriting.FunctionsAnew(
            [review_functions.QUESTIONS, review_functions.COUNT_QUESTIONS, review_functions.QUESTION]
        ),
    ]
