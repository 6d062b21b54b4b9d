import django.db.models.deletion
import joinedup.foundation.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0006_need_to_know'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reassignment',
            fields=[
                ('id', models.UUIDField(default=joinedup.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('legal_hold', 'legal_hold'), ('data_request', 'data_request'), ('disputed_fact', 'disputed_fact'), ('deletion', 'deletion'), ('interest', 'interest'), ('watched', 'watched'), ('parental_view', 'parental_view'), ('looks_suspended', 'looks_suspended'), ('emergency_look', 'emergency_look'), ('seal_request', 'seal_request'), ('invitation', 'invitation'), ('conflict', 'conflict')], max_length=20)),
                ('item_id', models.UUIDField()),
                ('act_id', models.UUIDField()),
                ('listed_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('stays', 'stays'), ('moved', 'moved')], max_length=8)),
                ('decided_by_id', models.UUIDField(blank=True, null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
            ],
            options={
                'verbose_name': 'reassignment',
                'indexes': [models.Index(fields=['outcome', 'listed_at'], name='reassigning_waiting')],
                'constraints': [models.UniqueConstraint(fields=('act_id', 'kind', 'item_id', 'child'), name='reassigning_once_an_act'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by_id', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False), ('decided_by_id__isnull', False)), _connector='OR'), name='reassigning_decision_comes_whole')],
            },
        ),
    ]
