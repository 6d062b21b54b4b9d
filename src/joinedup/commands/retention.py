"""`joinedup retention`: which records' time is over, and deleting those whose deletion a person approved.

Belongs here: words on the screen. Not here: deciding (governance.rights). Runs as the batch, which sees every child.
"""

import collections
import datetime
from typing import Annotated

import typer

from joinedup.commands import session
from joinedup.foundation.database import address

app = typer.Typer(help="List the records whose time is over, and delete what a person approved", no_args_is_help=True)
_MOST_SHOWN = 50


@app.command()
def due(
    on: Annotated[str, typer.Option("--on", help="A day, such as 2060-01-31; otherwise today")] = "",
) -> None:
    """Say which records' time is over, by which status, and change nothing."""
    day = _day(on)
    session.begin(address.Role.BATCH)
    from django.db import transaction

    from joinedup.foundation.audit import operations as audit_operations
    from joinedup.governance.rights import queries

    with transaction.atomic():
        audit_operations.record(by=session.viewer("retention due"), act="rights.due.asked", record_ref=str(day or ""))
        found = list(queries.find_due(on=day or _today()))
    by_status = collections.Counter(status for one in found for status in one.keeping.because)
    session.say(f"The time of {len(found):,} records is over on {day or _today():%-d %B %Y}.")
    for status, count in by_status.most_common():
        session.say(f"  {count:,} by {queries.get_schedule().statuses[status].name.lower()} ({status})")
    for one in found[:_MOST_SHOWN]:
        session.say(f"  {one.number}  kept until {one.keeping.until:%-d %B %Y}")
    if len(found) > _MOST_SHOWN:
        session.say(f"  and {len(found) - _MOST_SHOWN:,} more")


@app.command("list")
def list_due() -> None:
    """Put the records whose time is over on the page where the data protection officer approves or holds them."""
    session.begin(address.Role.BATCH)
    from joinedup.foundation import clock
    from joinedup.governance.rights import operations

    listed = operations.list_due(by=session.viewer("retention list"), on=_today(), at=clock.now())
    session.say(f"{listed.added:,} were put on the list, {listed.dropped:,} taken off. Nothing was deleted.")


@app.command()
def delete() -> None:
    """Delete what a person approved and nothing else, each with a certificate that names nobody."""
    session.begin(address.Role.BATCH)
    from joinedup.foundation import clock
    from joinedup.governance.rights import operations, rules

    deleted = 0
    by = session.viewer("retention delete")
    for approved in operations.ask_for_approved(by=by):
        try:
            certified = operations.delete_approved(child_id=approved.child_id, by=by, on=_today(), at=clock.now())
        except rules.OnHold:
            session.say(f"{approved.child_number} is on hold, or has an open request or open work, and was kept.")
        except rules.NotOverYet as still:
            until = f"until {still.args[0]:%-d %B %Y}" if still.args[0] else "without an end that is known"
            session.say(f"{approved.child_number} is kept after all, {until}: see joinedup retention due.")
        else:
            deleted += 1
            rows = sum(certified.deleted.values())
            session.say(f"Certificate {certified.number}: {rows:,} rows by {', '.join(certified.because)}.")
    session.say(f"{deleted:,} records were deleted.")


def _day(written: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(written) if written else None
    except ValueError:
        raise session.fail(f"{written} is no day. Write it as 2060-01-31.") from None


def _today() -> datetime.date:
    from joinedup.foundation import clock

    return clock.today()
