"""The way in: makes the environment that the project needs, then hands over to the command that was asked for.

Belongs here: the virtual environment, its packages, the browser for the journeys, and the lists of what `test` and
`check` run. Not here: anything the application itself does. Standard library only, and readable by old Pythons too, so
that they can say what is wrong.
"""

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "joinedup-ready"
UNFINISHED = VENV / "joinedup-unfinished"
ON_WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if ON_WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if ON_WINDOWS else "python")
OLDEST, NEWEST = (3, 11), (3, 13)
UV = "uv>=0.9,<1"
WORKERS = "2"

USAGE = """\
usage: python3 run.py COMMAND [arguments]

  demo         make a synthetic borough, load and link it, and serve it (--children 90000 for a large one)
  test         every test but the slow and the thorough ones, browser journeys included
  test-all     every test
  check        what CI runs: format, lint, types, contracts, security, migrations, docs, then all tests but the slow ones
  bench        the benchmarks that fit into twenty minutes, one JSON line each
  bench-full   the rest of the benchmarks
  docs         the tests of the documentation alone
  joinedup     any other command of the application, for example: python3 run.py joinedup db status
  setup        the environment alone
"""


class CannotGoOn(Exception):
    """Something outside this project is missing; the message says what to do."""


def say(words):
    print(words, flush=True)


def run(command, **options):
    """Run a command in the project's folder and return its exit code."""
    options.setdefault("cwd", str(ROOT))
    return subprocess.run([str(part) for part in command], check=False, **options).returncode


def can_run(command):
    """Say whether a command exists and ends well, without showing what it prints."""
    try:
        return run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


# ---------------------------------------------------------------- Python


