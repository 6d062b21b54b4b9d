"""A program that loads files, each in a process of its own that a test may kill; Django is set up once.

It reads lines of "AGENCY<tab>PATH<tab>PIECE", answers each with the number of the process that loads, and when that
has ended with how it ended.
"""

import os
import pathlib
import sys

import django


def main():
    os.environ["JOINEDUP_ROLE"] = "batch"
    django.setup()
    print("ready", flush=True)
    for line in sys.stdin:
        agency, path, piece = line.rstrip("\n").split("\t")
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            os.write(writing, said(agency, pathlib.Path(path), int(piece)).encode())
            os._exit(0)
        os.close(writing)
        print(child, flush=True)
        with os.fdopen(reading) as answer:
            words = answer.read()
        _, status = os.waitpid(child, 0)
        print(f"{os.waitstatus_to_exitcode(status)}\t{words}", flush=True)


def said(code, path, piece):
    """Load a file and return what came of it, in one line."""
    from django import db

    from joinedup.delivery.agencies import queries as agencies_queries
    from joinedup.exchange.intake import loading, preview
    from joinedup.foundation.access import rules as access_rules
    from joinedup.foundation.database import faults

    preview.PIECE_ROWS = piece
    machine = access_rules.Viewer(user_id=None, name="test command", roles=frozenset({"command"}))
    try:
        agency = agencies_queries.get_agency(code=code)
        for source in loading.sources_of(path):
            loaded = loading.load(source=source, recognised=loading.recognise(source), agency=agency, by=machine)
    except loading.LoadedElsewhere as fault:
        return str(fault)
    except db.Error as fault:
        return faults.words_for(fault) or repr(fault)
    return "loaded before" if loaded.was_loaded_before else f"{loaded.state} {loaded.rows}"


if __name__ == "__main__":
    main()
