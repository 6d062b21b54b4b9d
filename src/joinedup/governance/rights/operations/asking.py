"""Who a child's number is, for those who answer for rights, and that they may act at all."""

import uuid

from django.db import connection

from joinedup.foundation import ids
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules

ACTION = "rights"


class NotAllowed(Exception):
    """No role of the viewer answers for rights, or a second factor must be shown first."""


class NoSuchChild(Exception):
    """There is no child of this number."""


def check_may(viewer: access_rules.Viewer) -> uuid.UUID:
    """Refuse whoever does not answer for rights; return who they are.

    Errors: NotAllowed.
    """
    decision = access_rules.decide(
        policy=access_queries.get_policy(),
        asked=access_rules.Asked(roles=viewer.roles, action=ACTION, given=viewer.given),
    )
    if viewer.user_id is None or not decision.is_allowed:
        raise NotAllowed(decision.rule)
    return viewer.user_id


def subject_of(number: str) -> tuple[uuid.UUID, str]:
    """Return the child of a number, and the number that stands for the child.

    Shapes: 1 query; a view of someone who answers for rights must be open.
    Errors: NoSuchChild.
    """
    cleaned = ids.child_number(number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT child_id, number FROM rights_subject(%s)", [cleaned or ""])
        row = cursor.fetchone()
    if row is None:
        raise NoSuchChild(number)
    return row[0], row[1]
