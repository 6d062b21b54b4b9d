"""The viewer: who is asking, as far as the foundation can know it."""

import dataclasses
import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The person or job that asks, with what has been proved of them in this request.

    `roles` and `team_ids` are opaque codes here; `home_id` is the organisation the viewer works for.
    """

    user_id: uuid.UUID | None
    name: str
    roles: frozenset[str] = frozenset()
    team_ids: frozenset[int] = frozenset()
    home_id: uuid.UUID | None = None
    session: str = ""
    request_id: uuid.UUID | None = None

    def has_role(self, *codes: str) -> bool:
        """Return whether the viewer has any of these roles."""
        return not self.roles.isdisjoint(codes)
