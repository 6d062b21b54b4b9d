"""Addresses that stand on a page many times over: worked out from their routes once, then only filled in.

Django's `reverse` takes longer than all else that is said of a link, and a child's page links each word to its source.

Belongs here: addresses of hot pages. Not here: which addresses there are (urls); elsewhere `reverse` is quick enough.
"""

import functools
import uuid

from django.urls import reverse

_SOME_NUMBER, _SOME_RECORD = "0", uuid.UUID(int=0)


@functools.cache
def of(name: str) -> str:
    """Return the address of a page that is the same for everyone."""
    return reverse(name)


def child(number: str) -> str:
    """Return the address of a child's page; a number holds no letter that an address writes in another way."""
    return f"{_before_number()}{number}"


def source_record(number: str, record_id: uuid.UUID) -> str:
    """Return the address of one of a child's source records."""
    return f"{_before_number()}{number}{_between_number_and_record()}{record_id}"


def why_drawn(number: str, person_record_id: uuid.UUID) -> str:
    """Return the address of the picture of why a record is linked to a child."""
    before, after = _around_drawn()
    return f"{_before_number()}{number}{before}{person_record_id}{after}"


@functools.cache
def _around_drawn() -> tuple[str, str]:
    whole = reverse("why-drawn", args=[_SOME_NUMBER, _SOME_RECORD])
    before, _, after = whole.removeprefix(child(_SOME_NUMBER)).partition(str(_SOME_RECORD))
    return before, after


@functools.cache
def _before_number() -> str:
    return reverse("child", args=[_SOME_NUMBER]).removesuffix(_SOME_NUMBER)


@functools.cache
def _between_number_and_record() -> str:
    whole = reverse("source-record", args=[_SOME_NUMBER, _SOME_RECORD])
    return whole.removeprefix(child(_SOME_NUMBER)).removesuffix(str(_SOME_RECORD))
