"""`joinedup user`: who may sign in. Nobody signs up by themselves, and no password is ever printed."""

import re
from typing import Annotated

import typer
from rich.table import Column, Table

from joinedup.commands import session

app = typer.Typer(help="Add people who sign in, list them, and end their sign-in.", no_args_is_help=True)
_CODE = re.compile(r"[a-z][a-z_]{0,59}")


@app.command("add")
def add(
    username: Annotated[str, typer.Argument(help="The name by which they sign in")],
    name: Annotated[str, typer.Argument(help="Their name, as colleagues and the audit know it")],
    *,
    agency: Annotated[str, typer.Option(help="The code of the agency they work for")],
    title: Annotated[str, typer.Option(help="What they are there, such as 'Social worker'")],
    role: Annotated[list[str], typer.Option(help="A role they hold, such as social_worker; may be given again")],
    team: Annotated[str, typer.Option(help="The code of their team")] = "",
    directory: Annotated[str, typer.Option(help="The directory through which they sign in, by its name")] = "",
    subject: Annotated[str, typer.Option(help="Who they are in that directory: the subject identifier")] = "",
    afresh: Annotated[bool, typer.Option(help="Take their second factors and sessions away: all is lost")] = False,
) -> None:
    """Add a person, or bring one who is known up to date; print the link by which they set their sign-in up."""
    wrong = [code for code in role if not _CODE.fullmatch(code)]
    if wrong:
        raise session.fail(f"A role is small letters and underscores: {', '.join(wrong)}")
    if bool(directory) != bool(subject):
        raise session.fail("A directory and a subject belong together: give both, or neither.")
    session.begin()
    from joinedup.delivery.agencies import operations as agencies_operations
    from joinedup.delivery.agencies import queries as agencies_queries
    from joinedup.delivery.agencies import rules as agencies_rules
    from joinedup.foundation import clock

    by, at = session.viewer("user add"), clock.now()
    joiner = agencies_rules.Joiner(
        username=username,
        display_name=name,
        job_title=title,
        agency_code=agency,
        roles=tuple(role),
        team_code=team,
        directory=directory,
        subject=subject,
    )
    try:
        user_id = agencies_operations.keep_joiner(joiner=joiner, by=by, at=at)
    except agencies_queries.NoSuchAgency:
        raise session.fail(f"No agency has the code {agency}. See: joinedup agencies list") from None
    except agencies_operations.NoSuchTeam:
        raise session.fail(f"{agency} has no team with the code {team}.") from None
    if afresh:
        agencies_operations.begin_afresh(user_id=user_id, by=by)
    session.say(f"{name} is known as {username}.")
    if directory:
        session.say(f"They sign in through {directory}.")
        return
    token = agencies_operations.make_set_up_link(user_id=user_id, by=by, at=at)
    session.say("Give them this link, by a way that only they can read. It works once, for three days:")
    session.say(f"  {_site()}/sign-in/set-up/{token}")


def _site() -> str:
    """Return the address of the site as far as the settings know it; a passkey belongs to a name, not to numbers."""
    from django.conf import settings

    if settings.SESSION_COOKIE_SECURE and settings.ALLOWED_HOSTS:
        return f"https://{settings.ALLOWED_HOSTS[0]}"
    return "http://localhost:8000"


@app.command("list")
def list_users() -> None:
    """List everyone who may sign in."""
    session.begin()
    from joinedup.foundation import clock
    from joinedup.foundation.access import queries as access_queries

    users = access_queries.get_users(at=clock.now())
    widest = max((len(user.username) for user in users), default=0)
    table = Table(
        Column("User name", min_width=widest), "Name", "Roles", "Last signed in", "Open sessions", "May sign in"
    )
    for user in users:
        last = clock.local(user.last_signed_in_at).strftime("%d %b %Y %H:%M") if user.last_signed_in_at else "never"
        may = "no" if not user.is_active else "one click" if user.is_demo else "yes"
        table.add_row(user.username, user.display_name, ", ".join(user.roles), last, str(user.open_sessions), may)
    session.console.print(table)


@app.command("end")
def end(username: Annotated[str, typer.Argument(help="The name by which they sign in")]) -> None:
    """Let a person in no more, from their next request on."""
    session.begin()
    from joinedup.delivery.agencies import operations as agencies_operations
    from joinedup.foundation import clock
    from joinedup.foundation.access import queries as access_queries

    user = access_queries.find_user(username=username)
    if user is None:
        raise session.fail(f"Nobody signs in as {username}.")
    agencies_operations.end_joiner(user_id=user.id, by=session.viewer("user end"), at=clock.now())
    session.say(f"{user.display_name} can sign in no more.")