def use_a_fitting_python():
    """Go on with a Python that fits: this one, or another that is installed here."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and can_run([other, "-c", "import venv"]):
            say(f"This is Python {sys.version_info[0]}.{sys.version_info[1]}; going on with {other}.")
            raise SystemExit(run([other, str(Path(__file__).resolve()), *sys.argv[1:]], cwd=str(Path.cwd())))
    raise CannotGoOn(
        f"Joinedup needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}, and this is Python {sys.version.split()[0]}.\n"
        f"Install one of those (Debian and Ubuntu: apt install python3.11), then run: python3.11 run.py {' '.join(sys.argv[1:])}"
    )


# ---------------------------------------------------------------- the environment


def fingerprint():
    """Return what the environment was made from; when it changes, the environment is brought up to date."""
    made_from = hashlib.sha256()
    made_from.update(sys.version.encode())
    for name in ("pyproject.toml", "uv.lock"):
        made_from.update((ROOT / name).read_bytes())
    return f"{ROOT}\n{made_from.hexdigest()}\n"


def is_ready():
    return STAMP.exists() and not UNFINISHED.exists() and STAMP.read_text() == fingerprint() and PYTHON.exists()


def is_from_elsewhere():
    """Say whether the environment was made in another folder: its scripts and its link to our source point there."""
    marks = [mark.read_text() for mark in (STAMP, UNFINISHED) if mark.exists()]
    return any(not mark.startswith(f"{ROOT}\n") for mark in marks)


def is_usable():
    """Say whether the environment was made here, and its Python starts."""
    return not is_from_elsewhere() and can_run([PYTHON, "-c", "import sys; sys.exit(sys.prefix == sys.base_prefix)"])


def make_venv():
    if VENV.exists():
        say("The environment in .venv cannot be used (half made, moved, or its Python has gone); making it anew.")
        shutil.rmtree(str(VENV))
    say("Making the environment in .venv ...")
    if importlib.util.find_spec("venv") is None:
        raise CannotGoOn(
            "This Python has no venv module. Debian and Ubuntu: apt install python3-venv, then run this again."
        )
    # Debian leaves ensurepip out of Python unless python3-venv is installed; the pip outside can then fill the environment.
    with_pip = importlib.util.find_spec("ensurepip") is not None
    if run([sys.executable, "-m", "venv", *([] if with_pip else ["--without-pip"]), VENV]) != 0:
        shutil.rmtree(str(VENV), ignore_errors=True)
        raise CannotGoOn(
            "The environment could not be made. Debian and Ubuntu: apt install python3-venv, then run this again."
        )


def pip():
    """Return the command that installs into the environment with pip."""
    if can_run([PYTHON, "-m", "pip", "--version"]):
        return [PYTHON, "-m", "pip"]
    if can_run([sys.executable, "-m", "pip", "--python", PYTHON, "--version"]):
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    if can_run([PYTHON, "-m", "ensurepip", "--default-pip"]):
        return [PYTHON, "-m", "pip"]
    raise CannotGoOn(
        "There is no pip here. Debian and Ubuntu: apt install python3-venv python3-pip, then run this again."
    )


OFFLINE = (
    "The packages could not be fetched; what went wrong stands above.\n"
    "Is this machine online, or is the address of your package index set (PIP_INDEX_URL, PIP_CERT)? Once they have been\n"
    "fetched, Joinedup needs no internet. What was already fetched is kept, so running this again goes on from there."
)


def uv_settings():
    """Return the environment for uv: the caller's own settings first, pip's where uv has none."""
    settings = dict(os.environ)
    settings.pop("VIRTUAL_ENV", None)
    settings["UV_PROJECT_ENVIRONMENT"] = str(VENV)
    settings["UV_PYTHON_DOWNLOADS"] = "never"
    for ours, pips in (("SSL_CERT_FILE", "PIP_CERT"), ("UV_DEFAULT_INDEX", "PIP_INDEX_URL")):
        if pips in settings:
            settings.setdefault(ours, settings[pips])
    return settings


def install():
    """Install the locked packages, whatever state the environment was left in."""
    started = time.monotonic()
    uv = [PYTHON, "-m", "uv"]
    again = UNFINISHED.exists()
    UNFINISHED.write_text(fingerprint())
    if not can_run([*uv, "--version"]) and run([*pip(), "install", "--quiet", UV]) != 0:
        raise CannotGoOn(OFFLINE)
    say("Installing the locked packages (the first time this fetches about 200 MB) ...")
    settings = uv_settings()
    sync = [*uv, "sync", "--frozen", "--python", PYTHON, *(["--reinstall"] if again else [])]
    if run(sync, env=settings) != 0:
        say(
            "uv could not fetch them by the addresses in uv.lock; trying the index that pip is set to, with the same hashes ..."
        )
        install_by_pip(uv, settings)
    STAMP.write_text(fingerprint())
    UNFINISHED.unlink()
    say(f"The environment is ready ({time.monotonic() - started:.0f} s).")


def install_by_pip(uv, settings):
    """Install the same locked packages through pip, for networks where only its index can be reached."""
    wanted = VENV / "joinedup-requirements.txt"
    export = [*uv, "export", "--frozen", "--quiet", "--no-emit-project", "--output-file", wanted]
    if run(export, env=settings, stdout=subprocess.DEVNULL) != 0:
        raise CannotGoOn(OFFLINE)
    by_hash = [*pip(), "install", "--quiet", "--require-hashes", "--no-deps", "-r", wanted]
    if run(by_hash) != 0 or run([*pip(), "install", "--quiet", "--no-deps", "--editable", ROOT]) != 0:
        raise CannotGoOn(OFFLINE)


@contextlib.contextmanager
def one_at_a_time():
    """Keep two runs from making the environment at once."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare():
    if is_ready():
        return
    with one_at_a_time():
        if is_ready():
            return
        if not is_usable():
            make_venv()
        install()


# ---------------------------------------------------------------- the browser


