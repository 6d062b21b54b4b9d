"""`joinedup demo`: a borough in a box - made, imported, linked and served by one command."""

import datetime
import json
import os
import pathlib
import time
from typing import Annotated, Any

import typer

from joinedup.commands import casting, importing, lanes, linking, serving, session, synthesise, tracking
from joinedup.foundation.database import address, folder, statistics

_USUAL_CHILDREN = 10_000
_SEED = 2006
_ENDS_ON = datetime.date(2026, 9, 1)


def demo(
    children: Annotated[int, typer.Option(help="How many children; 90000 is a metropolitan borough")] = _USUAL_CHILDREN,
    host: Annotated[str, typer.Option(help="The address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on")] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes serve pages")] = 2,
    serve: Annotated[bool, typer.Option(help="Serve the pages when the data are ready")] = True,
) -> None:
    """Make a synthetic borough, load and link it, and serve it. Run again, it starts on the data it has."""
    began = time.monotonic()
    if os.environ.get("JOINEDUP_DATA_MODE", "synthetic") != "synthetic":
        raise session.fail("A demonstration is of made-up people. Leave JOINEDUP_DATA_MODE out to make one.")
    _own_folder(children)
    session.begin()
    borough = _borough(children)
    if _is_ready():
        session.say("The borough is here already; starting on the data it has.")
    else:
        _fill(borough, children)
        session.say(f"Ready after {time.monotonic() - began:.0f} seconds.")
    if not serve:
        return
    _say_sign_ins(host, port)
    serving.run_servers(host=host, port=port, workers=workers)


def _own_folder(children: int) -> None:
    """Keep boroughs of different sizes apart, unless the user named a folder."""
    if children != _USUAL_CHILDREN and not os.environ.get("JOINEDUP_DATA", "").strip():
        usual = folder.named(os.environ)
        os.environ["JOINEDUP_DATA"] = str(usual.with_name(f"{usual.name}-{children}"))


def _borough(children: int) -> pathlib.Path:
    return address.layout().root / f"borough-{children}-{_SEED}"


def _is_ready() -> bool:
    from joinedup.processes.childindex import queries as childindex_queries

    return childindex_queries.get_last_run() is not None


def _fill(borough: pathlib.Path, children: int) -> None:
    from joinedup.foundation import clock

    if not (borough / "manifest.json").exists():
        session.say(f"1 of 4: inventing a borough of {children:,} children and nine agencies' files about them")
        synthesise.make(children=children, seed=_SEED, out=borough, ends_on=_ENDS_ON)
    manifest = json.loads((borough / "manifest.json").read_text(encoding="utf-8"))
    session.say(f"2 of 4: importing {len(manifest['files'])} files through the same door as anyone's")
    keep_agencies(manifest)
    rows, seconds = import_borough(borough, manifest)
    statistics.gather()
    session.say(f"  {rows:,} rows in {seconds:.0f} seconds.")
    session.say("3 of 4: linking the records that are one child")
    linking.run_link(borough / "truth")
    session.say("4 of 4: looking for children whom services may have lost")
    tracking.run_search(on=_ENDS_ON, truth=borough / "truth")
    casting.cast(at=clock.now())
    statistics.gather()


def keep_agencies(manifest: dict[str, Any]) -> None:
    """Add the borough's agencies, the people of the demonstration, and the mark that all are invented."""
    from joinedup.commands import personas
    from joinedup.delivery.agencies import operations as agencies_operations
    from joinedup.delivery.agencies import rules as agencies_rules
    from joinedup.foundation import clock
    from joinedup.foundation.access import operations as access_operations

    by = session.viewer("demo")
    access_operations.mark_synthetic(area_name=str(manifest["area"]))
    for agency in manifest["agencies"]:
        teams = tuple(agencies_rules.Team(**team) for team in agency["teams"])
        agencies_operations.keep_agency(agency=agencies_rules.Agency(**{**agency, "teams": teams}), by=by)
    for persona in personas.PERSONAS:
        agencies_operations.keep_persona(persona=persona, by=by, at=clock.now())


def import_borough(borough: pathlib.Path, manifest: dict[str, Any]) -> tuple[int, float]:
    """Import all files of a borough.

    Units: rows accounted for, and seconds.
    """
    began = time.monotonic()
    files: dict[str, list[dict[str, Any]]] = {}
    for file in manifest["files"]:
        files.setdefault(file["agency"], []).append(file)
    shares = [
        lanes.Share(
            agency_code=agency,
            paths=tuple(borough / file["path"] for file in sent),
            rows=sum(file["rows"] for file in sent),
        )
        for agency, sent in files.items()
    ]
    with importing.bar() as progress:
        words = f"  {len(manifest['files'])} files of {len(shares)} agencies"
        task = progress.add_task(words, total=max(sum(share.rows for share in shares), 1))
        accounted = lanes.import_shares(shares, progress=lambda rows: progress.update(task, completed=rows))
        progress.update(task, completed=sum(accounted.values()), total=max(sum(accounted.values()), 1))
    return sum(accounted.values()), time.monotonic() - began


def _say_sign_ins(host: str, port: int) -> None:
    from joinedup.commands import personas

    session.say(f"\nJoinedup is at http://{host}:{port}/ - stop it with Ctrl+C.")
    session.say("Every person in it is invented. Sign in with one click as any of:")
    for persona in personas.PERSONAS:
        session.say(f"  {persona.display_name:24} {persona.job_title}")
