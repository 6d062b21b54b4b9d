"""National numbers that were replaced: every number a child has had stands for one child.

Belongs here: which written numbers mean the same. Not here: whether a number is well formed (foundation.text).
"""

from collections.abc import Callable, Iterable

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
