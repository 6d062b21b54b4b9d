"""`joinedup audit`: seal the audit, verify the seal, prove one event, check a proof, show the last head.

Belongs here: words on the screen and exit codes. Not here: doing it (foundation.audit).
Sealing runs as the batch; verifying and proving read as the definer, which only the owner may become.
"""

import contextlib
import datetime
import json
import pathlib
import threading
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import psycopg
import typer
from psycopg import sql

from joinedup.commands import session
from joinedup.foundation.database import address, roles

if TYPE_CHECKING:
    from joinedup.foundation.audit import keeping

app = typer.Typer(name="audit", help="Seal the audit, and show that nobody has altered it.", no_args_is_help=True)

_HeadsOption = Annotated[
    pathlib.Path | None, typer.Option("--heads", help="Another copy of the heads, such as the one kept elsewhere")
]
_KeyOption = Annotated[
    pathlib.Path | None, typer.Option("--public-key", help="Another copy of the public key, such as the auditor's")
]


@app.command()
def seal() -> None:
    """Seal all events that wait, now; the worker does so by itself every ten seconds."""
    session.begin(address.Role.BATCH)
    from joinedup.foundation.audit import operations

    with _plain_words(), _batch() as connection:
        sealed = operations.seal(connection, place=_place())
    session.say(f"{sealed.events:,} events were sealed; the seal holds {sealed.head.size:,}.")


@app.command()
def verify(heads: _HeadsOption = None, public_key: _KeyOption = None) -> None:
    """Check every event against the seal and every signed head, and name the first thing that is wrong."""
    session.begin(address.Role.BATCH)
    from joinedup.commands import importing
    from joinedup.foundation.audit import keeping, queries, rules

    with _plain_words():
        place = _place()
        key = keeping.public_key(public_key or place.public_key)
        # Read just before the database: sealing goes on, and the heads must not know more than the database then shows.
        lines = keeping.head_lines(heads or place.heads)
        with _all_of_it() as connection, importing.bar() as progress:
            signed = rules.check_heads(lines, is_signed=key.is_signed, key=key.id)
            task = progress.add_task("  Verifying", total=1)
            found = queries.verify(
                connection, signed, progress=lambda done, of: progress.update(task, completed=done, total=of)
            )
    session.say(f"Nothing is wrong: {found.events:,} sealed events are as they were, under {found.head_count:,} heads.")
    if found.unsigned:
        session.say(f"{found.unsigned:,} more are sealed and not under a head yet; the next run of sealing signs them.")
    session.say(f"{found.waiting:,} events wait to be sealed.")
    for head in found.restored:
        session.say(f"On {head.time:%-d %B %Y} an older state, of {head.size:,} events, was restored: {head.why}")


@app.command()
def prove(
    event: Annotated[uuid.UUID, typer.Argument(help="The event's identifier")],
    with_event: Annotated[
        bool, typer.Option("--with-event", help="Put into the proof what the event says, and not its time alone")
    ] = False,
    out: Annotated[pathlib.Path | None, typer.Option(help="The file to write; otherwise the proof is printed")] = None,
) -> None:
    """Prove that an event is under the seal, in a file that `joinedup audit check` checks without the database."""
    session.begin(address.Role.BATCH)
    from joinedup.foundation.audit import keeping, queries

    with _plain_words():
        head = keeping.last_head(_place())
        if head is None:
            raise session.fail("Nothing has been sealed yet.")
        try:
            with _all_of_it() as connection:
                text = queries.prove(connection, event, head, with_event=with_event).text()
        except queries.NoSuchEvent:
            raise session.fail(
                f"Event {event} is not under the seal: there is none, or it waits to be sealed."
            ) from None
        except queries.NotAsSigned:
            raise session.fail(f"Event {event} is not as it was signed. See: joinedup audit verify") from None
    if out is None:
        typer.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8")
    session.say(f"The proof is in {out} ({len(text):,} bytes). Check it with: joinedup audit check {out}")


