"""What is written to the log: what happened, where, when and in which request, and never a value of anyone's.

Belongs here: the form of a line, how a fault is told, and the request that a line belongs to.
Not here: who looked at whom (audit), what a reader is told (web).

The words of an error may hold what was typed or what a row holds: a broken constraint names the row. So a fault is told by
its kind, by the code and the constraint that the database names, and by the places in the code that it went through.
"""

import contextlib
import contextvars
import datetime
import logging
import pathlib
import sys
import traceback
import uuid
from collections.abc import Iterator

MOST_LETTERS = 2_000
#: Where a request carries its own identifier, for what is said of it after it has been answered.
REQUEST_ID = "request_id"
_MOST_PLACES = 12
_PATH_ROOTS = ("site-packages", "src", "lib")
_request_id: contextvars.ContextVar[uuid.UUID | None] = contextvars.ContextVar("request_id", default=None)
_NAMES_A_ROW = ("DETAIL:", "CONTEXT:", "LINE ")
_left_out = "(a message that could not be put together)"


@contextlib.contextmanager
def of_request(request_id: uuid.UUID) -> Iterator[None]:
    """Let every line that is written meanwhile name this request."""
    before = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(before)


def request_id() -> uuid.UUID:
    """Return the identifier of the request in hand; outside of any, a new one."""
    return _request_id.get() or uuid.uuid4()


def reference() -> str:
    """Return what a reader may quote of the request in hand, by which its lines and its audit events are found.

    Shapes: eight upper-case hexadecimal digits, the first of the request's identifier.
    """
    return request_id().hex[:8].upper()


def one_line(words: str) -> str:
    """Return words that can neither begin a new line of the log nor change how it is shown.

    Shapes: print on one line, at most MOST_LETTERS long; what is no print is written as its code.
    """
    escaped = words.replace("\\", "\\\\")
    if not escaped.isprintable():
        escaped = "".join(letter if letter.isprintable() else _code(letter) for letter in escaped)
    return escaped if len(escaped) <= MOST_LETTERS else f"{escaped[:MOST_LETTERS]} ..."


def _code(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def fault(error: BaseException) -> str:
    """Tell an error and what led to it by kinds, codes and places; none of its words.

    Shapes: one line, the error itself first.
    """
    told, following, seen = [], error, set[int]()
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        told.append(_one_fault(following))
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)  # type: ignore[assignment]
    return one_line(" after ".join(told))


def _one_fault(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    places = " < ".join(_place(frame) for frame in reversed(traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]))
    return " ".join(part for part in (kind, _named_by_the_database(error), f"at {places}" if places else "") if part)


def _place(frame: traceback.FrameSummary) -> str:
    parts = pathlib.PurePath(frame.filename).parts
    root = max((at for at, part in enumerate(parts) if part in _PATH_ROOTS), default=len(parts) - 3)
    return f"{'/'.join(parts[root + 1 :])}:{frame.lineno} {frame.name}"


def _named_by_the_database(error: BaseException) -> str:
    """Return the code of a database's error, and the table and constraint it is about: names of ours, no values."""
    diagnosis = getattr(error, "diag", None)
    named = (getattr(diagnosis, name, None) for name in ("sqlstate", "table_name", "constraint_name"))
    return " ".join(str(name) for name in named if name)


class Line(logging.Formatter):
    """One line of the log: when, how grave, who says it, in which request, what."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.datetime.fromtimestamp(record.created, tz=datetime.UTC).isoformat(timespec="milliseconds")
        known = _request_id.get() or getattr(getattr(record, "request", None), REQUEST_ID, None)
        line = f"{at} {record.levelname} {record.name} {known.hex[:8].upper() if known else '-'} {_said(record)}"
        if record.exc_info and record.exc_info[1] is not None:
            line = f"{line} | {fault(record.exc_info[1])}"
        return line


def _said(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if request is not None:
        return _of_a_request(record, request)
    try:
        return one_line(str(record.msg) % _without_words(record.args) if record.args else _plain(record.msg))
    except (TypeError, ValueError, KeyError):
        return _left_out


def _of_a_request(record: logging.LogRecord, request: object) -> str:
    """Say what was answered at which route; an address that is none of ours may hold anything, so it is not said."""
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match else "an address without a route"
    return one_line(f"{getattr(record, 'status_code', '')} {getattr(request, 'method', '')} {route}".strip())


def _plain(given: object) -> str:
    return fault(given) if isinstance(given, BaseException) else str(given)


def _without_words(given: object) -> object:
    """Return the arguments of a message with every error among them told by its kind."""
    if isinstance(given, tuple):
        return tuple(fault(one) if isinstance(one, BaseException) else one for one in given)
    if isinstance(given, dict):
        return {name: fault(one) if isinstance(one, BaseException) else one for name, one in given.items()}
    return given


def without_details(told: str) -> str:
    """Return what another program of ours told of its fault, without the lines in which the database names a row."""
    return "\n".join(line for line in told.splitlines() if not line.lstrip().startswith(_NAMES_A_ROW))


def tell(error: BaseException) -> None:
    """Write an error that nobody caught to the standard error, as the log would tell it."""
    sys.stderr.write(f"Joinedup stopped at a fault of its own: {fault(error)}\n")
