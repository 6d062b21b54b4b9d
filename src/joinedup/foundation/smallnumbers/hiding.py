"""Hiding small counts of a table with margins, and as few others as keep them from being worked out.

Belongs here: which places are hidden. Not here: what can be worked out (weighing), one figure alone (counts).
It guards one table. Two tables that share a margin, and two editions of one table, must be hidden as one.
"""

import dataclasses
import heapq

from joinedup.foundation.smallnumbers import counts, tables, weighing

#: A hidden count must leave as many possible values as the small counts are, and never be provably small.
_FEWEST_VALUES = counts.MOST_SMALL
_FAR_ENOUGH = counts.MOST_SMALL + 1
#: One place more hidden weighs more than any count; a total weighs as much as some places, since it is read most.
_PLACE, _TOTAL = 10**9, 4 * 10**9


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """A table with what of it is hidden: the small places, and those hidden to protect them."""

    table: tables.Table
    small: frozenset[weighing.Place]
    hidden: frozenset[weighing.Place]

    def shown(self, *, round_to: int = 1) -> list[list[int | counts.Hidden]]:
        """Return the table as it may be shown, totals last; what is hidden for whichever reason has the same mark.

        Rounded totals need not add up, which is meant: they are each nearest to the truth.
        """
        return [
            [
                counts.HIDDEN if (row, column) in self.hidden else counts.rounded(count, to=round_to)
                for column, count in enumerate(line)
            ]
            for row, line in enumerate(self.table.counts)
        ]


def hide(table: tables.Table) -> Hiding:
    """Return which counts of a table to hide.

    Shapes: a quarter of a second for a table of 16 by 6 of which half is small.
    Source: the path by which one more place is hidden is the cheapest that lets the count vary (Gusfield 1988).
    """
    small = frozenset(place for place in table.places if counts.is_small(table.at(place)))
    hidden = set(small)
    while True:
        exposed = next((place for place in sorted(hidden) if not _is_safe(table, hidden, place)), None)
        if exposed is None:
            break
        hidden |= _cheapest_cover(table, hidden, exposed)
    _show_again(table, hidden, small)
    return Hiding(table=table, small=small, hidden=frozenset(hidden))


def _is_safe(table: tables.Table, hidden: set[weighing.Place], place: weighing.Place) -> bool:
    found = weighing.range_of(table, hidden, place, enough=_FAR_ENOUGH)
    return found.values >= _FEWEST_VALUES and found.most > counts.MOST_SMALL


def _cheapest_cover(table: tables.Table, hidden: set[weighing.Place], exposed: weighing.Place) -> set[weighing.Place]:
    """Return the places that let an exposed count be larger by one at least, the cheapest there are.

    Where every count but zeros is hidden, each may be larger without bound, so there is always a way.
    """
    flows = table.flows()
    start, end = flows[exposed]
    rest = hidden - {exposed}
    graph = weighing.residual(table, rest)
    weighing.most_flow(graph, end, start, _FAR_ENOUGH)
    arcs: dict[int, list[tuple[int, int, weighing.Place | None]]] = {}
    for node, neighbours in graph.items():
        for neighbour, capacity in neighbours.items():
            if capacity > 0:
                arcs.setdefault(node, []).append((neighbour, 1, None))
    for place in table.places:
        count = table.at(place)
        if place in hidden or count == 0:
            continue
        weight = (_TOTAL if table.is_total(place) else _PLACE) + count
        tail, head = flows[place]
        arcs.setdefault(tail, []).append((head, weight, place))
        arcs.setdefault(head, []).append((tail, weight, place))
    return _new_places_of_path(arcs, end, start)


def _new_places_of_path(
    arcs: dict[int, list[tuple[int, int, weighing.Place | None]]], source: int, sink: int
) -> set[weighing.Place]:
    best = {source: 0}
    came_by: dict[int, tuple[int, weighing.Place | None]] = {}
    waiting = [(0, source)]
    while waiting:
        weight, node = heapq.heappop(waiting)
        if node == sink:
            break
        if weight > best[node]:
            continue
        for neighbour, more, place in arcs.get(node, ()):
            if weight + more < best.get(neighbour, weight + more + 1):
                best[neighbour] = weight + more
                came_by[neighbour] = (node, place)
                heapq.heappush(waiting, (weight + more, neighbour))
    found, node = set(), sink
    while node != source:
        node, place = came_by[node]
        if place is not None:
            found.add(place)
    return found


def _show_again(table: tables.Table, hidden: set[weighing.Place], small: frozenset[weighing.Place]) -> None:
    """Show again what later choices made needless, totals and large counts first."""
    others = sorted(hidden - small, key=lambda place: (not table.is_total(place), -table.at(place), place))
    for place in others:
        fewer = hidden - {place}
        if all(_is_safe(table, fewer, other) for other in fewer):
            hidden.remove(place)
