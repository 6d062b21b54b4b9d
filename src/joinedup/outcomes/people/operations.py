"""Writes of people: minting a child's number, redirecting it, withdrawing it, bringing it back.

Belongs here: the life of a number. Not here: which records are the child (childindex).
"""

import datetime
import uuid
from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from joinedup.foundation import ids
from joinedup.foundation.database import copying
from joinedup.outcomes.people import models


@transaction.atomic
def mint_children(*, count: int, at: datetime.datetime) -> list[uuid.UUID]:
    """Make children, each with a public number that was never used before.

    Shapes: identifiers in the order of making.
    """
    made: list[tuple[uuid.UUID, str]] = []
    while len(made) < count:
        wanted = count - len(made)
        numbers = {ids.new_child_number() for _ in range(wanted)}
        # One in a million million is taken already; asking is cheaper than failing.
        numbers -= set(models.Child.objects.filter(number__in=numbers).values_list("number", flat=True))
        numbers -= {number for _, number in made}
        made.extend((ids.uuid7(), number) for number in sorted(numbers))
    copying.copy_rows(
        "people_child",
        ["id", "number", "state", "minted_at"],
        ((child_id, number, models.Child.State.ACTIVE, at) for child_id, number in made),
    )
    # Minted within one millisecond, identifiers may be out of order; the caller relies on it.
    return sorted(child_id for child_id, _ in made)


@transaction.atomic
def redirect_children(*, redirects: Mapping[uuid.UUID, uuid.UUID]) -> None:
    """Let each child's number lead to another child from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_child c SET state = 'redirected', redirect_to_id = pair.target "
            "FROM unnest(%s::uuid[], %s::uuid[]) AS pair(source, target) WHERE c.id = pair.source",
            [list(redirects.keys()), list(redirects.values())],
        )
        # A child that led to one of these leads on with it: a redirect is always one step.
        cursor.execute(
            "UPDATE people_child c SET redirect_to_id = pair.target "
            "FROM unnest(%s::uuid[], %s::uuid[]) AS pair(source, target) WHERE c.redirect_to_id = pair.source",
            [list(redirects.keys()), list(redirects.values())],
        )


@transaction.atomic
def set_state(*, child_ids: Sequence[uuid.UUID], is_active: bool) -> None:
    """Withdraw children of whom no record is left, or bring them back when one returns."""
    state = models.Child.State.ACTIVE if is_active else models.Child.State.WITHDRAWN
    models.Child.objects.filter(pk__in=list(child_ids), redirect_to=None).exclude(state=state).update(state=state)