@app.command()
def check(
    file: Annotated[pathlib.Path, typer.Argument(help="A proof that `joinedup audit prove` wrote")],
    public_key: _KeyOption = None,
) -> None:
    """Check a proof with the public key alone; neither a database nor an installation is needed."""
    from joinedup.foundation.audit import keeping, rules

    with _plain_words():
        key = keeping.public_key(public_key or _public_key_beside_heads())
        try:
            proof = rules.check_proof(file.read_text(encoding="utf-8"), is_signed=key.is_signed, key=key.id)
        except (OSError, UnicodeDecodeError) as error:
            raise session.fail(f"{file} cannot be read: {error}.") from None
        except rules.ProofFault as fault:
            raise session.fail(f"{file} proves nothing. {fault}") from None
        said = rules.read_event(proof.event) if proof.event is not None else {}
    session.say(
        f"Proved: event {proof.leaf.event_id} of {_moment(proof.leaf.at)} is number {proof.number:,} of the "
        f"{proof.head.size:,} sealed at {_moment(proof.head.time)}, signed by key {proof.head.key}."
    )
    for name, value in said.items():
        if value not in {None, ""}:
            session.say(f"  {name}: {value.hex() if isinstance(value, bytes) else value}")
    if proof.subjects is not None:
        session.say(
            f"  subjects: {', '.join(str(subject) for subject in rules.read_subjects(proof.subjects)) or 'none'}"
        )


@app.command()
def head() -> None:
    """Print the last signed head and the key's name, to be kept where the database's keepers cannot reach."""
    session.begin(address.Role.BATCH)
    from joinedup.foundation.audit import keeping

    with _plain_words():
        place = _place()
        last = keeping.last_head(place)
        if last is None:
            raise session.fail("Nothing has been sealed yet.")
        key = keeping.public_key(place.public_key)
    typer.echo(
        json.dumps({**json.loads(last.line()), "is_signed": key.is_signed(last.signature, last.message())}, indent=2)
    )


@app.command()
def declare(
    why: Annotated[str, typer.Argument(help="Why older data were restored, for whoever asks in ten years")],
) -> None:
    """Say that an older backup was restored, so that sealing goes on; it is signed and shown for ever."""
    session.begin(address.Role.BATCH)
    from joinedup.foundation.audit import operations

    with _plain_words(), _batch() as connection:
        restored = operations.declare_restored(connection, place=_place(), why=why.strip()[:500])
    session.say(f"Signed: the audit goes on from {restored.size:,} events. `joinedup audit verify` will always say so.")


def start_sealing() -> threading.Event:
    """Seal beside whatever else this process does; return what ends it."""
    from joinedup.foundation.audit import jobs

    stop = threading.Event()
    how: dict[str, Any] = {"connect": _connect_batch, "place": _place(), "stop": stop}
    threading.Thread(target=jobs.seal_for_ever, kwargs=how, name="sealing", daemon=True).start()
    return stop


def _place() -> "keeping.Place":
    from django.conf import settings

    from joinedup.foundation.audit import keeping

    return keeping.Place(key=settings.AUDIT_KEY, heads=settings.AUDIT_HEADS)


def _public_key_beside_heads() -> pathlib.Path:
    from joinedup.config.settings import base
    from joinedup.foundation.audit import keeping

    return keeping.Place(key=base.AUDIT_KEY, heads=base.AUDIT_HEADS).public_key


def _connect_batch() -> psycopg.Connection:
    return psycopg.connect(address.url_for(address.Role.BATCH), autocommit=True)


@contextlib.contextmanager
def _batch() -> Iterator[psycopg.Connection]:
    with _connect_batch() as connection:
        yield connection


@contextlib.contextmanager
def _all_of_it() -> Iterator[psycopg.Connection]:
    """Read everything as it is at one moment, and change nothing."""
    with psycopg.connect(address.url_for(address.Role.OWNER)) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(roles.role_names().definer)))
        connection.execute("SELECT 1")  # the moment is that of the first question
        yield connection


@contextlib.contextmanager
def _plain_words() -> Iterator[None]:
    """Turn what may go wrong into words and exit code 1."""
    from joinedup.foundation.audit import keeping, operations, queries, rules

    faults = (rules.HeadFault, rules.Fault, keeping.KeyUnusable, operations.SealRefused, queries.NotUnderstood)
    with session.plain_faults():
        try:
            yield
        except rules.Fault as fault:
            raise session.fail(f"Tampering ({fault.kind}): {fault}") from None
        except faults as fault:
            raise session.fail(str(fault)) from None
        except psycopg.Error as error:
            raise session.fail(f"The database did not answer: {error}".strip()) from None
        except OSError as error:
            raise session.fail(f"{error.filename or 'A file'} cannot be used: {error.strerror}.") from None


def _moment(at: datetime.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
