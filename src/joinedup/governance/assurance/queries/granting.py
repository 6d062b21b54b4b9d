"""What the permission matrix lets a viewer do here: read who looked at a child, and review unusual looking.

Belongs here: the questions put to the matrix. Not here: its text (agreements), the database's own answer (functions).
"""

import uuid
from collections.abc import Collection

from django.db import connection

from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import rules as audit_rules

_LOOKS, _REVIEW = "looks", "review"


class MayNotSeeWhoLooked(Exception):
    """No role of the viewer reads who looked at this child."""


class MayNotReview(Exception):
    """No role of the viewer reviews looking."""


def check_may_review(viewer: access_rules.Viewer) -> None:
    """Refuse whoever does not review.

    Errors: MayNotReview.
    """
    if viewer.user_id is None or not _decided(viewer, _REVIEW, ()).is_allowed:
        raise MayNotReview


def check_may_see_who_looked(viewer: access_rules.Viewer, *, grounds: Collection[str]) -> audit_rules.Grounds:
    """Return on what grounds a viewer reads who looked at a child to whom they stand like this.

    Errors: MayNotSeeWhoLooked.
    """
    decision = _decided(viewer, _LOOKS, grounds)
    if not decision.is_allowed:
        raise MayNotSeeWhoLooked
    return audit_rules.Grounds(rule=decision.rule, relationship=decision.ground, policy_version=decision.policy_version)


def held_grounds(*, child_id: uuid.UUID) -> frozenset[str]:
    """Return on which grounds the viewer of the open view stands to a child, whom its event must name.

    Shapes: 1 query; empty for a sealed child.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT assurance_grounds(%s)", [child_id])
        row = cursor.fetchone()
    return frozenset(row[0] if row else ())


def open_child(*, child_id: uuid.UUID) -> None:
    """Let the open view, whose event must name the child, see what is kept for the child's family.

    Shapes: 1 query.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM childindex_open(%s)", [child_id])


def _decided(viewer: access_rules.Viewer, action: str, grounds: Collection[str]) -> access_rules.Decision:
    asked = access_rules.Asked(roles=viewer.roles, action=action, grounds=frozenset(grounds))
    return access_rules.decide(policy=access_queries.get_policy(), asked=asked)
