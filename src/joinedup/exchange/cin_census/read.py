"""Reading a children in need census: each <Child> is one source row, with its exact bytes and line.

Belongs here: recognising the file, walking it, choosing its encoding. Not here: what a block means (rules).
"""

import codecs
import re
from collections.abc import Iterator

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.cin_census import rules
from joinedup.exchange.opening import formats, xml

FORMAT = formats.Format(
    code="cin_census",
    title="Children in need census",
    agency_kind=formats.AgencyKind.SOCIAL_CARE,
    extensions=("xml",),
)
TABLE = "child"
SCHEME = "case"

_ROOT = re.compile(r"<(?:\w+:)?Message[\s>]")
_OURS = re.compile(r"<Collection>\s*CIN\s*</Collection>|<(?:\w+:)?(?:LAchildID|CINdetails|CINreferralDate)[\s>]")
_DECLARED = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_OTHER_ENCODING = "windows-1252"


def recognise(head: formats.Head) -> formats.Recognised | None:
    """Say whether a file is a children in need census, from its root element and what stands in its first bytes."""
    start = _head_text(head.content)
    if not _ROOT.search(start) or not _OURS.search(start):
        return None
    return formats.Recognised(
        format=FORMAT, table=TABLE, why="It is XML with the blocks of the children in need census.", confidence=95
    )


def read(
    source: formats.Source, recognised: formats.Recognised, context: formats.Context
) -> Iterator[records_rules.Reading | records_rules.Refused]:
    """Read each child of a return in the order of the file.

    Shapes: one answer per <Child>, and one more where the file breaks off or holds what no return may hold.
    Errors: none for bad data; good children before a fault are kept.
    Source: Department for Education, children in need census 2017 to 2026, XML schemas.
    """
    year = str(context.year or "")
    for found, encoding_note in _blocks(source):
        if isinstance(found, xml.Block) and found.element.name == "Header":
            year = rules.header_year(found.element) or year
        elif found.byte_start < source.first_byte:
            continue
        elif isinstance(found, xml.Broken):
            yield records_rules.Refused(place=_place(found, found.byte_length), reasons=(found.reason,))
        else:
            yield _child(found, year, context, encoding_note)


def _child(
    block: xml.Block, year: str, context: formats.Context, encoding_note: str
) -> records_rules.Reading | records_rules.Refused:
    place = _place(block, len(block.content))
    if reasons := rules.reasons_against(block.element):
        return records_rules.Refused(place=place, reasons=reasons)
    notes = [encoding_note] if encoding_note else []
    row = rules.row(block.element, notes)
    return records_rules.Reading(
        place=place,
        content_hash=records_rules.content_hash(block.content),
        table=TABLE,
        message_key=f"child|{row.la_child_id}|{year}",
        scheme=SCHEME,
        local_id=row.la_child_id,
        identity=rules.identity(row, on=context.on, notes=notes),
        involvements=rules.involvements(row),
        chronology=rules.chronology(row, on=context.on, notes=notes),
        notes=tuple(notes),
    )


def _blocks(source: formats.Source) -> Iterator[tuple[xml.Block | xml.Broken, str]]:
    """Walk the file; where it breaks because it is not in the encoding it declares, walk on as Windows-1252."""
    broken: xml.Broken | None = None
    encoding = None if _is_known(source.head().content) else "utf-8"
    for found in _walk(source, encoding):
        if isinstance(found, xml.Broken) and "invalid token" in found.reason:
            broken = found
            break
        yield found, _encoding_note(encoding)
    if broken is not None:
        for found in _walk(source, _OTHER_ENCODING):
            if found.byte_start >= broken.byte_start:
                yield found, _encoding_note(_OTHER_ENCODING)


def _walk(source: formats.Source, encoding: str | None) -> Iterator[xml.Block | xml.Broken]:
    with source.open_at(0) as file:
        yield from xml.blocks(file, names=("Header", "Child"), encoding=encoding)


def _is_known(content: bytes) -> bool:
    """Say whether the encoding that the file declares, if any, is one at all."""
    declared = _DECLARED.search(_head_text(content[:1024]))
    if declared:
        try:
            codecs.lookup(declared[1])
        except LookupError:
            return False
    return True


def _encoding_note(encoding: str | None) -> str:
    return f"The file is not in the encoding that it declares; it was read as {encoding}" if encoding else ""


def _head_text(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    # Only the names of elements are looked for, and these are ASCII in every encoding that has no byte order mark.
    return content.decode("latin-1")


def _place(found: xml.Block | xml.Broken, byte_length: int) -> records_rules.Place:
    return records_rules.Place(line_number=found.line_number, byte_start=found.byte_start, byte_length=byte_length)