def find_browser():
    """Return the path of a Chromium that the journeys can drive, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


def may_install():
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def browser():
    """Return a browser, installed by apt if need be, and otherwise the reason why there is none."""
    found = find_browser()
    if found:
        return found, ""
    if not may_install():
        return None, "there is no Chromium here and no right to install it (Debian: sudo apt install chromium)"
    say("The browser journeys need Chromium: installing it by apt, once ...")
    quietly = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    run(["apt-get", "update", "-qq"], env=quietly)
    run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        env=quietly,
        stdout=subprocess.DEVNULL,
    )
    found = find_browser()
    return found, "" if found else "apt could not install Chromium; what went wrong stands above"


# ---------------------------------------------------------------- tests and checks


def in_ci():
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def pytest(*arguments, chromium=None):
    environment = dict(os.environ, **({"CHROMIUM": chromium} if chromium else {}))
    return run([PYTHON, "-m", "pytest", *arguments], env=environment)


def run_tests(arguments, *, without=(), only=None):
    """Run the tests without some marks, or with one only, and say at the end which were left out and why."""
    chromium, why_not = browser()
    if not chromium and in_ci():
        say(f"FAILED: the browser journeys cannot run: {why_not}. In CI that is a failure.")
        return 1
    left_out = [*without, *([] if chromium else ["journey"])]
    wanted = [*([only] if only else []), *(f"not {marker}" for marker in left_out)]
    chosen = ["-m", " and ".join(wanted)] if wanted else []
    code = pytest("-n", WORKERS, "--durations", "25", *chosen, *arguments, chromium=chromium)
    if without:
        say(f"Left out: the {' and the '.join(without)} tests. `make test-all` runs them too.")
    if not chromium:
        say(f"Left out: the browser journeys, because {why_not}.")
    return code


def test(arguments):
    return run_tests(arguments, without=("slow", "thorough"))


def thorough(arguments):
    return run_tests(arguments, without=("slow",), only="thorough")


def test_all(arguments):
    return run_tests(arguments)


def docs(arguments):
    return pytest("-q", *DOCS_TESTS, *arguments)


DOCS_TESTS = [f"tests/architecture/test_{name}.py" for name in ("docs", "reference", "decisions", "glossary")]
TEST_SETTINGS = dict(os.environ, DJANGO_SETTINGS_MODULE="joinedup.config.settings.test")


#: Our own rules alone: nothing is fetched and nothing is told to anyone.
SEMGREP = ["--config", "tools/semgrep", "--metrics", "off", "--disable-version-check", "--error", "--quiet"]


def steps():
    """Return what `check` runs before the tests: name and command, quickest first."""
    return [
        ("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        ("lint", [PYTHON, "-m", "ruff", "check", "."]),
        ("import contracts", [BIN / "lint-imports"]),
        ("dependencies", [BIN / "deptry", "."]),
        ("types", [PYTHON, "-m", "mypy"]),
        ("security of the code", [BIN / "bandit", "-c", "pyproject.toml", "-q", "-r", "src", "-ll"]),
        ("our own rules", [BIN / "semgrep", "scan", *SEMGREP, "src"]),
        ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
        ("docs", [PYTHON, "-m", "pytest", "-q", *DOCS_TESTS]),
    ]


def check(arguments):
    """Run everything that CI runs, to the end, and say plainly what failed."""
    failed = []
    for name, command in steps():
        say(
            f"\n== {name}: {' '.join(Path(str(part)).name if Path(str(part)).is_absolute() else str(part) for part in command)}"
        )
        if run(command, env=TEST_SETTINGS) != 0:
            failed.append(name)
    for name, tests in (("tests", test), ("thorough tests", thorough)):
        say(f"\n== {name}")
        if tests(arguments) != 0:
            failed.append(name)
    if failed:
        say(f"\nCHECK FAILED: {', '.join(failed)}.")
        return 1
    say(f"\nCHECK PASSED: {', '.join(name for name, _ in steps())}, tests and thorough tests.")
    return 0


# ---------------------------------------------------------------- handing over


def hand_over(program, arguments):
    """Become another program of the environment, in the folder the caller stands in."""
    command = [str(program), *arguments]
    if not ON_WINDOWS:
        os.execv(command[0], command)
    return run(command, cwd=str(Path.cwd()))


def demo(arguments):
    return hand_over(BIN / "joinedup", ["demo", *arguments])


def joinedup(arguments):
    return hand_over(BIN / "joinedup", arguments)


def bench(arguments):
    return run([PYTHON, "-m", "benchmarks", *arguments])


def setup(arguments):
    return 0  # the environment has been made by now


COMMANDS = {
    "demo": demo,
    "test": test,
    "test-all": test_all,
    "check": check,
    "bench": bench,
    "bench-full": lambda arguments: bench(["--full", *arguments]),
    "docs": docs,
    "joinedup": joinedup,
    "setup": setup,
}


def main():
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    if asked not in COMMANDS:
        print(USAGE, end="")
        return 0 if asked in ("", "help", "-h", "--help") else 2
    try:
        use_a_fitting_python()
        prepare()
        return COMMANDS[asked](sys.argv[2:])
    except CannotGoOn as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
