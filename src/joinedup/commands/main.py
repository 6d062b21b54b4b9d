"""The `joinedup` command line: one thin command for each thing an operator does."""

import typer

from joinedup.commands import (
    agencies,
    api_clients,
    assurance,
    audit,
    db,
    demo,
    encoding,
    explaining,
    file_linking,
    frameworks,
    identity,
    importing,
    linking,
    modelling,
    openness,
    policy,
    retention,
    serving,
    session,
    synthesise,
    synthesise_records,
    timescales,
    tracking,
    users,
)
from joinedup.foundation import logs
from joinedup.foundation.database import faults

_FAULT = 70  # as sysexits.h numbers a fault inside a program

app = typer.Typer(
    name="joinedup",
    help="Joinedup: a children's trust in one place.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo.demo)
app.command("serve")(serving.serve)
app.command("worker")(serving.worker)
app.command("synthesise")(synthesise.synthesise)
app.command("synthesise-records")(synthesise_records.synthesise_records)
app.command("import")(importing.import_files)
app.command("link")(linking.link)
app.command("track")(tracking.track)
app.command("track-rules")(tracking.show_rules)
app.command("timescales")(timescales.show)
app.command("frameworks")(frameworks.show)
app.command("link-file")(file_linking.link_file)
app.command("evaluate-file")(file_linking.evaluate_file)
app.command("explain")(explaining.explain)
app.command("encoding-key")(encoding.encoding_key)
app.command("encode-file")(encoding.encode_file)
app.command("match-encodings")(encoding.match_encodings)
app.add_typer(agencies.app, name="agencies")
app.add_typer(assurance.app, name="assurance")
app.add_typer(audit.app, name="audit")
app.add_typer(api_clients.app, name="api-client")
app.add_typer(db.app, name="db")
app.add_typer(identity.app, name="identity")
app.add_typer(modelling.app, name="model")
app.add_typer(users.app, name="user")
app.add_typer(policy.app, name="policy")
app.add_typer(openness.app, name="openness")
app.add_typer(retention.app, name="retention")


def run() -> None:
    """Run the command line; a database that fails half-way is spoken of in words.

    A fault of ours is told without the values it came upon, for the output may be kept.
    """
    try:
        app()
    except Exception as fault:  # noqa: BLE001  (the last resort: nothing catches it after us)
        words = faults.words_for(fault)
        if words:
            raise SystemExit(session.fail(words).exit_code) from None
        logs.tell(fault)
        raise SystemExit(_FAULT) from None
