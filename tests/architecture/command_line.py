"""The command line as the documentation tests read it: the tree of `joinedup`, the targets of make, the table of run.py.

Belongs here: reading what exists. Not here: what the documentation says of it.
"""

import ast
import re
from typing import Any

import typer.main

from tests.architecture import tree

#: Typer keeps its own copy of Click's classes, so a command is known by what it has: a group has `commands`.
Command = Any


def program() -> Command:
    """Return the root of the `joinedup` command line."""
    from joinedup.commands import main

    return typer.main.get_command(main.app)


def commands_in(command: Command) -> dict[str, Command]:
    """Return the commands within a group, by their words; a command that is no group has none."""
    return dict(getattr(command, "commands", {}))


def make_targets() -> set[str]:
    makefile = (tree.ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def way_in() -> set[str]:
    """Return the commands of run.py, read from its table and not by running it."""
    for node in tree.parse(tree.ROOT / "run.py").body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COMMANDS":
            return {ast.literal_eval(key) for key in node.value.keys}
    return set()


def names(command: Command, path: str = "joinedup") -> list[str]:
    """Return every command in full, `joinedup db start` and so on."""
    inner = commands_in(command)
    if not inner:
        return [path]
    return [name for word, part in sorted(inner.items()) for name in names(part, f"{path} {word}")]


def options(command: Command, path: str = "joinedup") -> set[tuple[str, str]]:
    """Return each command with each of its long options, but --help and the negative of a pair."""
    inner = commands_in(command)
    if inner:
        return {pair for word, part in inner.items() for pair in options(part, f"{path} {word}")}
    longs = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    return {(path, name) for name in longs - {"--help"}}
