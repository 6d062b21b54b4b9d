"""`joinedup frameworks`: the outcomes that the work is for, and who says so."""

import typer

from joinedup.commands import session


def show() -> None:
    """Print the frameworks of outcomes in force here as a page of documentation."""
    import os
    import pathlib

    from joinedup.outcomes.framework import listing, rules, shipped

    named = os.environ.get("JOINEDUP_FRAMEWORKS")
    try:
        frameworks = shipped.frameworks(pathlib.Path(named) if named else None)
    except OSError as fault:
        raise session.fail(f"{named} cannot be read: {fault.strerror}") from None
    except rules.UnreadableFramework as fault:
        raise session.fail(str(fault)) from None
    # Plain, so that it can be put into a file as it is.
    typer.echo(listing.as_markdown(frameworks), nl=False)
