"""Files for the tests of the exchange: where the fixtures are, and one way to read bytes by a format."""

import contextlib
import datetime
import io
import pathlib

from joinedup.delivery.records.rules import Reading, Refused
from joinedup.exchange.opening import formats, packing, tables

ON = datetime.date(2026, 11, 21)
ROOT = pathlib.Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "fixtures"
FULL = ROOT.parent / "shared" / "fixtures"


def recognised(form, source):
    found = form.recognise(source.head())
    assert found is not None
    return found


def outcomes(form, name, content, *, on=ON):
    """Read bytes as a format does: the readings, and the refusals."""
    source = formats.Source.of_bytes(name, content)
    everything = list(form.read(source, recognised(form, source), formats.Context.of(name, on=on)))
    return [one for one in everything if isinstance(one, Reading)], [
        one for one in everything if isinstance(one, Refused)
    ]


def only_reading(form, name, content):
    readings, refusals = outcomes(form, name, content)
    assert refusals == []
    assert len(readings) == 1
    return readings[0]


def only_reasons(form, name, content):
    readings, refusals = outcomes(form, name, content)
    assert readings == []
    assert len(refusals) == 1
    return refusals[0].reasons


def written(write, rows):
    out = io.BytesIO()
    assert write.write(rows, out) == len(rows)
    return out.getvalue()


def read_back(form, schema, name, content):
    """Read bytes into the typed rows they were written from."""
    source = formats.Source.of_bytes(name, content)
    typed = tables.typed_rows(schema.TABLES, source, recognised(form, source), formats.Context.of(name, on=ON))
    return [row for row, _mark in typed]


@contextlib.contextmanager
def opened(path):
    """A fixture, unpacked, with its name as it was sent."""
    with packing.unpacked(path) as sources:
        yield sources[0]


def counts(form, path):
    """How many rows of a fixture are taken and refused, and how often for which column."""
    taken, refused, columns = 0, 0, {}
    with opened(path) as source:
        found = recognised(form, source)
        for one in form.read(source, found, formats.Context.of(path.name, on=ON)):
            if isinstance(one, Reading):
                taken += 1
                continue
            refused += 1
            for reason in one.reasons:
                column = reason.split(":")[0]
                columns[column] = columns.get(column, 0) + 1
    return found.table, taken, refused, columns
