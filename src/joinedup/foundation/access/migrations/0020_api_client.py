"""Other systems that sign in: serving finds them by the fingerprint of their secret, commands make and end them."""

import django.db.models.deletion
import joinedup.foundation.ids
from django.conf import settings
from django.db import migrations, models

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """The table, and the rights of the serving roles."""

    dependencies = [
        ("access", "0006_secure_sign_in"),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiClient',
            fields=[
                ('id', models.UUIDField(default=joinedup.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('secret_hash', models.BinaryField(max_length=32, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='api_client', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'API client',
            },
        ),
        secure.Grant(["access_apiclient"], app="SELECT", batch="SELECT, INSERT, UPDATE"),
    ]
