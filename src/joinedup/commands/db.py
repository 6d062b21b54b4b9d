"""`joinedup db`: look at, start, stop, back up and restore the database.

Belongs here: words on the screen and exit codes. Not here: doing it (foundation.database).
Exit codes: 0 done, 1 could not be done, 3 (status alone) the database is not running.
"""

import contextlib
import datetime
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import psycopg
import rich.console
import rich.table
import typer

from joinedup.foundation.database import address, backup, cluster, faults, location, report

NOT_RUNNING = 3

app = typer.Typer(name="db", help="Look at, start, stop, back up and restore the database.", no_args_is_help=True)
_out = rich.console.Console(highlight=False, soft_wrap=True)
_err = rich.console.Console(stderr=True, highlight=False, soft_wrap=True)


@app.command()
def status() -> None:
    """Say where the database is and whether it runs."""
    with _plain_words():
        seen = report.look()
    table = rich.table.Table.grid(padding=(0, 2))
    for name, value in seen.lines():
        table.add_row(f"[bold]{name}[/bold]", value)
    _out.print(table)
    raise typer.Exit(0 if seen.running else NOT_RUNNING)


@app.command()
def start() -> None:
    """Start the database, and make it and its roles first if need be."""
    with _plain_words():
        shown = location.read(address.url_for(address.Role.APP, say=_out.print)).shown
    _out.print(f"The database is up at {shown}")


@app.command()
def stop() -> None:
    """Stop our own database; nothing saved is lost."""
    with _plain_words():
        if address.mode() is not address.Mode.LOCAL:
            raise faults.StopFailed("DATABASE_URL names a server that is not ours to stop.")
        ended = cluster.stop(address.layout(say=_out.print))
    _out.print("The database has stopped" if ended else "The database was not running")


@app.command(name="backup")
def back_up(file: Annotated[Path, typer.Argument(help="Where to write it; must not exist yet.")]) -> None:
    """Write everything in the database to one file, with a manifest beside it."""
    with _plain_words(), _out.status("Backing up"):
        _write_that_it_is_taken(file)
        made = backup.backup(file, at=datetime.datetime.now(datetime.UTC), say=_out.print)
    _out.print(f"Backed up {made.total_rows:,} rows of {len(made.rows)} tables: {file} ({made.size_bytes:,} bytes)")


def _write_that_it_is_taken(file: Path) -> None:
    """Write into the audit that everything is taken out, before it is; it is then in the backup, too.

    Without our own code above the database, so that a backup can be made before the tables are brought up to date. A
    database that has no audit holds nobody yet.
    """
    with psycopg.connect(address.url_for(address.Role.BATCH, say=_out.print)) as connection:
        if connection.execute("SELECT 1 FROM pg_proc WHERE proname = 'audit_write'").fetchone():
            connection.execute(_TAKEN, [uuid.uuid4(), file.name[:120]])


_TAKEN = (
    "SELECT audit_write(%s, NULL, 'joinedup db backup', 'command', NULL, 'database.backed-up', '', '', %s, NULL, '', NULL, "
    "ARRAY[]::uuid[], false)"
)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup; its manifest must lie beside it.")],
    replace: Annotated[bool, typer.Option("--replace", help="Throw away what is in the database now.")] = False,
) -> None:
    """Put a backup in the place of the database, once all of it has arrived."""
    with _plain_words():
        if not replace and not report.is_empty():
            typer.confirm("There are data in the database. Throw them away and restore the backup?", abort=True)
            replace = True
        with _out.status("Restoring"):
            written = backup.restore(file, replace=replace, say=_out.print)
    _out.print(f"Restored {written.total_rows:,} rows as they were on {written.made_at:%-d %B %Y at %H:%M} UTC")


@app.command()
def path() -> None:
    """Print the data folder."""
    with _plain_words():
        typer.echo(address.layout(say=_err.print).root)


@contextlib.contextmanager
def _plain_words() -> Iterator[None]:
    try:
        yield
    except faults.DatabaseFault as fault:
        _err.print(str(fault), markup=False)
        raise typer.Exit(1) from None
