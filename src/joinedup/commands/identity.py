"""`joinedup identity`: what became of a child's number, and who looked while two children were wrongly one.

Belongs here: words on the screen. Not here: linking and parting (childindex). Runs as the batch, which sees every child.
"""

import uuid
from typing import Annotated

import typer
from rich.table import Table

from joinedup.commands import session

app = typer.Typer(help="Show what became of a child's number, and who looked while it was wrong", no_args_is_help=True)


@app.command()
def history(number: Annotated[str, typer.Argument(help="A child's number, old or present")]) -> None:
    """Show what became of a child's number: by whom, when and why, with the act of each."""
    session.begin()
    from django.db import transaction

    from joinedup.foundation import clock, ids
    from joinedup.processes.childindex import queries

    written = ids.child_number(number)
    if written is None:
        raise session.fail("This is no child number: it has nine letters and digits.")
    with transaction.atomic():
        lines = queries.read_identity_history(viewer=session.viewer("identity history"), number=written)
    if not lines:
        raise session.fail("No child ever bore this number.")
    table = Table("When", "What", "Why", "By", "Records came", "Records went", "Act")
    for line in lines:
        when = f"{clock.local(line.at):%-d %b %Y %H:%M}"
        what, why = line.kind.value.replace("_", " "), line.why.value.replace("_", " ")
        table.add_row(when, what, why, line.by_name, str(line.came), str(line.went), str(line.act_id))
    session.console.print(table)


@app.command()
def looked(act: Annotated[str, typer.Argument(help="The act that parted the records, as `history` shows it")]) -> None:
    """Show who looked at a child while records of another were linked to it."""
    try:
        act_id = uuid.UUID(act)
    except ValueError:
        raise session.fail(
            "This is no act: it has 32 digits and letters, as `joinedup identity history` shows it."
        ) from None
    session.begin()
    from django.db import transaction

    from joinedup.foundation import clock
    from joinedup.governance.assurance import queries

    with transaction.atomic():
        looks = queries.get_looks_while_linked(viewer=session.viewer("identity looked"), act_id=act_id)
    if not looks:
        session.say("Nobody looked while they were linked, or the act parted nobody.")
        return
    table = Table("When", "Who", "As", "Of", "Looked at", "Why")
    for look in looks:
        when = f"{clock.local(look.at):%-d %b %Y %H:%M}"
        table.add_row(when, look.actor_name, ", ".join(look.roles), look.agency_name, look.act, look.purpose)
    session.console.print(table)
    first = looks[0]
    session.say(
        f"Linked {clock.local(first.linked_at):%-d %B %Y %H:%M}, parted {clock.local(first.parted_at):%-d %B %Y %H:%M}: "
        f"{len(looks):,} looks by {len({look.actor_id for look in looks}):,} people."
    )
