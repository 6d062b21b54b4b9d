"""The reference is complete: what can be set, run or read is written down, and nothing else is."""

import ast
import re

import typer
import typer.main

from tests.architecture import command_line, tree

SETTING = re.compile(r"(JOINEDUP|DATABASE)_[A-Z0-9_]+")


def sections(text: str) -> dict[str, str]:
    """Return the text under each `joinedup ...` heading of the reference, by that heading."""
    parts = re.split(r"^##+ `(joinedup[^`]*)`$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def settings_in(source: str) -> set[str]:
    """Return the settings that a module reads from the environment, by their names."""
    words = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return {word for word in words if isinstance(word, str) and SETTING.fullmatch(word)}


def test_every_command_and_option_is_in_the_reference_and_no_other():
    command = command_line.program()
    reference = sections((tree.DOCS / "reference" / "commands.md").read_text(encoding="utf-8"))

    assert set(reference) == set(command_line.names(command))
    assert (
        sorted((name, option) for name, option in command_line.options(command) if f"`{option}" not in reference[name])
        == []
    )


def test_every_setting_is_in_the_reference_and_no_other():
    in_code = set().union(*(settings_in(path.read_text(encoding="utf-8")) for path in tree.python_files("src")))
    reference = (tree.DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    in_reference = {
        word for word in re.findall(r"^\| `([A-Z0-9_]+)`", reference, re.MULTILINE) if SETTING.fullmatch(word)
    }

    assert in_code == in_reference


def test_a_setting_nobody_wrote_of_would_be_seen():
    assert settings_in('import os\nlimit = os.environ.get("JOINEDUP_LIMIT_BYTES", "9")\n') == {"JOINEDUP_LIMIT_BYTES"}


def test_a_command_nobody_wrote_of_would_be_seen():
    app = typer.Typer()
    app.callback()(lambda: None)

    @app.command()
    def link(children: int = 10) -> None: ...

    command = typer.main.get_command(app)

    assert command_line.names(command) == ["joinedup link"]
    assert command_line.options(command) == {("joinedup link", "--children")}
    assert sections("# Commands\n\n## `joinedup link`\n\nLinks.\n") == {"joinedup link": "\n\nLinks.\n"}


def test_every_format_is_in_the_reference():
    folders = {path.parent.name for path in (tree.SOURCE / "exchange").glob("*/schema.py")}
    reference = (tree.DOCS / "reference" / "formats.md").read_text(encoding="utf-8")

    assert folders
    assert sorted(folder for folder in folders if f"`exchange/{folder}`" not in reference) == []
