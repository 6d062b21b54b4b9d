"""`joinedup openness`: the pages of assurance, as this installation's own code and settings make them."""

import os
from typing import Annotated

import typer

from joinedup.commands import session

app = typer.Typer(help="Show what this installation does with people's data", no_args_is_help=True)


@app.callback()
def _openness() -> None:
    """Keep `show` a command of its own, though it is the only one."""


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="record-of-processing, impact-assessment or algorithms")],
) -> None:
    """Print one page as documentation; no database is asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings.demo")
    import django

    django.setup()
    from joinedup.exchange.intake import registry
    from joinedup.governance.openness import queries, rules

    try:
        page = queries.get_page(name=name, sources=registry.senders_of_titles())
    except queries.NoSuchPage:
        raise session.fail(f"There is no page {name}. There are: {', '.join(queries.NAMES)}") from None
    # Plain, so that it can be put into a file as it is.
    typer.echo(rules.as_markdown(page), nl=False)
