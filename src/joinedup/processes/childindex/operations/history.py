"""Writing the history of identities: what a run, a record that arrived, or a file that was taken back, changed of who is whom.

Belongs here: the rows that the batch writes. Not here: a steward's acts (stewarding), what a change is (rules).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Iterable, Sequence

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.database import copying
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.childindex import models, rules

Changed = rules.Change[uuid.UUID, uuid.UUID]
#: What others hear of, since cases and plans may hang on the child.
_TOLD = frozenset(
    {rules.ChangeKind.REDIRECTED, rules.ChangeKind.PARTED, rules.ChangeKind.WITHDRAWN, rules.ChangeKind.RETURNED}
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """By whom, why and when identities change, and the act that it is part of: a run, an arrival, or a file's undoing."""

    id: uuid.UUID
    because: rules.Because
    by: access_rules.Viewer
    at: datetime.datetime


def keep(changed: Iterable[Changed], act: Act) -> int:
    """Add what became of children to their history, and announce what cases and plans hang on; return how many."""
    changes = list(changed)
    copying.copy_rows(
        "childindex_identityevent",
        ["id", "at", "kind", "child_id", "other_id", "before", "after", "by_id", "by_name", "why", "act_id"],
        (
            (ids.uuid7(), act.at, one.kind.value, one.child, one.other, _as_array(one.before), _as_array(one.after))
            + (act.by.user_id, act.by.name, act.because.value, act.id)
            for one in changes
        ),
    )
    announce(changes, act_id=act.id, at=act.at)
    return len(changes)


def _as_array(records: Iterable[uuid.UUID]) -> str:
    """Return records as the database writes an array: as text, which the driver takes as it is."""
    return "{" + ",".join(map(str, records)) + "}"


def announce(changed: Sequence[Changed], *, act_id: uuid.UUID, at: datetime.datetime) -> None:
    """Tell whoever keeps cases and plans which children were joined, parted, withdrawn or came back."""
    for one in changed:
        if one.kind in _TOLD:
            other = {} if one.other is None else {"other_id": str(one.other)}
            events_operations.publish(
                f"childindex.child.{one.kind.value}", at=at, child_id=str(one.child), act_id=str(act_id), **other
            )


def keep_model_change(
    *,
    before: uuid.UUID | None,
    after: uuid.UUID,
    because: rules.Because,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> None:
    """Add to the history that links are made by another model from now on."""
    models.IdentityEvent.objects.create(
        at=at,
        kind=rules.ChangeKind.MODEL_CHANGED,
        before=[] if before is None else [before],
        after=[after],
        by_id=by.user_id,
        by_name=by.name,
        why=because,
        act_id=ids.uuid7(),
    )
