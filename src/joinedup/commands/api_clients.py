"""`joinedup api-client`: other systems that ask the interface, each for one agency."""

import uuid
from typing import Annotated

import typer
from rich.table import Table

from joinedup.commands import session
from joinedup.foundation import clock

app = typer.Typer(help="Let another system of an agency ask the API, list them, and end one.", no_args_is_help=True)


@app.command("list")
def list_clients() -> None:
    """List the systems that may ask, and those that could once; no secret is known here."""
    session.begin()
    from joinedup.delivery.agencies import queries as agencies_queries

    found = agencies_queries.get_clients()
    if not found:
        session.say("No other system asks here yet. Add one: joinedup api-client add AGENCY NAME")
        return
    table = Table("Identifier", "Agency", "Name", "Since", "Ended")
    for client in found:
        ended = "" if client.ended_at is None else f"{clock.local(client.ended_at):%d %B %Y}"
        table.add_row(str(client.id), client.agency_code, client.name, f"{clock.local(client.made_at):%d %B %Y}", ended)
    session.console.print(table)


@app.command("add")
def add_client(
    agency: Annotated[str, typer.Argument(help="The code of the agency whose system it is")],
    name: Annotated[str, typer.Argument(help="What the system is called; the audit names it so")],
) -> None:
    """Let another system ask; its secret is printed once, and cannot be shown again."""
    session.begin()
    from joinedup.delivery.agencies import operations as agencies_operations
    from joinedup.delivery.agencies import queries as agencies_queries

    try:
        made = agencies_operations.add_client(
            agency_code=agency, name=name, by=session.viewer("api-client add"), at=clock.now()
        )
    except agencies_queries.NoSuchAgency:
        raise session.fail(f"No agency has the code {agency}. See: joinedup agencies list") from None
    session.say(f"{name} may ask for {agency}. Its identifier is {made.id}, and its secret, shown this once:")
    typer.echo(made.secret)


@app.command("end")
def end_client(client: Annotated[str, typer.Argument(help="The identifier that the list shows")]) -> None:
    """Let a system in no more, from its next request on."""
    session.begin()
    from joinedup.delivery.agencies import operations as agencies_operations
    from joinedup.foundation.access import operations as access_operations

    try:
        agencies_operations.end_client(client_id=uuid.UUID(client), by=session.viewer("api-client end"), at=clock.now())
    except (ValueError, access_operations.NoSuchClient):
        raise session.fail("No system that may ask has this identifier. See: joinedup api-client list") from None
    session.say("It is let in no more.")
