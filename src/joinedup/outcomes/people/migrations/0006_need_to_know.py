"""A child is seen by those whose circle or ground it is, or who may find any; sealed, by nobody whom a ground does not lead."""

from django.db import migrations

from joinedup.foundation.database import secure


def _rows(identifier: str) -> str:
    return (
        "(((SELECT access_finds_any()) OR circles && (SELECT access_circles())) AND NOT is_sealed "
        f"AND {identifier} <> ALL ((SELECT access_conflicts())::uuid[])) "
        f"OR {identifier} = ANY ((SELECT access_subjects())::uuid[])"
    )


class Migration(migrations.Migration):
    """The application's policies; the definer reads for the functions that find and open."""

    dependencies = [("people", "0005_circles_and_seal"), ("access", "0004_need_to_know")]

    operations = [
        secure.RowsSeen(["people_child"], rows=_rows("id"), before=secure.VIEW_IS_OPEN),
        secure.RowsSeen(["people_childsummary"], rows=_rows("child_id"), before=secure.VIEW_IS_OPEN),
        secure.SeenByDefiner(["people_child", "people_childsummary"], rights="SELECT, UPDATE"),
    ]
