"""Taking data out: asking why, the second person, taking it, calling it back.

Belongs here: translating requests. Not here: words (wording), deciding who may (governance.exports).
"""

import re
import uuid

from django.contrib import messages
from django.core import exceptions
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock, ids
from joinedup.foundation.access import queries as access_queries
from joinedup.governance.exports import operations as exports_operations
from joinedup.governance.exports import queries as exports_queries
from joinedup.governance.exports import rules as exports_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import context, doors, keeping, middleware, presenters
from joinedup.web.exporting import forms, wording

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_MEDIA = {
    exports_rules.Format.CSV: "text/csv; charset=utf-8",
    exports_rules.Format.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_REFUSALS = (
    exports_rules.NothingToExport,
    exports_rules.TooManyChildren,
    exports_rules.OneChildOnly,
)


def _message(request: middleware.Request) -> presenters.Message | None:
    said = [str(message) for message in messages.get_messages(request)]
    return presenters.Message(heading=" ".join(said)) if said else None


@require_safe
@doors.may(context.EXPORT)
@doors.opens("exports.seen")
def exports(request: middleware.Request) -> HttpResponse:
    """Show what waits for this person's word and what they asked for."""
    at = clock.now()
    page = wording.exports_page(
        waiting=exports_queries.get_waiting(viewer=request.viewer, at=at),
        mine=exports_queries.get_exports(viewer=request.viewer, at=at),
        may_find=context.may(request.viewer, context.FIND),
        message=_message(request),
    )
    return render(request, "exporting/exports.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.EXPORT)
def ask(request: middleware.Request, kind: str) -> HttpResponse:
    """Ask why, and keep what was asked for."""
    doors.refuse_made_up_among_real(request)
    asked, of, back = _asked(request, kind)
    form = forms.Ask(request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            export_id = exports_operations.ask(
                kind=asked,
                of=of,
                reason=exports_rules.Reason(given["reason"]),
                why=given["why"],
                by=request.viewer,
                at=clock.now(),
            )
        except (people_queries.NoSuchChild, childindex_queries.NoSuchSearch):
            raise Http404 from None
        except exports_rules.StepUpNeeded:
            return _ask_to_step_up(request)
        except _REFUSALS as error:
            refused = wording.refusal(error)
        else:
            return redirect("export", export_id)
    page = wording.ask_page(form, kind=asked, of=of, back=back, refusal=refused)
    return render(request, "exporting/ask.jinja", {"page": page}, status=422 if page.errors else 200)


def _ask_to_step_up(request: middleware.Request) -> HttpResponse:
    """Ask for a second factor; only then is it known that one is needed, for some take out what needs none."""
    return keeping.ask_to_step_up(request, user_id=exports_rules.who(request.viewer))


def _asked(request: middleware.Request, kind: str) -> tuple[exports_rules.Kind, str, presenters.Link]:
    """Return which list is asked for, of what, and the way back; an address that is none of ours is not found."""
    of = request.GET.get("of", "")
    if kind == exports_rules.Kind.CHILD:
        number = ids.child_number(of)
        if number is None:
            raise Http404
        return exports_rules.Kind.CHILD, number, _link("Back to the child's page", "child", number)
    if kind == exports_rules.Kind.FOUND and _TOKEN.fullmatch(of):
        return exports_rules.Kind.FOUND, of, _link("Back to the children found", "found", of)
    if kind == exports_rules.Kind.ROLL and not of:
        return exports_rules.Kind.ROLL, "", _link("All exports", "exports")
    raise Http404


def _link(text: str, name: str, *parts: str) -> presenters.Link:
    return presenters.Link(text=text, href=reverse(name, args=parts))


@require_safe
@doors.may(context.EXPORT)
@doors.opens("exports.export-seen")
def export(request: middleware.Request, export_id: uuid.UUID) -> HttpResponse:
    """Show one export and what can be done with it."""
    return _page(request, export_id)


def _page(request: middleware.Request, export_id: uuid.UUID, *, refused: str = "") -> HttpResponse:
    try:
        card = exports_queries.get_export(export_id=export_id, at=clock.now())
    except exports_queries.NoSuchExport:
        raise Http404 from None
    page = wording.export_page(
        card,
        exports_queries.get_takings(export_id=export_id),
        is_mine=card.asked_by_id == request.viewer.user_id,
        may_decide=exports_rules.may_be_second(access_queries.get_policy(), request.viewer.roles),
        message=None if refused else _message(request),
        refused=refused,
    )
    return render(request, "exporting/export.jinja", {"page": page}, status=422 if refused else 200)


@require_POST
@doors.may(context.EXPORT)
@doors.opens("exports.take-asked")
def take(request: middleware.Request, export_id: uuid.UUID) -> HttpResponse:
    """Give the file, or the page to print."""
    doors.refuse_made_up_among_real(request)
    try:
        as_ = exports_rules.Format(request.POST.get("format", ""))
    except ValueError:
        return _page(request, export_id, refused="Choose one of the formats")
    try:
        taken = exports_operations.take(export_id=export_id, as_=as_, by=request.viewer, at=clock.now())
    except exports_queries.NoSuchExport:
        raise Http404 from None
    except exports_rules.StepUpNeeded:
        return _ask_to_step_up(request)
    except (*_REFUSALS, exports_rules.NotOpen) as error:
        return _page(request, export_id, refused=wording.refusal(error))
    if as_ is exports_rules.Format.PRINT:
        page = wording.print_page(taken, back_href=reverse("export", args=[export_id]))
        return render(request, "exporting/print.jinja", {"page": page})
    name = f"export-{taken.number}.{as_.value}"
    return HttpResponse(
        taken.content,
        content_type=_MEDIA[as_],
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"},
    )


@require_POST
@doors.may(context.EXPORT)
@doors.opens("exports.decide-asked")
def decide(request: middleware.Request, export_id: uuid.UUID) -> HttpResponse:
    """Take the second person's word."""
    is_agreed = request.POST.get("decision") == "agree"
    try:
        exports_operations.decide(export_id=export_id, is_agreed=is_agreed, by=request.viewer, at=clock.now())
    except exports_queries.NoSuchExport:
        raise Http404 from None
    except exports_rules.NotASecondPerson:
        raise exceptions.PermissionDenied from None
    except (exports_rules.OwnExport, exports_rules.NotOpen) as error:
        return _page(request, export_id, refused=wording.refusal(error))
    messages.success(request, "You agreed." if is_agreed else "You refused.")
    return redirect("export", export_id)


@require_POST
@doors.may(context.EXPORT)
@doors.opens("exports.withdraw-asked")
def withdraw(request: middleware.Request, export_id: uuid.UUID) -> HttpResponse:
    """Call an export back."""
    try:
        exports_operations.withdraw(export_id=export_id, by=request.viewer, at=clock.now())
    except exports_queries.NoSuchExport:
        raise Http404 from None
    except exports_rules.NotOpen as error:
        return _page(request, export_id, refused=wording.refusal(error))
    messages.success(request, "It is called back. Tell whoever took it to destroy what they have.")
    return redirect("export", export_id)
