"""All addresses of the product, and what answers when none fits or something fails."""

from django.urls import URLPattern, URLResolver, include, path

from joinedup.api import v1

urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", v1.api.urls), path("", include("joinedup.web.urls"))]

handler400 = "joinedup.web.problems.bad_request"
handler403 = "joinedup.web.problems.not_allowed"
handler404 = "joinedup.web.problems.not_found"
handler500 = "joinedup.web.problems.went_wrong"
