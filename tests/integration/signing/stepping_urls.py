"""A page that asks for a second factor, for tests of the door itself."""

from django.http import HttpResponse
from django.urls import include, path

from joinedup.web import doors


@doors.signed_in
@doors.stepped_up
def matters(request):
    return HttpResponse("let in")


urlpatterns = [path("test/matters", matters), path("", include("joinedup.web.urls"))]
handler403 = "joinedup.web.problems.not_allowed"
