"""The first version of the API: its operations together, its refusals, and the document that describes them.

Belongs here: putting together. Not here: operations (children, searching, matching, partnership).
"""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI, errors
from ninja.operation import Operation

from joinedup.api import asking, children, matching, partnership, problems, searching

_ABOUT = (
    "Children of one area across its agencies: found, and read by need to know. Every look is written down. "
    "What may not be seen is not found."
)
_FIRST_REFUSAL = 400


class _Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


Run = Callable[..., HttpResponseBase]


def refuses_unknown_parameters(run: Run) -> Run:
    """Let an operation run only with the parameters it names: one that is misspelt would else be as if it were not there."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]  # the framework hands over its method
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in getattr(model, "__ninja_flatten_map__", {})
    }

    @functools.wraps(run)
    def guarded(request: HttpRequest, **given: Any) -> HttpResponseBase:
        if request.GET.keys() - known:
            said = f"Only these parameters are known here: {', '.join(sorted(known)) or 'none'}"
            return problems.answer("not-valid", [problems.Fault(where="query", says=said)])
        return run(request, **given)

    return guarded


api = _Api(
    title="Joinedup",
    version="1",
    description=_ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    auth=[asking.ClientSecret(), asking.PersonSession()],
)
api.add_decorator(refuses_unknown_parameters, mode="view")
api.add_router("", partnership.router)
api.add_router("/searches", searching.router)
api.add_router("/matches", matching.router)
api.add_router("/children", children.router)
api.add_exception_handler(problems.Refused, problems.refused)
api.add_exception_handler(errors.ValidationError, problems.not_valid)
api.add_exception_handler(errors.HttpError, problems.of_status)
api.add_exception_handler(children.ReasonNeeded, children.reason_needed)
for _absent in children.ABSENT:
    api.add_exception_handler(_absent, children.not_found)


def document() -> str:
    """Return the OpenAPI document, as it is served and as it is kept in the reference."""
    described: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    for operation in (operation for path in described["paths"].values() for operation in path.values()):
        for status, answer in operation["responses"].items():
            if int(status) >= _FIRST_REFUSAL:
                answer["content"] = {problems.MEDIA_TYPE: answer["content"]["application/json"]}
    return json.dumps(described, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


@api.get("/openapi.json", include_in_schema=False)
def get_document(request: asking.Request) -> HttpResponse:
    """This interface as an OpenAPI document, for whoever is signed in."""
    return HttpResponse(document(), content_type="application/json")
