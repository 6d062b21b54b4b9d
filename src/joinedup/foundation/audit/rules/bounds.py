"""How old an event may say it is: what the signed heads tell of the transactions that could still bring one.

Belongs here: arithmetic on floors and ceilings. Not here: asking what runs now (queries).

A head's floor is the oldest transaction that ran when it was signed; all before it were sealed. Its ceiling is the first
that had not begun. So an event that a head is the first to hold is of no transaction below the floor of the head before,
and an event of a transaction from a ceiling on says no time before that ceiling's head.
"""

import bisect
import dataclasses
import datetime
from collections.abc import Sequence

from joinedup.foundation.audit.rules import heads


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The oldest transaction an event may be of, and the earliest time it may say; None where nothing is known."""

    floor: int = 0
    earliest: datetime.datetime | None = None


class Bounds:
    """The bounds that a run of heads sets for the events each of them was the first to hold."""

    def __init__(self, signed: Sequence[heads.Head]) -> None:
        self._signed = signed
        self._known: dict[str, tuple[list[int], list[datetime.datetime]]] = {}

    def of(self, place: int) -> Bound:
        """Return the bound of what the head at this place was the first to hold."""
        head = self._signed[place]
        return self._bound(place, server=head.server, floor=head.floor)

    def of_the_next(self, *, server: str, oldest_running: int) -> Bound:
        """Return the bound of what no head holds yet."""
        return self._bound(len(self._signed), server=server, floor=oldest_running)

    def _bound(self, place: int, *, server: str, floor: int) -> Bound:
        before = self._signed[place - 1] if place else None
        # On another server, or where its count was set back, the count says nothing of what came before.
        if before is None or before.server != server or before.floor > floor:
            return Bound()
        ceilings, times = self._of_server(server)
        begun = bisect.bisect_right(ceilings, before.floor) - 1
        return Bound(floor=before.floor, earliest=times[begun] if begun >= 0 else None)

    def _of_server(self, server: str) -> tuple[list[int], list[datetime.datetime]]:
        """Return the ceilings of a server's heads, ascending, and for each the earliest time from that head on.

        Where a count was set back the higher ceiling still holds; where a clock was, the earlier time.
        """
        if server not in self._known:
            ours = [head for head in self._signed if head.server == server and head.kind is not heads.Kind.RESTORED]
            ceilings, times = [head.ceiling for head in ours], [head.time for head in ours]
            for place in range(1, len(ours)):
                ceilings[place] = max(ceilings[place - 1], ceilings[place])
            for place in range(len(ours) - 2, -1, -1):
                times[place] = min(times[place], times[place + 1])
            self._known[server] = ceilings, times
        return self._known[server]
