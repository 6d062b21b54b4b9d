"""National numbers that were replaced: every number a child has had stands for one child.

Belongs here: which written numbers mean the same. Not here: whether a number is well formed (foundation.text).
"""

from collections.abc import Callable, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.foundation import text

#: More numbers than this said to be one child's is a fault in the data (a shared placeholder), not a history.
MOST_NUMBERS_OF_ONE_CHILD = 6


def same_numbers(
    replaced: Iterable[tuple[str, str]], *, temporary: Callable[[str], bool] = lambda _number: False
) -> dict[str, str]:
    """Return, for each number that was ever replaced or replaces another, the one that stands for all of them.

    Shapes: pairs of (number, number it replaced) in, in any order; of each group the smallest number that is not
    temporary stands for it. A group of more than six numbers is taken for a fault, and its numbers stay apart.
    """
    parent: dict[str, str] = {}

    def head(number: str) -> str:
        while parent.setdefault(number, number) != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in sorted(set(replaced)):
        first, second = sorted((head(one), head(other)), key=lambda number: (temporary(number), number))
        parent[second] = first
    groups: dict[str, list[str]] = {}
    for number in sorted(parent):
        groups.setdefault(head(number), []).append(number)
    return {
        number: first
        for first, numbers in groups.items()
        if len(numbers) <= MOST_NUMBERS_OF_ONE_CHILD
        for number in numbers
    }


def same_nhs(records: pa.Table) -> dict[str, str]:
    """Return, for each NHS number that was replaced or replaces one, the one that stands for all of them.

    Shapes: `records` as `records.SCHEMA`.
    """
    rows = records.select(["nhs_number", "former_nhs_numbers"])
    rows = rows.filter(pc.greater(pc.fill_null(pc.list_value_length(rows.column("former_nhs_numbers")), 0), 0))
    replaced = (
        (number, former)
        for number, formers in zip(*(column.to_pylist() for column in rows.columns), strict=True)
        for former in formers
        if number and former
    )
    return same_numbers(replaced)


def same_upn(records: pa.Table) -> dict[str, str]:
    """Return the same for pupil numbers; a permanent one stands for the temporary ones it replaced."""
    rows = records.select(["upn", "former_upn"]).filter(pc.is_valid(records.column("former_upn")))
    pairs = zip(*(column.to_pylist() for column in rows.columns), strict=True)
    replaced = ((number, former) for number, former in pairs if number and former)
    return same_numbers(replaced, temporary=text.is_temporary_upn)
