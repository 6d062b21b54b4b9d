"""A child whom guarded agencies alone know is seen by their own people, and by those whom a ground leads there."""

import django.contrib.postgres.fields
from django.db import migrations, models

from joinedup.foundation.database import secure

_ANY = "(SELECT access_finds_any())"
_ANY_OF_OTHERS = f"({_ANY} AND (known_only_to IS NULL OR (SELECT access_home()) = ANY (known_only_to)))"


def _rows(identifier: str, finds: str) -> str:
    return (
        f"(({finds} OR circles && (SELECT access_circles())) AND NOT is_sealed "
        f"AND {identifier} <> ALL ((SELECT access_conflicts())::uuid[])) "
        f"OR {identifier} = ANY ((SELECT access_subjects())::uuid[])"
    )


class Migration(migrations.Migration):
    """One column in two tables, and the application's policies."""

    dependencies = [("people", "0006_need_to_know"), ("access", "0004_need_to_know")]

    operations = [
        *[
            migrations.AddField(
                model_name=model,
                name='known_only_to',
                field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, null=True, size=None),
            )
            for model in ('child', 'childsummary')
        ],
        *[
            secure.RowsSeen([table], rows=_rows(identifier, _ANY_OF_OTHERS), before=_rows(identifier, _ANY))
            for table, identifier in (("people_child", "id"), ("people_childsummary", "child_id"))
        ],
    ]
