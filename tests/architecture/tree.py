"""The repository as the architecture tests read it: which files are ours, and what kind each is.

Belongs here: finding files and parsing them. Not here: any judgement on them (each test has its own).
"""

import ast
import pathlib
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "joinedup"
DOCS = ROOT / "docs"
#: From the centre outwards: a ring knows itself and those before it.
RINGS = (
    "foundation",
    "outcomes",
    "delivery",
    "processes",
    "strategy",
    "governance",
    "exchange",
    "web",
    "api",
    "synthesis",
    "config",
    "commands",
)
NOT_OURS = {".git", ".venv", "__pycache__", "vendor", "node_modules", ".data"}


def files(*suffixes: str, under: pathlib.Path = ROOT) -> Iterator[pathlib.Path]:
    """Walk the files that we wrote, in a steady order; hidden caches and vendored folders are left out."""
    for path in sorted(under.iterdir()):
        if path.name in NOT_OURS or path.name.endswith("_cache") or path.name.startswith(".hypothesis"):
            continue
        if path.is_dir():
            yield from files(*suffixes, under=path)
        elif not suffixes or path.suffix in suffixes:
            yield path


def python_files(*folders: str) -> list[pathlib.Path]:
    return [path for folder in folders if (ROOT / folder).exists() for path in files(".py", under=ROOT / folder)]


def parse(path: pathlib.Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: pathlib.Path) -> str:
    """Return a path as a reader knows it: from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def pages() -> list[pathlib.Path]:
    """Return every page of documentation: docs/ and those at the top of the repository."""
    return [*sorted(ROOT.glob("*.md")), *files(".md", under=DOCS)]
