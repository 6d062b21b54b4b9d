"""`joinedup policy`: the permission matrix, as the application decides by it and the database refuses by it."""

import typer

app = typer.Typer(help="Show the permission matrix: which role may do what, on which ground", no_args_is_help=True)


@app.callback()
def _policy() -> None:
    """Keep `show` a command of its own, though it is the only one."""


@app.command()
def show() -> None:
    """Print the permission matrix as a page of documentation."""
    from joinedup.governance.agreements import queries, rules

    # Plain, so that it can be put into a file as it is.
    typer.echo(rules.as_markdown(queries.get_matrix()), nl=False)
