"""The Merkle tree over sealed events: its root, and short proofs that one event, or an earlier tree, is in it.

Belongs here: arithmetic on hashes. Not here: what a leaf holds (entries), where hashes are kept (models).
Source: RFC 6962 section 2.1; the checks are those of RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Sequence

LEAF, NODE = b"\x00", b"\x01"

#: The root of a tree without leaves.
EMPTY = hashlib.sha256(b"").digest()

#: Roots of complete subtrees are kept at every tenth height: 1,024 leaves, 1,024 of those, and so on.
KEPT_HEIGHTS = 10

#: Gives hashes that are kept: of a height (0 for leaves), from a place on, so many.
Read = Callable[[int, int, int], Sequence[bytes]]


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf.

    Shapes: 32 bytes.
    """
    return hashlib.sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees side by side.

    Shapes: 32 bytes.
    """
    return hashlib.sha256(NODE + left + right).digest()


@dataclasses.dataclass(slots=True)
class Frontier:
    """A tree that grows: the roots of its complete subtrees, the largest first, and nothing else.

    `completed` gathers the roots that are to be kept, as height, place and hash; whoever keeps them empties it.
    """

    size: int = 0
    peaks: list[bytes] = dataclasses.field(default_factory=list)
    completed: list[tuple[int, int, bytes]] = dataclasses.field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        height, rest, peaks = 0, self.size, self.peaks
        while rest & 1:
            leaf = hashlib.sha256(NODE + peaks.pop() + leaf).digest()
            height += 1
            rest >>= 1
            if height % KEPT_HEIGHTS == 0:
                self.completed.append((height, self.size >> height, leaf))
        peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        return _folded(self.peaks)


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root of a tree of these leaf hashes."""
    grown = Frontier()
    for leaf in leaves:
        grown.add(leaf)
    return grown.root()


def frontier(size: int, read: Read) -> Frontier:
    """Return the tree of the first `size` leaves, from what is kept of it."""
    levels = range(0, max(size.bit_length(), 1), KEPT_HEIGHTS)
    peaks: list[bytes] = []
    for height in reversed(levels):
        within = (size >> height) % (1 << KEPT_HEIGHTS)
        small = Frontier()
        for kept in read(height, (size >> height) - within, within) if within else ():
            small.add(kept)
        peaks += small.peaks
    return Frontier(size=size, peaks=peaks)


def inclusion_path(place: int, size: int, read: Read) -> list[bytes]:
    """Return the hashes that lead from one leaf to the root of a tree of `size` leaves.

    Shapes: at most one hash for each doubling of the tree, from the leaf upwards.
    Errors: IndexError when the tree has no such leaf.
    """
    if not 0 <= place < size:
        raise IndexError(place)
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if place < middle:
            path.append(_range_root(middle, end, size, read))
            end = middle
        else:
            path.append(_range_root(start, middle, size, read))
            start = middle
    return path[::-1]


def root_by_inclusion(leaf: bytes, *, place: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root to which a path leads, or None when the path does not fit a tree of that size."""
    if not 0 <= place < size:
        return None
    node, last, found = place, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            found = node_hash(step, found)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, step)
        node, last = node >> 1, last >> 1
    return found if last == 0 else None


def consistency_path(first: int, second: int, read: Read) -> list[bytes]:
    """Return the hashes that show a tree of `second` leaves to begin with the tree of `first` leaves.

    Errors: IndexError unless 0 < first <= second.
    """
    if not 0 < first <= second:
        raise IndexError(first)
    path: list[bytes] = []
    start, end, is_whole = 0, second, True
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(_range_root(middle, end, second, read))
            end = middle
        else:
            path.append(_range_root(start, middle, second, read))
            start, is_whole = middle, False
    if not is_whole:
        path.append(_range_root(start, end, second, read))
    return path[::-1]


def is_consistent(  # a tree is its size and its root, and there are two
    *, first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Return whether the path shows that the second tree begins with the first."""
    if first == second:
        return first_root == second_root and not path
    if not 0 < first < second or not path:
        return False
    steps = list(path) if first & (first - 1) else [first_root, *path]
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    one = other = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            one, other = node_hash(step, one), node_hash(step, other)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            other = node_hash(other, step)
        node, last = node >> 1, last >> 1
    return last == 0 and one == first_root and other == second_root


def _split(count: int) -> int:
    """Return the largest power of two below a count of two or more."""
    return 1 << ((count - 1).bit_length() - 1)


def _folded(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY
    found = peaks[-1]
    for peak in peaks[-2::-1]:
        found = node_hash(peak, found)
    return found


def _range_root(start: int, end: int, size: int, read: Read) -> bytes:
    """Return the root over some leaves that stand together in the tree; only those at the right edge are not complete."""
    count = end - start
    if count & (count - 1) == 0:
        height = count.bit_length() - 1
        base = height - height % KEPT_HEIGHTS
        return root(read(base, start >> base, count >> base))
    peaks = []
    while start < size:
        whole = 1 << ((size - start).bit_length() - 1)
        peaks.append(_range_root(start, start + whole, size, read))
        start += whole
    return _folded(peaks)
