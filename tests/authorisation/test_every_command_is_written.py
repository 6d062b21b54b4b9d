"""Every command is spoken of: which read or show children, and that each such run has its event.

What shows a child reads it in the transaction in which the event is written; what reads everyone to show nobody writes
one event a run. Each is run for real, as an operator runs it, in a borough of its own.
"""

import dataclasses
import json
import pathlib
import subprocess
import sys
from collections.abc import Callable

import psycopg
import pytest
import typer

from joinedup.commands import main
from tests import databases
from tests.authorisation import written
from tests.integration.rights import test_commands as retention

#: Runs a command and returns what it said, and each statement with its transaction.
Ran = Callable[..., tuple[str, list[dict]]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a command is run: what it is given, once the borough is made ready, and the act it must write."""

    command: str
    act: str
    shows: bool
    given: Callable[["psycopg.Connection", pathlib.Path, Ran], list[str]] = lambda _admin, _folder, _run: []


def _file(_admin, folder: pathlib.Path, _run) -> list[str]:
    file = folder / "club.csv"
    file.write_text(
        "local_id,given_name,family_name,date_of_birth,postcode,service,service_type,carer_1_name\n"
        "991,Ada,Lovell,2014-03-09,NG1 5FT,Chess club,leisure,\n992,,,not a day,,,,\n"
    )
    return [str(file), "--agency", "leisure"]


def _batch(admin, *, where: str) -> str:
    ((batch,),) = admin.execute(f"SELECT id FROM records_batch WHERE {where} ORDER BY id LIMIT 1").fetchall()
    return str(batch)


def _refused(admin, folder: pathlib.Path, run) -> list[str]:
    """Load a file with a row that is refused."""
    run("import", *_file(admin, folder, run))
    return ["--refused", _batch(admin, where="rows_refused > 0")]


def _approved(admin, _folder, _run) -> list[str]:
    """Let one child's time be over, and a person approve the deletion."""
    ((number,),) = admin.execute(retention._OLDER).fetchall()
    admin.execute(
        "INSERT INTO rights_duedeletion (id, child_id, child_number, kept_until, because, schedule_version, listed_at, "
        "approved_at, approved_by_id, approved_by_name) SELECT gen_random_uuid(), id, number, '1975-01-01', '{known}', '1', "
        "now(), now(), gen_random_uuid(), 'Maud' FROM people_child WHERE number = %s",
        [number],
    )
    return []


def _older(admin, _folder, _run) -> list[str]:
    admin.execute(retention._OLDER)
    return []


def _one_link(admin, _folder, _run) -> list[str]:
    ((link,),) = admin.execute(
        "SELECT id FROM childindex_link WHERE ended_at IS NULL AND evidence IS NOT NULL ORDER BY id LIMIT 1"
    ).fetchall()
    return [str(link)]


def _one_number(admin, _folder, _run) -> list[str]:
    return list(admin.execute("SELECT number FROM people_child WHERE state = 'active' LIMIT 1").fetchone())


def _last_act(admin, _folder, _run) -> list[str]:
    return [str(admin.execute("SELECT act_id FROM childindex_identityevent ORDER BY at DESC LIMIT 1").fetchone()[0])]


def _current_model(admin, _folder, _run) -> list[str]:
    return [
        admin.execute("SELECT model_hash FROM childindex_modelversion ORDER BY trained_at DESC LIMIT 1").fetchone()[0]
    ]


#: Commands that show children, or read them all to show none; each way of running one that reads otherwise is a row.
RUNS = (
    Run(command="import", act="records.batch.loaded", shows=False, given=_file),
    Run(
        command="import",
        act="records.batch.refused-rows-seen",
        shows=True,
        given=_refused,
    ),
    Run(
        command="import",
        act="records.batch.undone",
        shows=False,
        given=lambda admin, _folder, _run: ["--undo", _batch(admin, where="state = 'loaded'")],
    ),
    Run(command="link", act="childindex.linked", shows=False),
    Run(command="track", act="tracking.searched", shows=False),
    Run(command="explain", act="childindex.link.explained", shows=True, given=_one_link),
    Run(command="identity history", act="childindex.identity.read", shows=True, given=_one_number),
    Run(command="identity looked", act="assurance.looked-while-linked", shows=False, given=_last_act),
    Run(command="model train", act="childindex.model.trained", shows=False),
    Run(command="model shadow", act="childindex.model.shadowed", shows=False, given=_current_model),
    Run(command="assurance find-unusual", act="assurance.unusual.sought", shows=False),
    Run(command="retention due", act="rights.due.asked", shows=True, given=_older),
    Run(command="retention list", act="rights.due.listed", shows=False, given=_older),
    Run(command="retention delete", act="rights.approved.asked", shows=True, given=_approved),
    Run(
        command="db backup",
        act="database.backed-up",
        shows=False,
        given=lambda _admin, folder, _run: [str(folder / "all.dump")],
    ),
)
_SLOW = {"link", "model train", "model shadow"}
#: `demo` made the borough that these tests run in; what it wrote stands in it.
BY_DEMO = ("records.batch.loaded", "childindex.linked", "childindex.related")
#: Commands that read no child, and why.
READS_NOBODY = {
    "serve": "starts the pages, each of which writes its own looks",
    "worker": "starts the jobs, each of which writes its own runs",
    "synthesise": "makes people up, and asks no database",
    "policy show": "the permission matrix, and asks no database",
    "synthesise-records": "makes people up, and asks no database",
    **dict.fromkeys(("link-file", "evaluate-file"), "files that the operator names, and no database"),
    **dict.fromkeys(
        ("encode-file", "encoding-key", "match-encodings"), "files that the operator names, and no database"
    ),
    **dict.fromkeys(("model list", "model show"), "models: weights and counts"),
    **dict.fromkeys(
        ("model promote", "model rollback"), "which model is in force; that a person put it there is written as theirs"
    ),
    "timescales": "by when things must be done, and asks no database",
    "frameworks": "what the work is for, and asks no database",
    "track-rules": "what the lists of lost children count, and asks no database",
    "openness show": "what the program says of itself, and asks no database",
    "db status": "where the database is",
    "db start": "where the database is",
    "db stop": "nothing",
    "db path": "a folder",
    "db restore": "puts back what a backup holds, its audit too, and shows how many rows",
    **dict.fromkeys(("agencies list", "agencies add"), "agencies"),
    **dict.fromkeys(("api-client list", "api-client add", "api-client end"), "other systems"),
    **dict.fromkeys(("user add", "user list", "user end"), "people who are staff"),
    **dict.fromkeys(
        ("audit seal", "audit verify", "audit head", "audit declare"), "events as fingerprints, and how many there are"
    ),
    **dict.fromkeys(("audit prove", "audit check"), "one event: a child in it is an identifier that no page takes"),
}


def _named(command=None, before=()):
    command = command or typer.main.get_command(main.app)
    inner = getattr(command, "commands", None)
    if inner is None:
        return {" ".join(before)}
    return {name for word, below in inner.items() for name in _named(below, (*before, word))}


@pytest.fixture
def admin(own_borough):
    with psycopg.connect(databases.admin_url(own_borough), autocommit=True) as session:
        yield session


@pytest.fixture
def run(own_borough, tmp_path):
    """Return a way to run a command, watched."""
    notes = tmp_path / "notes.jsonl"

    def ran(*words: str) -> tuple[str, list[dict]]:
        notes.write_text("")
        done = subprocess.run(
            [sys.executable, "-m", "joinedup", *words],
            env=databases.environment(
                own_borough,
                DJANGO_SETTINGS_MODULE="tests.authorisation.watched",
                DATABASE_ADMIN_URL=databases.admin_url(own_borough),
                WATCHED_INTO=str(notes),
                PYTHONPATH=str(databases.ROOT),
            ),
            cwd=databases.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout, [json.loads(line) for line in notes.read_text().splitlines()]

    return ran


def test_every_command_is_said_to_read_children_or_not():
    assert _named() == {"demo"} | {one.command for one in RUNS} | READS_NOBODY.keys()


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(one, id=f"{one.command}: {one.act}", marks=[pytest.mark.slow] if one.command in _SLOW else [])
        for one in RUNS
    ],
)
def test_a_run_that_reads_children_has_its_event_and_shows_none_but_in_its_transaction(one, admin, run, tmp_path):
    given = one.given(admin, tmp_path, run)
    ((before,),) = admin.execute("SELECT count(*) FROM audit_auditevent").fetchall()
    _, statements = run(*one.command.split(), *given)
    events = written.committed(admin, before)
    named = [event for event in events if event.act == one.act]

    assert len(named) == 1, events
    assert named[0].by.startswith("joinedup ")
    if one.shows:
        read_in = {note["transaction"] for note in statements if written.tables_of_children(note["statement"])}
        assert read_in, "the command read no child, so the test shows nothing"
        assert read_in <= {event.transaction for event in events}


