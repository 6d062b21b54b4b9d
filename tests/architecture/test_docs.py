"""Documents that cannot rot: links lead somewhere, commands exist, and nothing an operator can set or run is left unsaid.

A command line in the documentation stands in a `console` block after a dollar sign. A block under the comment
`<!-- run -->` is also run, in an empty folder.
"""

import dataclasses
import pathlib
import re
import shlex
import subprocess
import sys

import pytest
import typer
import typer.main

from tests.architecture import command_line, tree

LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
BLOCK = re.compile(r"(?P<mark><!-- run -->\n)?^```console\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)
#: What a reader is asked to run besides our own commands.
OUTSIDE = {"apt", "cd", "cp", "createdb", "createuser", "git", "mkdir", "mv", "pip", "psql", "rm", "sudo", "tar", "wrk"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Shown:
    """One command line shown on a page."""

    page: str
    line: str
    is_run: bool


# ---------------------------------------------------------------- links


def anchors(text: str) -> set[str]:
    """Return the anchors that a renderer makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: pathlib.Path, text: str) -> list[str]:
    broken = []
    for link in LINK.finditer(text):
        target, _, anchor = link["target"].partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        path = (page.parent / target) if target else page
        if not path.exists() or (anchor and anchor not in anchors(path.read_text(encoding="utf-8"))):
            broken.append(link["target"])
    return broken


@pytest.mark.parametrize("document", tree.pages(), ids=tree.name)
def test_every_link_leads_somewhere(document):
    assert broken_links(document, document.read_text(encoding="utf-8")) == []


def test_a_broken_link_and_a_broken_anchor_would_be_seen():
    page = tree.ROOT / "README.md"

    assert broken_links(page, "[a](docs/nowhere.md) [b](#nothing) [c](run.py) ![d](docs/none.png)") == [
        "docs/nowhere.md",
        "#nothing",
        "docs/none.png",
    ]


def test_every_page_of_the_docs_can_be_reached_from_the_index():
    reached, waiting = set(), [tree.DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        targets = [link["target"].partition("#")[0] for link in LINK.finditer(page.read_text(encoding="utf-8"))]
        waiting += [
            (page.parent / target).resolve() for target in targets if target.endswith(".md") and "://" not in target
        ]

    assert {tree.name(page) for page in tree.files(".md", under=tree.DOCS)} - {
        tree.name(page) for page in reached
    } == set()


# ---------------------------------------------------------------- commands


def shown_commands(page: str, text: str) -> list[Shown]:
    return [
        Shown(page=page, line=line[2:].strip(), is_run=bool(block["mark"]))
        for block in BLOCK.finditer(text)
        for line in block["body"].splitlines()
        if line.startswith("$ ")
    ]


def fault_of_joinedup(words: list[str], command: command_line.Command) -> str:
    """Say what of a `joinedup` command line does not exist; an empty answer is none."""
    while words and command_line.commands_in(command) and not words[0].startswith("-"):
        inner = command_line.commands_in(command)
        if words[0] not in inner:
            return f"there is no {words[0]}"
        command, words = inner[words[0]], words[1:]
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    options = [word.partition("=")[0] for word in words if word.startswith("-")]
    unknown = [option for option in options if option not in {*known, "--help"}]
    return f"there is no option {unknown[0]}" if unknown else ""


def fault_of_line(line: str, command: command_line.Command) -> str:
    """Say what is wrong with a command line shown to readers; an empty answer is nothing."""
    words = [word for word in shlex.split(line, comments=True) if not re.match(r"[A-Z_]+=", word)]
    if not words or words[0] in OUTSIDE:
        return ""
    if words[0] == "joinedup":
        return fault_of_joinedup(words[1:], command)
    if words[0] == "make":
        return "" if set(words[1:]) <= command_line.make_targets() else f"make has no {words[1:]}"
    if words[:2] == ["python3", "run.py"]:
        return "" if set(words[2:3]) <= command_line.way_in() else f"run.py has no {words[2]}"
    return "" if words[0] == ".ci/run" else f"{words[0]} is not a command of ours"


@pytest.fixture(scope="module")
def shown() -> list[Shown]:
    return [line for page in tree.pages() for line in shown_commands(tree.name(page), page.read_text(encoding="utf-8"))]


def test_every_command_shown_exists(shown):
    command = command_line.program()
    faults = {f"{line.page}: {line.line}": fault_of_line(line.line, command) for line in shown}

    assert faults
    assert {line: fault for line, fault in faults.items() if fault} == {}


def test_commands_marked_so_are_run_and_end_well(shown, tmp_path):
    marked = [line for line in shown if line.is_run]
    scripts = pathlib.Path(sys.executable).parent

    assert marked
    for line in marked:
        words = shlex.split(line.line)
        first = [str(scripts / "joinedup")] if words[0] == "joinedup" else words[:1]
        folder = tmp_path if words[0] == "joinedup" else tree.ROOT
        done = subprocess.run(
            [*first, *words[1:]], cwd=folder, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{line.page}: {line.line}\n{done.stdout}{done.stderr}"


def planted() -> command_line.Command:
    app = typer.Typer()
    app.callback()(lambda: None)

    @app.command()
    def link(children: int = 10) -> None: ...

    return typer.main.get_command(app)


def test_a_command_that_does_not_exist_would_be_seen():
    command = planted()

    assert fault_of_line("joinedup link --children 5", command) == ""
    assert fault_of_line("joinedup merge", command) == "there is no merge"
    assert fault_of_line("joinedup link --loud", command) == "there is no option --loud"
    assert fault_of_line("make coffee", command) == "make has no ['coffee']"
    assert fault_of_line("make demo CHILDREN=90000", command) == ""
    assert fault_of_line("python3 run.py coffee", command) == "run.py has no coffee"
    assert fault_of_line("docker run joinedup", command) == "docker is not a command of ours"


def test_make_offers_what_the_way_in_offers():
    assert command_line.make_targets() - {"help"} == command_line.way_in() - {"joinedup"}
