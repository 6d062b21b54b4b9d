"""What this installation does with people's data, told by its own code, to anyone who asks.

Belongs here: translating requests. Not here: the pages (governance.openness). No database is asked and no child is named.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.exchange.intake import registry
from joinedup.governance.agreements import queries as agreements_queries
from joinedup.governance.openness import queries as openness_queries
from joinedup.web.openness import wording


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """List the pages."""
    return render(request, "openness/pages.jinja", {"page": wording.pages()})


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page, with this installation's own figures."""
    if name == wording.MATRIX:
        return render(request, "openness/page.jinja", {"page": wording.matrix_page(agreements_queries.get_matrix())})
    try:
        found = openness_queries.get_page(name=name, sources=registry.senders_of_titles())
    except openness_queries.NoSuchPage:
        raise Http404 from None
    return render(request, "openness/page.jinja", {"page": wording.page(found)})
