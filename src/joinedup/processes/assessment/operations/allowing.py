"""Whether a viewer may change an assessment: the one place where every write opens it and holds it.

Belongs here: opening for a change. Not here: the changes.
"""

import uuid

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.assessment import models, queries, rules


def open_for_change(asked: queries.Asked, *, act: str) -> queries.Opened:
    """Open an assessment for a change, and hold it until the transaction ends, so that changes come one after another.

    Errors: NotAllowed; NotInState once it is superseded; NoSuchAssessment; those of childindex_queries.open_child.
    """
    # About the assessment and not the child's number: a save every few seconds is no look at the child's page.
    opened = queries.open_assessment(asked, act=act, record_ref=str(asked.assessment_id))
    person(asked.viewer)
    if not opened.may_write:
        raise queries.NotAllowed(asked.number)
    opened.row.refresh_from_db(from_queryset=models.Assessment.objects.select_for_update())
    if opened.row.state == rules.State.SUPERSEDED:
        raise rules.NotInState
    return opened


def person(viewer: access_rules.Viewer) -> uuid.UUID:
    """Return who acts; an assessment is a person's work, never a job's.

    Errors: NotAllowed.
    """
    if viewer.user_id is None:
        raise queries.NotAllowed(viewer.name)
    return viewer.user_id


def write_on(row: models.Assessment) -> None:
    """Let a signed assessment be written again: what comes now is its next version."""
    if row.state == rules.State.SIGNED_OFF:
        row.state = rules.State.BEGUN
        row.save(update_fields=["state"])


def agency_of(viewer: access_rules.Viewer) -> str:
    """Return the name of the agency that a person works for; empty for someone of none."""
    position = None if viewer.user_id is None else agencies_queries.find_position(user_id=viewer.user_id)
    return position.agency_name if position else ""
