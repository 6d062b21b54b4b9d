"""What every command does first: start the database if it is ours, choose the role, and set Django up.

Belongs here: the start and the words of failure. Not here: what a command does.
"""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import rich.console
import typer

from joinedup.foundation import logs
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.database import address, faults

console = rich.console.Console(highlight=False, soft_wrap=True)
_FAILED = 1


def say(words: str) -> None:
    """Tell the person at the command line something."""
    console.print(words)


def fail(words: str) -> typer.Exit:
    """Say what went wrong and return the exit to raise."""
    console.print(words, style="bold red", markup=False)
    return typer.Exit(_FAILED)


@contextmanager
def plain_faults() -> Iterator[None]:
    """Turn a fault of the database into words instead of a traceback."""
    try:
        yield
    except faults.DatabaseFault as fault:
        raise fail(str(fault)) from None


def begin(role: address.Role = address.Role.BATCH) -> None:
    """Start the database if it is ours, bring its tables up to date, and set Django up under one role.

    A process has one role for its whole life: that is what keeps the pages from having the batch's rights.
    """
    os.environ["JOINEDUP_ROLE"] = role.value
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings.demo")
    import django
    from django.conf import settings

    from joinedup.config import checks, databases

    _refuse_if(checks.first_refusal())
    with plain_faults():
        url = address.url_for(role, say=say)
    settings.DATABASES["default"] = databases.settings_of(url)
    _refuse_if(checks.first_refusal())
    django.setup()
    if role is not address.Role.OWNER and not _is_up_to_date():
        bring_up_to_date()
    _refuse_if(checks.invented_people_problem() if role is not address.Role.OWNER else "")
    # What is loaded now stays until the command ends; walking it again and again cost an import a tenth of its time.
    gc.freeze()


def _refuse_if(problem: str) -> None:
    if problem:
        raise fail(problem)


def _is_up_to_date() -> bool:
    """Return whether every migration has been applied; a fresh database cannot even be asked."""
    from django.db import Error, OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        raise  # the server refuses: that the tables are old is not what is wrong
    except Error:
        return False
    finally:
        connection.close()


def bring_up_to_date() -> None:
    """Apply migrations as the owner, in a process of their own; nothing is done when there are none."""
    import subprocess

    environment = {**os.environ, "JOINEDUP_ROLE": address.Role.OWNER.value}
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise fail(f"The tables could not be brought up to date:\n{logs.without_details(done.stderr).strip()[-2000:]}")


def viewer(command: str) -> access_rules.Viewer:
    """Return who is acting when a command acts."""
    return access_rules.Viewer(user_id=None, name=f"joinedup {command}", roles=frozenset({"command"}))
