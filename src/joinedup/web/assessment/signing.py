"""Signing an assessment, reading it as it was signed, and taking it along as a PDF.

Belongs here: translating requests, and the words of these pages. Not here: what must be complete (processes.assessment).
"""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock, documents
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.assessment import operations, queries, rules
from joinedup.web import doors, middleware, presenters, words
from joinedup.web.assessment import boxes, entering, taking, wording
from joinedup.web.assessment import presenters as assessment

_HARD_AT_YEARS = 12.0
_MEANWHILE = "Meanwhile something was changed: see below"


@require_http_methods(["GET", "HEAD", "POST"])
@entering.by_child
def sign(request: middleware.Request, number: str, assessment_id: uuid.UUID) -> HttpResponse:
    """Show what is missing, and sign what is complete."""
    asked = entering.asked(request, number, assessment_id)
    refused = ""
    if request.method == "POST":
        try:
            version = operations.sign_off(asked=asked, by=request.viewer, at=clock.now())
            messages.success(request, f"Signed off as version {version}.")
            return redirect("assessment", number, assessment_id)
        except (rules.NotComplete, rules.StillBeside, rules.NotInState):
            refused = _MEANWHILE
    found = queries.get_assessment(asked, at=clock.now())
    if not found.opened.may_write_all:
        raise operations.NotAllowed(number)
    if found.state is not rules.State.BEGUN:
        return redirect("assessment", number, assessment_id)
    page = sign_page(found, refused=refused)
    return render(request, "assessment/sign.jinja", {"page": page}, status=422 if refused else 200)


def sign_page(found: queries.AssessmentPage, *, refused: str = "") -> assessment.SignPage:
    """Show whether it can be signed, and which answers are hard to read for the family."""
    missing, waiting = wording.missing(found), wording.waiting(found)
    is_ready = not (missing or waiting)
    return assessment.SignPage(
        heading=wording.heading_of(found.opened),
        words="What is signed stays as it is, as a version with your name and the time. Whatever is written later begins the "
        "next version."
        if is_ready
        else "It can be signed once these are done.",
        missing=missing,
        waiting=waiting,
        plain=_plain(found),
        action_href=boxes.href("assessment-sign", found.opened) if is_ready else "",
        back=presenters.Link(text="The whole assessment", href=boxes.href("assessment", found.opened)),
        errors=(presenters.FormError(text=refused),) if refused else (),
    )


def _plain(found: queries.AssessmentPage) -> tuple[str, ...]:
    """Say of answers that a family would find hard to read which words make them so."""
    said = []
    for field in found.opened.form.fields():
        for place in rules.places_of(field, [one.child_id for one in found.opened.members]):
            text = found.words(place)
            age = rules.reading_age_years(text)
            if field.kind is rules.Kind.WORDS and age > _HARD_AT_YEARS:
                hard = ", ".join(rules.hard_words(text)[:6])
                more = f" Long words: {hard}." if hard else ""
                said.append(f"{boxes.label_of(field)}: reads as for age {age:.0f}.{more}")
    return tuple(said)


@require_safe
@entering.by_child
def version(request: middleware.Request, number: str, assessment_id: uuid.UUID, version_number: int) -> HttpResponse:
    """Show a signed version in its own form."""
    found = queries.get_version(entering.asked(request, number, assessment_id), number=version_number)
    return render(request, "assessment/version.jinja", {"page": version_page(found)})


def version_page(found: queries.VersionPage) -> assessment.VersionPage:
    """Show a signed version, with what changed since the one before."""
    changed = sum(line.has_changed for line in found.lines.values())
    signed_by = f"{found.signed_by_name}, {found.agency_name}" if found.agency_name else found.signed_by_name
    return assessment.VersionPage(
        heading=f"{wording.heading_of(found.opened)}, version {found.number}",
        words=f"Signed by {signed_by} on {words.moment(clock.local(found.signed_at))}. "
        f"Form: {found.opened.form.name}, version {found.opened.form.version}.",
        changed=f"{words.count(changed, 'answer')} changed since version {found.number - 1}. What was added is "
        "underlined, what was taken out is struck through."
        if found.has_before
        else "",
        parts=tuple(
            (section.name, tuple(_version_group(found, member, fields) for member, fields in groups))
            for section in found.opened.form.sections
            if (groups := boxes.groups_of(section, found.opened))
        ),
        back=presenters.Link(text="The whole assessment", href=boxes.href("assessment", found.opened)),
    )


def _version_group(
    found: queries.VersionPage, member: queries.Member | None, fields: list[rules.Field]
) -> assessment.VersionGroup:
    lines = [(field, found.lines.get(boxes.place_of(field, member))) for field in fields]
    return assessment.VersionGroup(
        heading=boxes.heading_of(member),
        lines=tuple(
            assessment.VersionLine(
                label=boxes.label_of(field),
                words=boxes.words_of(field, line.words),
                note=line.written_by_name,
                pieces=tuple(assessment.Piece(words=one.words, change=one.change) for one in line.pieces)
                if found.has_before and line.has_changed and not field.choices and field.kind is not rules.Kind.LEVEL
                else (),
            )
            for field, line in lines
            if line is not None and (line.words or (found.has_before and line.has_changed))
        ),
    )


def may_take(viewer: access_rules.Viewer, opened: queries.Opened) -> bool:
    """Return whether the matrix lets this person take the child's copy along, once a second factor is shown."""
    return taking.decides(viewer, opened, given={access_rules.STEP_UP})


@require_POST
@entering.by_child
@doors.stepped_up
def take(request: middleware.Request, number: str, assessment_id: uuid.UUID) -> HttpResponse:
    """Give one child's copy as a PDF: what is shared and the child's own part, marked with who took it."""
    found = queries.get_assessment(entering.asked(request, number, assessment_id), at=clock.now())
    if not taking.decides(request.viewer, found.opened, given=request.viewer.given):
        raise operations.NotAllowed(number)
    audit_operations.record(
        by=request.viewer, act="assessment.taken", subjects=[found.opened.child.id], record_ref=str(assessment_id)
    )
    from joinedup.foundation.documents import pdf  # it takes a second to load

    at = clock.now()
    paper = taking.document(found, by=request.viewer, at=at)
    fonts = documents.Fonts(**settings.DOCUMENT_FONTS)
    name = f"assessment-{number}.pdf"
    return HttpResponse(
        pdf.as_pdf(paper, fonts=fonts, at=at),
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"},
    )
