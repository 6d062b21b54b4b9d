"""Decisions and the history of identities have tables of their own; a model has a state, its thresholds and who approved it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import joinedup.foundation.ids
from django.db import migrations, models


# Models from before models were approved: the one that links were last made by is current, with that run's thresholds.
_APPROVED_BEFORE = """
UPDATE childindex_modelversion v
SET state = CASE WHEN v.id = last.model_version_id THEN 'current' ELSE 'retired' END, approved_at = v.trained_at,
    approved_by_name = 'by itself: no model had been learnt and approved',
    link_threshold_bits = own.link_threshold_bits, review_threshold_bits = own.review_threshold_bits
FROM (SELECT model_version_id FROM childindex_linkrun ORDER BY started_at DESC, id DESC LIMIT 1) last,
     (SELECT DISTINCT ON (model_version_id) * FROM childindex_linkrun ORDER BY model_version_id, started_at DESC, id DESC) own
WHERE own.model_version_id = v.id
"""


class Migration(migrations.Migration):
    """Tables, and what each model kept had been before."""

    dependencies = [
        ('childindex', '0006_guarded_apart'),
        ('people', '0007_known_only_to'),
        ('records', '0008_version_of_a_message'),
    ]

    operations = [
        migrations.CreateModel(
            name='IdentityEvent',
            fields=[
                ('id', models.UUIDField(default=joinedup.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('assigned', 'assigned'), ('linked', 'linked'), ('parted', 'parted'), ('redirected', 'redirected'), ('returned', 'returned'), ('taken_back', 'taken_back'), ('withdrawn', 'withdrawn'), ('confirmed', 'confirmed'), ('kept_apart', 'kept_apart'), ('undone', 'undone'), ('model_changed', 'model_changed')], max_length=16)),
                ('before', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('after', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('by_id', models.UUIDField(blank=True, null=True)),
                ('by_name', models.CharField(max_length=200)),
                ('why', models.CharField(choices=[('run', 'run'), ('batch_undone', 'batch_undone'), ('steward', 'steward'), ('undo', 'undo'), ('rejoin', 'rejoin'), ('officer', 'officer'), ('deleted', 'deleted'), ('first_model', 'first_model'), ('promotion', 'promotion'), ('rollback', 'rollback')], max_length=16)),
                ('act_id', models.UUIDField()),
                ('undoes_id', models.UUIDField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'identity event',
            },
        ),
        migrations.CreateModel(
            name='RejoinProposal',
            fields=[
                ('id', models.UUIDField(default=joinedup.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(max_length=500)),
                ('proposed_by_id', models.UUIDField()),
                ('proposed_by_name', models.CharField(max_length=200)),
                ('proposed_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('agreed', 'agreed'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('decided_by_id', models.UUIDField(blank=True, null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'rejoin proposal',
            },
        ),
        migrations.CreateModel(
            name='StewardDecision',
            fields=[
                ('id', models.UUIDField(default=joinedup.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('act_id', models.UUIDField()),
                ('decision', models.CharField(choices=[('must', 'must'), ('cannot', 'cannot')], max_length=8)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('decided_by_id', models.UUIDField(blank=True, null=True)),
                ('decided_by_name', models.CharField(max_length=200)),
                ('decided_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_by_id', models.UUIDField(blank=True, null=True)),
                ('revoked_by_name', models.CharField(blank=True, max_length=200)),
                ('revoked_with_id', models.UUIDField(blank=True, null=True)),
            ],
            options={
                'verbose_name': "steward's decision",
            },
        ),
        migrations.AddField(
            model_name='link',
            name='act_id',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='modelversion',
            name='approved_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='modelversion',
            name='approved_by_id',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='modelversion',
            name='approved_by_name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='modelversion',
            name='link_threshold_bits',
            field=models.FloatField(default=4.0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='modelversion',
            name='measured',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='modelversion',
            name='replaces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='childindex.modelversion'),
        ),
        migrations.AddField(
            model_name='modelversion',
            name='review_threshold_bits',
            field=models.FloatField(default=-3.0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='modelversion',
            name='shadow',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='modelversion',
            name='shadowed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='modelversion',
            name='state',
            field=models.CharField(choices=[('candidate', 'candidate'), ('current', 'current'), ('approved', 'approved'), ('retired', 'retired')], default='candidate', max_length=12),
        ),
        migrations.AddField(
            model_name='modelversion',
            name='trained_on',
            field=models.JSONField(default=dict),
        ),
        migrations.RunSQL(_APPROVED_BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='modelversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'current')), fields=('state',), name='childindex_model_one_current'),
        ),
        migrations.AddConstraint(
            model_name='modelversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by_name', ''), ('state', 'candidate')), models.Q(models.Q(('state', 'candidate'), _negated=True), ('approved_at__isnull', False), models.Q(('approved_by_name', ''), _negated=True)), _connector='OR'), name='childindex_model_in_force_is_approved'),
        ),
        migrations.AddField(
            model_name='identityevent',
            name='child',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child'),
        ),
        migrations.AddField(
            model_name='identityevent',
            name='other',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child'),
        ),
        migrations.AddField(
            model_name='rejoinproposal',
            name='record_a',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.personrecord'),
        ),
        migrations.AddField(
            model_name='rejoinproposal',
            name='record_b',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.personrecord'),
        ),
        migrations.AddField(
            model_name='stewarddecision',
            name='record_a',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.personrecord'),
        ),
        migrations.AddField(
            model_name='stewarddecision',
            name='record_b',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.personrecord'),
        ),
        migrations.AddIndex(
            model_name='identityevent',
            index=models.Index(fields=['act_id'], name='childindex_identity_by_act'),
        ),
        migrations.AddConstraint(
            model_name='rejoinproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('record_a', 'record_b'), name='childindex_rejoin_one_question_a_pair'),
        ),
        migrations.AddConstraint(
            model_name='rejoinproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by_id', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False), ('decided_by_id__isnull', False)), _connector='OR'), name='childindex_rejoin_decision_comes_whole'),
        ),
        migrations.AddConstraint(
            model_name='rejoinproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'agreed'), _negated=True), models.Q(('decided_by_id', models.F('proposed_by_id')), _negated=True), _connector='OR'), name='childindex_rejoin_agreed_by_another'),
        ),
        migrations.AddIndex(
            model_name='stewarddecision',
            index=models.Index(fields=['act_id'], name='childindex_decision_by_act'),
        ),
        migrations.AddConstraint(
            model_name='stewarddecision',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('record_a', 'record_b', 'decision'), name='childindex_decision_once_a_pair'),
        ),
        migrations.AddConstraint(
            model_name='stewarddecision',
            constraint=models.CheckConstraint(condition=models.Q(('record_a__lt', models.F('record_b'))), name='childindex_decision_of_two_records'),
        ),
        migrations.AddConstraint(
            model_name='stewarddecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by_id', None), ('revoked_with_id', None)), models.Q(('revoked_at__isnull', False), ('revoked_by_id__isnull', False)), _connector='OR'), name='childindex_decision_taken_back_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='stewarddecision',
            constraint=models.CheckConstraint(condition=models.Q(('revoked_at', None), models.Q(('decision', 'cannot'), _negated=True), models.Q(('revoked_with_id__isnull', False), models.Q(('revoked_with_id', models.F('revoked_by_id')), _negated=True)), _connector='OR'), name='childindex_parting_taken_back_by_two'),
        ),
    ]
