"""Users, roles, sessions and Django's own tables: the application serves with them, nobody else touches them."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Rights for the serving roles."""

    dependencies = [
        ("access", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        secure.Grant(["access_user", "access_roleheld"], app="SELECT, INSERT, UPDATE", batch="SELECT, INSERT, UPDATE"),
        secure.Grant(["django_session"], app="SELECT, INSERT, UPDATE, DELETE"),
        secure.Grant(["access_installation"], app="SELECT", batch="SELECT, INSERT, UPDATE"),
        secure.Grant(
            ["procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers"],
            app="SELECT, INSERT, UPDATE",
            batch="SELECT, INSERT, UPDATE, DELETE",
        ),
        secure.GrantSequences("procrastinate_%"),
        secure.Grant(["django_content_type", "django_migrations"], app="SELECT", batch="SELECT"),
    ]
