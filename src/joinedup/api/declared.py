"""Which answers an operation may give: every status it has, with its shape.

Belongs here: declarations, so that the document leaves nothing unsaid.
"""

from typing import Any

from joinedup.api.problems import Problem

#: What may go wrong with any request that someone makes who is known.
_ALWAYS = (401, 422, 500, 503)
_POSTS = (400, 413, 415)


def of(shape: Any, *, status: int = 200, posts: bool = False, more: tuple[int, ...] = ()) -> dict[int, Any]:
    """Declare an answer and the refusals that any operation has; one that takes a body has a few more."""
    refusals = sorted({*_ALWAYS, *(_POSTS if posts else ()), *more})
    return {status: shape, **dict.fromkeys(refusals, Problem)}


def of_child(shape: Any, *, posts: bool = False) -> dict[int, Any]:
    """Declare an answer about a child: it may be refused to a role, need a purpose, or not be found."""
    return of(shape, posts=posts, more=(403, 404))


def of_nobody(shape: Any) -> dict[int, Any]:
    """Declare an answer that anyone is given."""
    return {200: shape, **dict.fromkeys((422, 500, 503), Problem)}
