"""Source records are seen only through an open view; the application may hand files in, the batch loads them."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Row-level security, and large pieces of files kept so that a part of one can be read."""

    dependencies = [("records", "0001_initial"), ("audit", "0002_secure"), ("agencies", "0002_secure")]

    operations = [
        secure.SecureTables(
            ["records_sourcefile", "records_sourcefilechunk"], app="SELECT, INSERT", batch="SELECT, INSERT"
        ),
        secure.SecureTables(["records_batch"], app="SELECT, INSERT, UPDATE", batch="SELECT, INSERT, UPDATE"),
        secure.SecureTables(["records_refusal", "records_personrecord"], app="SELECT", batch="SELECT, INSERT"),
        secure.SecureTables(
            [
                "records_sourcerecord",
                "records_identitystatement",
                "records_involvement",
                "records_chronologyentry",
                "records_relative",
            ],
            app="SELECT",
            batch="SELECT, INSERT, UPDATE",
        ),
        migrations.RunSQL(
            "ALTER TABLE records_sourcefilechunk ALTER COLUMN content SET STORAGE EXTERNAL",
            "ALTER TABLE records_sourcefilechunk ALTER COLUMN content SET STORAGE EXTENDED",
        ),
    ]
