"""`joinedup timescales`: how long things may take here, and who says so."""

import typer

from joinedup.commands import session


def show() -> None:
    """Print the timescales in force here as a page of documentation."""
    import os
    import pathlib

    from joinedup.foundation.timescales import rules, shipped

    named = os.environ.get("JOINEDUP_TIMESCALES")
    try:
        profile = shipped.profile(pathlib.Path(named) if named else None)
    except OSError as fault:
        raise session.fail(f"{named} cannot be read: {fault.strerror}") from None
    except rules.UnreadableProfile as fault:
        raise session.fail(str(fault)) from None
    # Plain, so that it can be put into a file as it is.
    typer.echo(rules.as_markdown(profile), nl=False)
