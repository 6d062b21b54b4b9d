"""Nobody gives themselves a role: the application may end one, for those who administer users, and nothing else."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Rights and policies of the roles that people hold; commands of the installation give them."""

    dependencies = [("access", "0020_api_client")]

    operations = [
        secure.Withdraw(["access_roleheld"], app="INSERT, UPDATE"),
        secure.SecureTables(
            ["access_roleheld"], app="SELECT, UPDATE (ended_at)", batch="SELECT, INSERT, UPDATE", definer="SELECT", rows="true"
        ),
        secure.UpdatesAllowed(
            "access_roleheld",
            before="ended_at IS NULL AND (SELECT access_may('users'))",
            after="ended_at IS NOT NULL",
        ),
    ]
