"""Compiling: the one way in which code here is compiled, kept between runs, and compiled anew when any of it changes.

Belongs here: the decorator. Not here: what is compiled.

Numba keeps compiled code beside its source and looks at that one file to see whether it is still good. Compiled code here
calls code of other files, and would go on calling what they were: so each is kept under the mark of all of them.
"""

import hashlib
import pathlib
from collections.abc import Callable
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

#: Where compiled code lives, beside this file.
_FOLDERS = ("coding", "scoring")


def _mark() -> tuple[str, int]:
    """Return a mark of all source of compiled code: it stands where Numba keeps a file's time and size."""
    here = pathlib.Path(__file__)
    sources = [here, *sorted(source for folder in _FOLDERS for source in (here.parent / folder).glob("*.py"))]
    text = b"".join(source.read_bytes() for source in sources)
    return hashlib.sha256(text).hexdigest(), len(text)


_MARK = _mark()


def compiled(function: Function) -> Function:
    """Compile a function when it is first called; other threads run while it does."""
    return _compiled(function)


def inlined(function: Function) -> Function:
    """Compile a function into those that call it: for what is asked of every pair, where a call costs more than the work."""
    return _compiled(function, inline="always")


def _compiled(function: Function, **how: Any) -> Function:
    dispatcher: Any = numba.njit(cache=True, nogil=True, **how)(function)
    dispatcher._cache._cache_file._source_stamp = _MARK
    made: Function = dispatcher
    return made
