"""Rules of agreements: reading the permission matrix, and saying plainly what is wrong with one that cannot be read.

Belongs here: the matrix as text and as value. Not here: deciding by it (access), keeping it in the database (operations).
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from joinedup.foundation.access import rules as access_rules


class MatrixUnreadable(Exception):
    """The matrix holds something that nobody could decide by; the message says where and what."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One code of the matrix, its name and what it means."""

    code: str
    name: str
    means: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The matrix with its words, as a data protection officer reads it.

    Shapes: each tuple in the order of the file; `conditions_of_application` are those that the database cannot hold.
    """

    policy: access_rules.Policy
    tiers: tuple[Word, ...]
    grounds: tuple[Word, ...]
    conditions: tuple[Word, ...]
    conditions_of_application: frozenset[str]
    actions: tuple[Word, ...]
    roles: tuple[Word, ...]


def read_matrix(text: str) -> Matrix:
    """Read a permission matrix.

    Errors: MatrixUnreadable for a role, action, ground or condition that the file does not explain, for a cell given
    twice, and for text that is no matrix at all.
    """
    try:
        given = yaml.safe_load(text)
        conditions = given["conditions"]
        matrix = Matrix(
            policy=_policy(given),
            tiers=tuple(Word(code=code, name=it["name"], means=it["holds"]) for code, it in given["tiers"].items()),
            grounds=tuple(Word(code=code, name=it["name"], means=it["means"]) for code, it in given["grounds"].items()),
            conditions=tuple(Word(code=code, name=code, means=it["means"]) for code, it in conditions.items()),
            conditions_of_application=frozenset(code for code, it in conditions.items() if "database" not in it["by"]),
            actions=tuple(Word(code=code, name=code, means=means) for code, means in given["actions"].items()),
            roles=tuple(Word(code=code, name=it["is"], means=it["because"]) for code, it in given["roles"].items()),
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        message = f"The permission matrix cannot be read: {type(error).__name__} {error}"
        raise MatrixUnreadable(message) from None
    return matrix


def _policy(given: Mapping[str, Any]) -> access_rules.Policy:
    cells: dict[tuple[str, str], tuple[access_rules.Cell, ...]] = {}
    for role, said in given["roles"].items():
        for action, written in said["may"].items():
            _known(action, given["actions"], f"{role}: the action")
            cells[role, action] = _cells(role, action, str(written), given)
    return access_rules.Policy(version=str(given["version"]), cells=cells)


def _cells(role: str, action: str, written: str, given: Mapping[str, Any]) -> tuple[access_rules.Cell, ...]:
    found: dict[str, access_rules.Cell] = {}
    for word in written.split():
        ground, _, after = word.partition(":")
        conditions = tuple(after.split("+")) if after else ()
        _known(ground, given["grounds"], f"{role}, {action}: the ground")
        for condition in conditions:
            _known(condition, given["conditions"], f"{role}, {action}: the condition")
        if ground in found:
            message = f"The permission matrix gives {role}, {action} the ground {ground} twice."
            raise MatrixUnreadable(message)
        found[ground] = access_rules.Cell(role=role, action=action, ground=ground, conditions=conditions)
    return tuple(found.values())


def _known(word: str, words: Mapping[str, Any], where: str) -> None:
    if word not in words:
        message = f"The permission matrix does not explain {where} {word!r}. Known are: {', '.join(words)}."
        raise MatrixUnreadable(message)


_OPENING = (
    "This page is made from the permission matrix, edition {version}; a test fails when the two differ. "
    "What is not written here is not allowed. A person who holds two roles may do what either allows: a role never takes "
    "away. Two things alone refuse what a role would allow: a conflict of interest (ground X), and a seal on the child."
)


def as_markdown(matrix: Matrix) -> str:
    """Return the matrix as a page of documentation: the words first, then what each role may do and on which ground."""
    lines = [
        "# Who may do what",
        "",
        _OPENING.format(version=matrix.policy.version),
        "",
        *_table(
            "Tiers", ("tier", "what it holds"), [(word.code, f"{word.name}: {word.means}") for word in matrix.tiers]
        ),
        *_table(
            "Grounds",
            ("ground", "what it means"),
            [(word.code, f"{word.name}: {word.means}") for word in matrix.grounds],
        ),
        *_table(
            "Conditions",
            ("condition", "what must be true", "who holds it"),
            [(word.code, word.means, held_by(word.code, matrix)) for word in matrix.conditions],
        ),
    ]
    for role in matrix.roles:
        rows = [
            (f"{action.means} (`{action.code}`)", "; ".join(cell_words(cell) for cell in cells))
            for action in matrix.actions
            if (cells := matrix.policy.cells_of(role.code, action.code))
        ]
        lines += _table(f"{role.name} (`{role.code}`)", ("may", "on which ground"), rows, words=role.means)
    return "\n".join(lines).rstrip() + "\n"


def held_by(condition: str, matrix: Matrix) -> str:
    """Say in words who sees to it that a condition is met."""
    return "the application" if condition in matrix.conditions_of_application else "the application and the database"


def cell_words(cell: access_rules.Cell) -> str:
    """Write a cell as a page shows it: its ground, and its conditions in brackets."""
    conditions = f" ({', '.join(cell.conditions)})" if cell.conditions else ""
    return f"{cell.ground}{conditions}"


def _table(heading: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, words: str = "") -> list[str]:
    return [
        f"## {heading}",
        "",
        *([words, ""] if words else []),
        f"| {' | '.join(columns)} |",
        f"|{'---|' * len(columns)}",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]
