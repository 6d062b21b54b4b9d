"""`joinedup encoding-key`, `encode-file` and `match-encodings`: linking between agencies that may not share names.

Belongs here: options and words on the screen. Not here: bits (childindex.linkage.encodings), files (exchange.encodings).
None of them needs a database or a server, and the key is only ever named by its file.
"""

import pathlib
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from joinedup.commands import session
from joinedup.processes.childindex.linkage.encodings.scheme import Hardening, Scheme

if TYPE_CHECKING:
    import pyarrow as pa

    from joinedup.processes.childindex.linkage.encodings.keys import Key


def encoding_key(
    key_file: Annotated[pathlib.Path, typer.Argument(help="The file that holds the key")],
    show: Annotated[bool, typer.Option("--show", help="Say the mark of a key that is there; make none")] = False,
) -> None:
    """Make the key that two agencies share, in a file that only you may read, and say by which mark it is known."""
    from joinedup.processes.childindex.linkage.encodings import keys

    try:
        key = keys.read(key_file) if show else keys.make(key_file)
    except keys.KeyUnusable as fault:
        raise session.fail(str(fault)) from None
    session.say(
        f"The key in {escape(str(key_file))} has the mark {key.mark}. The other agency's copy has to say the same."
    )


def encode_file(
    records: Annotated[pathlib.Path, typer.Argument(help="The records: any file that `joinedup import` takes")],
    out: Annotated[pathlib.Path, typer.Option(help="The file for the encodings (Parquet)")],
    key_file: Annotated[pathlib.Path, typer.Option(help="The file that holds the key")],
    ids: Annotated[
        pathlib.Path | None, typer.Option(help="The file for your own numbers; OUT with .ids.csv after it if left out")
    ] = None,
    hardening: Annotated[
        Hardening, typer.Option(help="What is done against reading names out of encodings")
    ] = Hardening.FOLD,
) -> None:
    """Turn records into encodings that say nothing to whoever lacks the key, to be matched by a third party."""
    from joinedup.exchange.encodings import read, write
    from joinedup.foundation import clock
    from joinedup.processes.childindex.linkage.encodings import keys

    kept = ids or out.with_name(out.name + ".ids.csv")
    if len({path.resolve() for path in (records, out, key_file, kept)}) < 4:
        raise session.fail("Records, encodings, key and own numbers each need a file of their own.")
    try:
        key = keys.read(key_file)
        people, notes = read.read_people(records, on=clock.today())
        marks = _write(people, key, Scheme(hardening=hardening), out)
        write.write_numbers(zip(marks, people.column("unique_id").to_pylist(), strict=True), kept)
    except (keys.KeyUnusable, read.NotReadable) as fault:
        raise session.fail(str(fault)) from None
    except OSError as fault:
        raise session.fail(f"{fault.filename or out} could not be written: {fault.strerror or fault}.") from None
    for note in notes:
        session.say(f"  {escape(note)}")
    session.say(
        f"{people.num_rows:,} encodings in {escape(str(out))}, made with the key {key.mark}: this file may go to the matcher."
    )
    session.say(f"Which of your own numbers each stands for is in {escape(str(kept))}: that file stays with you.")


def _write(people: "pa.Table", key: "Key", scheme: Scheme, out: pathlib.Path) -> list[str]:
    from joinedup.exchange.encodings import bits, schema, write
    from joinedup.processes.childindex.linkage.encodings import filters

    made, marks = filters.encode(people, key=key, scheme=scheme)
    write.write(bits.Encodings(header=schema.Header(scheme=scheme, key_mark=key.mark), marks=marks, filters=made), out)
    return marks


def match_encodings(
    left: Annotated[pathlib.Path, typer.Argument(help="One agency's encodings")],
    right: Annotated[pathlib.Path, typer.Argument(help="The other agency's encodings")],
    out: Annotated[pathlib.Path, typer.Option(help="The file for the pairs (CSV)")],
    least: Annotated[
        float | None, typer.Option(min=0.5, max=1.0, help="How alike a pair has to be; by the hardening if left out")
    ] = None,
    margin: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="How much less alike than a record's best a pair may be")
    ] = 0.02,
) -> None:
    """Find which encodings of two agencies are one child. Needs no key, and shows no name."""
    from joinedup.exchange.encodings import read, rules, write
    from joinedup.processes.childindex.linkage.encodings import matching

    if left.resolve() == right.resolve():
        raise session.fail("Both files are the same. Name one file of each agency.")
    try:
        one, other = read.read(left), read.read(right)
        rules.check_can_compare(one.header, other.header)
        asked = one.header.scheme.usual_least if least is None else least
        found = matching.match(one.filters, other.filters, least=asked, margin=margin)
        marks = ((one.marks[a], other.marks[b]) for a, b in zip(found.left, found.right, strict=True))
        write.write_pairs(((a, b, alike) for (a, b), alike in zip(marks, found.alike, strict=True)), out)
    except (read.NotReadable, rules.NotComparable) as fault:
        raise session.fail(str(fault)) from None
    except OSError as fault:
        raise session.fail(f"{fault.filename or out} could not be written: {fault.strerror or fault}.") from None
    session.say(
        f"{len(found.left):,} pairs of {len(one.marks):,} and {len(other.marks):,} encodings are alike by {asked} or more: "
        f"{escape(str(out))}."
    )
