"""`joinedup agencies`: who sends files here."""

from typing import Annotated

import typer
from rich.table import Table

from joinedup.commands import session

app = typer.Typer(help="List the agencies that send files, and add one.", no_args_is_help=True)


@app.command("list")
def list_agencies() -> None:
    """List the agencies that are known here."""
    session.begin()
    from joinedup.delivery.agencies import queries as agencies_queries

    found = agencies_queries.get_agencies()
    if not found:
        session.say("No agency is known here yet. Add one: joinedup agencies add CODE NAME KIND")
        return
    table = Table("Code", "Name", "Kind", "Telephone")
    for agency in found:
        table.add_row(agency.code, agency.name, agency.kind, agency.phone)
    session.console.print(table)


@app.command("add")
def add_agency(
    code: Annotated[str, typer.Argument(help="A short word for it, such as police")],
    name: Annotated[str, typer.Argument(help="Its name as a family would know it")],
    kind: Annotated[
        str,
        typer.Argument(
            help="council_education, social_care, health, community_health, police, youth_justice, leisure or voluntary"
        ),
    ],
    phone: Annotated[str, typer.Option(help="Where to ring")] = "",
    legal_basis: Annotated[str, typer.Option(help="On which basis it shares")] = "",
) -> None:
    """Add an agency, or bring one that is known up to date."""
    session.begin()
    from joinedup.delivery.agencies import operations as agencies_operations
    from joinedup.delivery.agencies import rules as agencies_rules

    agency = agencies_rules.Agency(code=code, name=name, kind=kind, phone=phone, legal_basis=legal_basis)
    agencies_operations.keep_agency(agency=agency, by=session.viewer("agencies add"))
    session.say(f"{name} is known as {code}.")
