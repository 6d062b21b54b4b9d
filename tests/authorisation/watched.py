"""The tests' settings for a program that is watched: each statement about children, and in which transaction it ran.

Belongs here: the watching. Not here: what may be seen (the test that starts the program and reads what was noted).
"""

import json
import os
import pathlib

from django.db.backends import signals

from joinedup.config.settings.test import *  # noqa: F403

_NOTES = pathlib.Path(os.environ["WATCHED_INTO"])


def _note(execute, statement, given, many, context):
    """Run a statement, and write down beside it the transaction it ran in; none where it stood by itself."""
    connection = context["connection"]
    answer = execute(statement, given, many, context)
    transaction = None
    if connection.in_atomic_block:
        (transaction,) = connection.connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
    with _NOTES.open("a") as notes:
        notes.write(json.dumps({"statement": str(statement), "transaction": transaction}) + "\n")
    return answer


def _watch(connection, **_more):
    connection.execute_wrappers.append(_note)


signals.connection_created.connect(_watch, weak=False)
