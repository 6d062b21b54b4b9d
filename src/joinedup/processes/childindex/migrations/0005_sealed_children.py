"""A sealed child is found by a stub alone; what may be about one waits for a shield officer; the functions tell less."""

import django.db.models.deletion
import joinedup.foundation.ids
from django.db import migrations, models

from joinedup.foundation.database import rewriting, secure
from joinedup.processes.childindex import functions, sealing_functions

_CANDIDATES = "childindex_candidates(text[], integer[], integer, text, date, date, boolean, integer{})"


class Migration(migrations.Migration):
    """Two tables that nobody reads but by functions, and functions written over."""

    dependencies = [
        ("childindex", "0004_need_to_know"),
        ("records", "0007_held_addresses"),
        ("access", "0023_ground_by_two"),
        ("people", "0006_need_to_know"),
    ]

    operations = [
        migrations.CreateModel(
            name='StubKey',
            fields=[
                ('pk', models.CompositePrimaryKey('value', 'child', blank=True, editable=False, primary_key=True, serialize=False)),
                ('value', models.CharField(db_collation='C', max_length=80)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
            ],
            options={
                'verbose_name': 'stub key',
            },
        ),
        migrations.CreateModel(
            name='HeldRecord',
            fields=[
                ('id', models.UUIDField(default=joinedup.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('weight_bits', models.FloatField(blank=True, null=True)),
                ('evidence', models.JSONField(blank=True, null=True)),
                ('held_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('waiting', 'waiting'), ('same', 'same'), ('other', 'other')], default='waiting', max_length=8)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by_id', models.UUIDField(blank=True, null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                ('person_record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.personrecord')),
            ],
            options={
                'verbose_name': 'held record',
                'constraints': [models.UniqueConstraint(fields=('person_record', 'child'), name='childindex_held_once_for_a_child'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by_id', None), ('outcome', 'waiting')), models.Q(models.Q(('outcome', 'waiting'), _negated=True), ('decided_at__isnull', False), ('decided_by_id__isnull', False)), _connector='OR'), name='childindex_held_decided_by_someone')],
            },
        ),
        secure.SecureTables(
            ["childindex_stubkey"],
            app="SELECT",
            batch="SELECT, INSERT, UPDATE, DELETE",
            definer="SELECT, INSERT, UPDATE, DELETE",
            rows="false",
        ),
        secure.SecureTables(
            ["childindex_heldrecord"],
            app="SELECT",
            batch="SELECT, INSERT, UPDATE, DELETE",
            definer="SELECT, INSERT, UPDATE, DELETE",
            rows="false",
        ),
        secure.Grant(["people_child", "people_childsummary"], definer="UPDATE"),
        secure.Grant(["childindex_reviewtask"], definer="INSERT, UPDATE"),
        secure.Grant(["childindex_searchkey"], definer="INSERT, DELETE"),
        secure.Grant(["childindex_link"], definer="INSERT"),
        secure.Grant(["childindex_linkrun"], definer="SELECT"),
        rewriting.FunctionsGone(["childindex_open(uuid)", _CANDIDATES.format("")]),
        secure.DefinerFunction("childindex_open(uuid, text[])", functions.OPEN, callers=["app"]),
        secure.DefinerFunction(_CANDIDATES.format(", integer"), functions.CANDIDATES, callers=["app"]),
        rewriting.FunctionsAnew([functions.RELATE, functions.COUNTS]),
        secure.DefinerFunction("childindex_spread()", sealing_functions.SPREAD, callers=["batch"]),
        secure.DefinerFunction("childindex_set_seal(uuid, text[])", sealing_functions.SET_SEAL, callers=[]),
        secure.DefinerFunction("childindex_lift_seal(uuid)", sealing_functions.LIFT_SEAL, callers=[]),
        secure.DefinerFunction(
            "childindex_stubs(text[], integer[], integer, text, date, date, integer, integer)",
            sealing_functions.STUBS,
            callers=["app"],
        ),
        secure.DefinerFunction("childindex_sealed()", sealing_functions.SEALED, callers=["app"]),
        secure.DefinerFunction("childindex_held()", sealing_functions.HELD, callers=["app"]),
        secure.DefinerFunction(
            "childindex_settle_held(uuid, boolean)", sealing_functions.SETTLE_HELD, callers=["app"]
        ),
    ]
