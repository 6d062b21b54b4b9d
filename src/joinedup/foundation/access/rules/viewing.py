"""The viewer: who is asking, as far as the foundation can know it."""

import dataclasses
import datetime
import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The person or job that asks, with what has been proved of them in this request.

    `roles` and `team_ids` are opaque codes here; `home_id` is the organisation the viewer works for; `stepped_up_at`
    is when this session last showed a second factor; `given` holds the conditions of the policy that the session meets
    by itself, whatever is asked.
    """

    user_id: uuid.UUID | None
    name: str
    roles: frozenset[str] = frozenset()
    team_ids: frozenset[int] = frozenset()
    home_id: uuid.UUID | None = None
    session: str = ""
    request_id: uuid.UUID | None = None
    stepped_up_at: datetime.datetime | None = None
    given: frozenset[str] = frozenset()

    def has_role(self, *codes: str) -> bool:
        """Return whether the viewer has any of these roles."""
        return not self.roles.isdisjoint(codes)

    def is_stepped_up(self, *, at: datetime.datetime, within: datetime.timedelta) -> bool:
        """Return whether the viewer has shown a second factor so recently."""
        return self.stepped_up_at is not None and self.stepped_up_at <= at < self.stepped_up_at + within
