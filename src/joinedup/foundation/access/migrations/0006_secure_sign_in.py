"""Sessions, set-up links, kept forms and what the packages of sign-in keep: the application serves with them."""

from django.db import migrations

from joinedup.foundation.database import secure


class Migration(migrations.Migration):
    """Rights for the serving roles; commands make links and end sessions as the batch role."""

    dependencies = [
        ("access", "0005_sign_in"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("axes", "0010_accessattemptexpiration"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        secure.Grant(["access_session"], app="SELECT, INSERT, UPDATE, DELETE", batch="SELECT, DELETE"),
        secure.Grant(["access_setuplink"], app="SELECT, UPDATE", batch="SELECT, INSERT, UPDATE"),
        secure.Grant(["access_keptform"], app="SELECT, INSERT, DELETE"),
        secure.Grant(["mfa_authenticator"], app="SELECT, INSERT, UPDATE, DELETE", batch="SELECT, DELETE"),
        secure.Grant(["socialaccount_socialaccount"], app="SELECT", batch="SELECT, INSERT, DELETE"),
        secure.Grant(["socialaccount_socialapp"], app="SELECT"),
        secure.Grant(
            ["axes_accessattempt", "axes_accessattemptexpiration"], app="SELECT, INSERT, UPDATE, DELETE"
        ),
    ]
