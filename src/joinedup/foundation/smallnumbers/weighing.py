"""What someone who knows the margins can work out of a hidden count: between which bounds it must lie.

Belongs here: the attack, exactly and in whole numbers, by flows. Not here: what to hide against it (hiding).
The reader is taken to know that a hidden count is at least one, since zeros are shown. Tables of two dimensions are
flows, so the bounds are exact: a table exists for every whole number between them.
Source: Gusfield (1988), "A graph theoretic approach to statistical data security".
"""

import collections
import dataclasses
from collections.abc import Collection, Mapping

from joinedup.foundation.smallnumbers import tables

Place = tuple[int, int]
#: More than any range needs to be told from.
PLENTY = 1_000_000_000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The least and the most that a hidden count can be; PLENTY more means without bound."""

    least: int
    most: int

    @property
    def values(self) -> int:
        """Return how many counts are possible."""
        return self.most - self.least + 1


def ranges(table: tables.Table, hidden: Collection[Place]) -> dict[Place, Range]:
    """Return what can be worked out of each hidden count from the counts that are shown.

    Shapes: one range for each hidden place.
    """
    return {place: range_of(table, hidden, place) for place in sorted(hidden)}


def range_of(table: tables.Table, hidden: Collection[Place], place: Place, *, enough: int = PLENTY) -> Range:
    """Return what can be worked out of one hidden count; no further than `enough` on either side."""
    start, end = table.flows()[place]
    count = table.at(place)
    rest = {other for other in hidden if other != place}
    more = most_flow(residual(table, rest), end, start, enough)
    less = most_flow(residual(table, rest), start, end, min(enough, count - 1))
    return Range(least=count - less, most=count + more)


def residual(table: tables.Table, hidden: Collection[Place]) -> dict[int, dict[int, int]]:
    """Return how much more could flow from node to node if only hidden counts may change."""
    flows = table.flows()
    graph: dict[int, dict[int, int]] = collections.defaultdict(dict)
    for place in hidden:
        start, end = flows[place]
        graph[start][end] = PLENTY
        graph[end][start] = max(table.at(place) - 1, 0)
    return graph


def most_flow(graph: dict[int, dict[int, int]], source: int, sink: int, enough: int) -> int:
    """Push along shortest paths until none is left or it is enough."""
    total = 0
    while total < enough:
        path = _shortest_path(graph, source, sink)
        if not path:
            break
        pushed = min(enough - total, *(graph[start][end] for start, end in path))
        for start, end in path:
            graph[start][end] -= pushed
            graph[end][start] = graph[end].get(start, 0) + pushed
        total += pushed
    return total


def _shortest_path(graph: Mapping[int, Mapping[int, int]], source: int, sink: int) -> list[tuple[int, int]]:
    came_from = {source: source}
    waiting = collections.deque([source])
    while waiting and sink not in came_from:
        node = waiting.popleft()
        for neighbour, capacity in graph.get(node, {}).items():
            if capacity > 0 and neighbour not in came_from:
                came_from[neighbour] = node
                waiting.append(neighbour)
    if sink not in came_from:
        return []
    path, node = [], sink
    while node != source:
        path.append((came_from[node], node))
        node = came_from[node]
    return path[::-1]
