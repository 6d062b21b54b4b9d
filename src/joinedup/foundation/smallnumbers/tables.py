"""A table of counts with its margins, as the flows that it is made of.

Belongs here: the shape. Each count flows from its row to its column, each margin back again: what flows into a row or a
column flows out of it, and that is all that the margins say. Not here: what is hidden (hiding).
"""

import dataclasses
from collections.abc import Mapping, Sequence


class Uneven(Exception):
    """The rows of the table are not of one length, or a count is below nothing."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Counts with a total for each row and column: the last row and the last column are the totals.

    Shapes: `counts[row][column]`; at least two of each.
    """

    counts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, inner: Sequence[Sequence[int]]) -> "Table":
        """Return the table of these counts with its totals worked out.

        Errors: Uneven.
        """
        widths = {len(row) for row in inner}
        if len(widths) != 1 or 0 in widths or any(count < 0 for row in inner for count in row):
            raise Uneven
        rows = [(*row, sum(row)) for row in inner]
        return cls(counts=(*rows, tuple(sum(column) for column in zip(*rows, strict=True))))

    @property
    def places(self) -> list[tuple[int, int]]:
        """Return every place of the table, totals included, row by row."""
        return [(row, column) for row, counts in enumerate(self.counts) for column in range(len(counts))]

    def at(self, place: tuple[int, int]) -> int:
        """Return one count."""
        return self.counts[place[0]][place[1]]

    def is_total(self, place: tuple[int, int]) -> bool:
        """Return whether a place is a total of others."""
        return place[0] == len(self.counts) - 1 or place[1] == len(self.counts[0]) - 1

    def flows(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """Return from which node to which each count flows.

        Shapes: nodes 0 to R - 1 are the rows, R to R + C - 1 the columns, totals last in each.
        """
        last_row, last_column = len(self.counts) - 1, len(self.counts[0]) - 1
        found = {}
        for row, column in self.places:
            ends = (row, len(self.counts) + column)
            is_backwards = (row == last_row) != (column == last_column)
            found[row, column] = ends[::-1] if is_backwards else ends
        return found
