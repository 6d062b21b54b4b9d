"""What a link run is told and what it gives back; light, so that its callers need not load the engine.

Belongs here: values. Not here: the run (runs).
"""

import dataclasses
import uuid
from collections.abc import Callable, Mapping

#: Told the step in words and the share of the run that is done.
Progress = Callable[[str, float], None]


class NothingToLink(Exception):
    """No agency has sent a record that says who a child is."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkResult:
    """What a link run came to."""

    run_id: uuid.UUID
    counts: Mapping[str, int]
    seconds: Mapping[str, float]
    membership: Mapping[uuid.UUID, int]
