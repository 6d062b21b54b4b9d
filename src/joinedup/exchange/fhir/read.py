"""Reading NHS patients: FHIR R4 as NDJSON, as one Patient, or as a Bundle; each resource is one source row.

Belongs here: recognising the file, cutting it into resources, putting a resource's rows together.
Not here: what a resource says (rules).
"""

import dataclasses
import json
import re
from collections.abc import Iterator
from typing import Any

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.fhir import rules
from joinedup.exchange.opening import dialects, documents, formats, lines

FORMAT = formats.Format(
    code="fhir",
    title="NHS patients (FHIR R4)",
    agency_kind=formats.AgencyKind.HEALTH,
    extensions=("ndjson", "jsonl", "json"),
)
#: One resource a line, or documents that run over many lines: how a file is cut.
LINES, DOCUMENT = "lines", "document"
SCHEME = "nhs"
#: For a patient whom the NHS has given no number yet: the resource's own id.
OTHER_SCHEME = "fhir"

_OURS = ("Patient", "RelatedPerson")
_NAMED = re.compile(r'"resourceType"\s*:\s*"(?:Patient|RelatedPerson)"')
_EMPTY_SEARCH = re.compile(r'"total"\s*:\s*0\b')
_FIRST_LINES = 20
#: Escapes that may stand for what is not text: a NUL, or half of a character in two parts.
_PERHAPS_NOT_TEXT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


@dataclasses.dataclass(frozen=True, slots=True)
class _Cut:
    """One resource as it was cut from the file, or why it could not be."""

    place: records_rules.Place
    content: bytes
    reason: str = ""


def recognise(head: formats.Head) -> formats.Recognised | None:
    """Say whether a file holds NHS patients, from the resource types in its first bytes.

    Shapes: the service's error bodies, patches and other resources are not ours.
    """
    start = dialects.decoded(head.content, head.encoding.codec)[0].lstrip("\ufeff \t\r\n")
    by_line = head.name.lower().endswith((".ndjson", ".jsonl")) or _has_resources_by_line(start)
    if not by_line and start[:1] not in ("{", "["):
        return None
    if not _NAMED.search(start) and not _is_empty_search(start):
        return None
    if _whole_is_of_another_kind(start, head):
        return None
    return formats.Recognised(
        format=FORMAT,
        table=LINES if by_line else DOCUMENT,
        why="It is JSON and holds FHIR resources of patients.",
        confidence=95,
    )


def read(
    source: formats.Source, recognised: formats.Recognised, context: formats.Context
) -> Iterator[records_rules.Reading | records_rules.Refused]:
    """Read each resource in the order of the file.

    Shapes: one answer for each line that is not blank, or each entry of a Bundle, or the one document.
    Errors: none for bad data; a line that is broken costs no other line.
    Source: HL7 FHIR R4 (4.0.1); NHS England, Personal Demographics Service FHIR API.
    """
    for cut in _by_line(source) if recognised.table == LINES else _by_document(source):
        yield _answer(cut, context)


def _answer(cut: _Cut, context: formats.Context) -> records_rules.Reading | records_rules.Refused:
    if cut.reason:
        return records_rules.Refused(place=cut.place, reasons=(cut.reason,))
    notes: list[str] = []
    found = _parsed(cut.content, notes)
    if isinstance(found, str):
        return records_rules.Refused(place=cut.place, reasons=(found,))
    entry: dict[str, Any] = found if isinstance(found, dict) else {}
    inner = entry.get("resource", entry)
    resource: dict[str, Any] = inner if isinstance(inner, dict) else {}
    kind = resource.get("resourceType")
    if kind == "Patient":
        return _patient(cut, resource, entry.get("fullUrl"), notes, context)
    if kind == "RelatedPerson":
        return _related_person(cut, resource, entry.get("fullUrl"), notes)
    named = str(kind)[:40] if isinstance(kind, str) else "nothing"
    return records_rules.Refused(
        place=cut.place, reasons=(f"resourceType is {named}; only Patient and RelatedPerson are taken",)
    )


def _parsed(content: bytes, notes: list[str]) -> Any:
    """Turn bytes into JSON, or say why they are none."""
    text, note = dialects.decoded(content, "utf-8")
    if note:
        notes.append(note)
    try:
        found = json.loads(text)
    except RecursionError:
        return "it is nested too deeply to be a patient"
    except ValueError as problem:
        return f"it is not JSON: {str(problem)[:100]}"
    if _PERHAPS_NOT_TEXT.search(content) and not _is_text(found):
        return "it holds a NUL character or half a character, which is not text"
    return found


