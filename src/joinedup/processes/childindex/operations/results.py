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


class NotAllowed(Exception):
    """No role of the viewer links or parts records, or approves a model, by their own word."""


class SecondFactorNeeded(Exception):
    """The viewer may link and part records, once they have shown their second factor anew."""


class NoSuchVersion(Exception):
    """There is no such version of the model."""


class NotTried(Exception):
    """Nobody can have seen what the version would change: no shadow run of it was made since links were last made."""


class AlreadyCurrent(Exception):
    """Links are made by this version already."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ShadowResult:
    """What links would change under a version; nothing was changed.

    Shapes: `membership` gives the cluster that each person record would have.
    """

    version_id: uuid.UUID
    counts: Mapping[str, int]
    measured: Mapping[str, object]
    membership: Mapping[uuid.UUID, int]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkResult:
    """What a link run came to."""

    run_id: uuid.UUID
    counts: Mapping[str, int]
    seconds: Mapping[str, float]
    membership: Mapping[uuid.UUID, int]
