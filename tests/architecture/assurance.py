"""What assurance is made of: the requirements there are, the rows that answer them, and whether a test named exists.

Belongs here: reading. Not here: judging (test_assurance).
"""

import ast
import csv
import dataclasses
import functools
import pathlib

from tests.architecture import tree

FOLDER = tree.DOCS / "assurance"
STATUSES = ("test", "evidence", "not_applicable", "planned")

#: OWASP ASVS 5.0.0: for each section the level of each of its requirements, in order.
_SECTIONS = """
1.1 22 | 1.2 1111122223 | 1.3 112222222223 | 1.4 222 | 1.5 123
2.1 122 | 2.2 112 | 2.3 12223 | 2.4 23
3.1 3 | 3.2 113 | 3.3 12223 | 3.4 11222233 | 3.5 11122333 | 3.6 3 | 3.7 22333
4.1 12233 | 4.2 23333 | 4.3 22 | 4.4 1222
5.1 2 | 5.2 112333 | 5.3 113 | 5.4 222
6.1 122 | 6.2 111111112222 | 6.3 11223333 | 6.4 112233 | 6.5 22222333 | 6.6 2223 | 6.7 33 | 6.8 2222
7.1 222 | 7.2 1111 | 7.3 22 | 7.4 11222 | 7.5 223 | 7.6 22
8.1 1233 | 8.2 1123 | 8.3 133 | 8.4 23
9.1 111 | 9.2 1222
10.1 22 | 10.2 223 | 10.3 22223 | 10.4 1111122222233333 | 10.5 22222 | 10.6 22 | 10.7 222
11.1 2233 | 11.2 22233 | 11.3 11233 | 11.4 1222 | 11.5 23 | 11.6 23 | 11.7 33
12.1 12233 | 12.2 11 | 12.3 22223
13.1 2333 | 13.2 222223 | 13.3 2233 | 13.4 1222233
14.1 22 | 14.2 12223333 | 14.3 122
15.1 12233 | 15.2 12233 | 15.3 1222222 | 15.4 3333
16.1 2 | 16.2 22222 | 16.3 2222 | 16.4 222 | 16.5 2223
17.1 23 | 17.2 22223333 | 17.3 22
"""
#: Of the third level, what is asked because of whose records these are.
CHOSEN_OF_LEVEL_3 = frozenset(
    {"1.2.10", "2.3.5", "5.2.4", "7.5.3", "8.2.4", "8.3.2", "8.3.3", "14.2.6", "14.2.7", "15.4.2", "16.5.4"}
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How one requirement is met, and where that is held."""

    id: str
    level: str
    chapter: str
    topic: str
    status: str
    where: str
    note: str

    @property
    def places(self) -> list[str]:
        """The tests or files named; a name in brackets may hold spaces, a path may not."""
        return self.where.split()


def levels() -> dict[str, int]:
    """Return the level of every requirement there is."""
    found = {}
    for section, digits in (part.split() for line in _SECTIONS.strip().splitlines() for part in line.split("|")):
        found |= {f"{section}.{at}": int(level) for at, level in enumerate(digits, 1)}
    return found


def rows(path: pathlib.Path = FOLDER / "asvs.csv") -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [Row(**row) for row in csv.DictReader(lines)]


@functools.cache
def _names_in(path: pathlib.Path) -> frozenset[str]:
    """Return the tests in a file by their names, those in classes behind the class's."""
    found = set()
    for node in tree.parse(path).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found.add(node.name)
            found |= {f"{node.name}::{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
    return frozenset(found)


def is_a_test(node_id: str) -> bool:
    """Say whether a test of this name is in the file named; what stands in brackets is one of its cases."""
    path, _, name = node_id.partition("[")[0].partition("::")
    file = tree.ROOT / path
    is_ours = path.startswith("tests/") and file.is_file() and pathlib.PurePath(path).name.startswith("test_")
    return is_ours and name.rpartition("::")[2].startswith(("test_", "Test")) and name in _names_in(file)


def is_a_file(path: str) -> bool:
    return not path.startswith(("/", ".")) and (tree.ROOT / path).is_file()


def counts(given: list[Row]) -> str:
    """Return the table of what is met how, as it stands in the index."""
    lines = [
        "| | in all | held by a test | by evidence | not applicable | planned, so not met yet |",
        "|---|---|---|---|---|---|",
    ]
    groups = {"Level 1": ("1",), "Level 2": ("2",), "Chosen of level 3": ("3",), "Together": ("1", "2", "3")}
    for name, wanted in groups.items():
        chosen = [row for row in given if row.level in wanted]
        numbers = (sum(row.status == status for row in chosen) for status in STATUSES)
        lines.append(f"| {name} | {len(chosen)} | {' | '.join(str(number) for number in numbers)} |")
    return "\n".join(lines)