def _is_text(found: object) -> bool:
    """Whether all that was escaped can be kept as text."""
    packed = json.dumps(found, ensure_ascii=False)
    try:
        packed.encode()
    except UnicodeEncodeError:
        return False
    return not _NUL.search(packed)


def _patient(
    cut: _Cut, resource: dict[str, Any], full_address: object, notes: list[str], context: formats.Context
) -> records_rules.Reading | records_rules.Refused:
    row = rules.patient(resource, notes)
    if asked := rules.superseded_number(full_address, row):
        notes.append(f"fullUrl: the NHS number {asked} was superseded and is kept as a former one")
        row = dataclasses.replace(row, former_nhs_numbers=(*row.former_nhs_numbers, asked))
    if reasons := rules.reasons_against(row):
        return records_rules.Refused(place=cut.place, reasons=reasons)
    return records_rules.Reading(
        place=cut.place,
        content_hash=records_rules.content_hash(cut.content),
        table="Patient",
        message_key=f"Patient|{row.id}" if row.id else "",
        version=rules.version(resource),
        scheme=SCHEME if row.nhs_number else OTHER_SCHEME if row.id else "",
        local_id=row.nhs_number or row.id,
        identity=rules.identity(row, on=context.on, notes=notes),
        involvements=rules.involvements(row, on=context.on),
        relatives=rules.relatives(row),
        notes=tuple(notes),
    )


def _related_person(
    cut: _Cut, resource: dict[str, Any], full_address: object, notes: list[str]
) -> records_rules.Reading | records_rules.Refused:
    row = rules.related_person(resource, notes, full_address)
    if not row.patient_nhs_number:
        return records_rules.Refused(
            place=cut.place, reasons=("patient holds no NHS number, so it is not known whose relative this is", *notes)
        )
    if not row.active:
        notes.append("active is false: the relationship has ended and is not shown")
    return records_rules.Reading(
        place=cut.place,
        content_hash=records_rules.content_hash(cut.content),
        table="RelatedPerson",
        # The NHS numbers related persons within one patient only.
        message_key=f"RelatedPerson|{row.patient_nhs_number}|{row.id}" if row.id else "",
        version=rules.version(resource),
        scheme=SCHEME,
        local_id=row.patient_nhs_number,
        relatives=(rules.relative(row),) if row.active else (),
        notes=tuple(notes),
    )


def _by_line(source: formats.Source) -> Iterator[_Cut]:
    encoding = source.head().encoding
    first_byte, first_line = max(source.first_byte, encoding.mark_bytes), source.first_line
    with source.open_at(first_byte) as file:
        for line in lines.lines(file, first_byte=first_byte, first_line=first_line, line_end=encoding.line_end):
            if not line.too_long and not line.content.strip(b" \t\r\n\0\x1a"):
                continue
            place = records_rules.Place(
                line_number=line.number, byte_start=line.byte_start, byte_length=line.byte_length
            )
            if line.too_long:
                yield _Cut(place, b"", f"the line is longer than {lines.LINE_LIMIT_BYTES:,} bytes")
            elif encoding.codec != "utf-8":
                yield _Cut(place, b"", "FHIR is always in UTF-8, and this file is not")
            else:
                yield _Cut(place, line.content)


def _by_document(source: formats.Source) -> Iterator[_Cut]:
    if source.head().encoding.codec != "utf-8":
        place = records_rules.Place(line_number=1, byte_start=0, byte_length=source.size_bytes)
        yield _Cut(place, b"", "FHIR is always in UTF-8, and this file is not")
        return
    with source.open_at(0) as file:
        for piece in documents.pieces(file, list_name="entry"):
            if piece.byte_start >= source.first_byte:
                place = records_rules.Place(
                    line_number=piece.line_number, byte_start=piece.byte_start, byte_length=piece.byte_length
                )
                yield _Cut(place, piece.content, piece.reason)


def _is_empty_search(start: str) -> bool:
    """A search that found no one is ours, with nothing in it."""
    return '"Bundle"' in start and bool(_EMPTY_SEARCH.search(start)) and '"resource"' not in start


def _whole_is_of_another_kind(start: str, head: formats.Head) -> bool:
    """A short document of another kind may mention a patient somewhere inside."""
    if head.size_bytes > len(head.content):
        return False
    try:
        document = json.loads(start)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and document.get("resourceType") not in (*_OURS, "Bundle")


def _has_resources_by_line(start: str) -> bool:
    return any(_is_resource(line) for line in start.splitlines()[:_FIRST_LINES])


def _is_resource(line: str) -> bool:
    if not line.startswith("{") or not line.rstrip().endswith("}"):
        return False
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("resourceType") in _OURS