def test_what_retention_shows_of_a_child_it_names_in_the_audit(admin, run, tmp_path):
    _approved(admin, tmp_path, run)
    ((child, before),) = admin.execute(
        "SELECT child_id, (SELECT count(*) FROM audit_auditevent) FROM rights_duedeletion"
    ).fetchall()
    run("retention", "delete")
    asked = next(event for event in written.committed(admin, before) if event.act == "rights.approved.asked")

    assert asked.subjects == {child}


def test_a_backup_holds_the_event_that_says_it_was_made(admin, run, tmp_path):
    run("db", "backup", str(tmp_path / "all.dump"))
    ((events,),) = admin.execute("SELECT count(*) FROM audit_auditevent").fetchall()
    (beside,) = tmp_path.glob("all.dump?*")

    assert json.loads(beside.read_text())["rows"]["public.audit_auditevent"] == events


def test_the_demonstration_writes_its_loads_and_its_linking(admin):
    acts = {act for (act,) in admin.execute("SELECT DISTINCT act FROM audit_auditevent").fetchall()}

    assert set(BY_DEMO) <= acts


@pytest.mark.parametrize("words", [("agencies", "list"), ("user", "list"), ("api-client", "list")])
def test_a_command_that_reads_nobody_asks_no_table_that_leads_to_a_child(words, run):
    _, statements = run(*words)

    assert [note for note in statements if written.tables_of_children(note["statement"])] == []
