"""The profile in force here, and its calendar: England's ships, another jurisdiction is a file.

Belongs here: where a profile lies, and which days are holidays there. Not here: counting (rules).
"""

import datetime
import functools
import pathlib
from collections.abc import Iterator
from importlib import resources

import yaml

from joinedup.foundation.timescales import rules

#: Holidays are worked out for these years; further ones are not proclaimed yet, or no clock of ours began before.
_YEARS = range(1990, 2061)


@functools.cache
def profile(path: pathlib.Path | None = None) -> rules.Profile:
    """Return England's profile, or the one in a file.

    Errors: UnreadableProfile; OSError when the file cannot be read.
    """
    shipped = resources.files("joinedup.foundation.timescales") / "reference" / "england.yaml"
    text = path.read_text(encoding="utf-8") if path else shipped.read_text(encoding="utf-8")
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        raise rules.UnreadableProfile(f"{path or 'england.yaml'} is no YAML: {fault}") from None
    if not isinstance(given, dict):
        raise rules.UnreadableProfile(f"{path or 'england.yaml'} holds no profile.")
    return rules.read_profile(given)


@functools.cache
def calendar(path: pathlib.Path | None = None) -> rules.Calendar:
    """Return the holidays and school terms of the profile's place.

    Errors: UnreadableProfile, also where the holidays of the place are not known.
    Source: Banking and Financial Dealings Act 1971 and proclamations, by the `holidays` package.
    """
    chosen = profile(path)
    return rules.Calendar(holidays=frozenset(holidays_of(chosen.country, chosen.part)), terms=chosen.terms)


def holidays_of(country: str, part: str) -> Iterator[datetime.date]:
    """Yield the holidays of a place besides weekends, from 1990 to 2060.

    Errors: UnreadableProfile where they are not known.
    """
    import holidays  # a quarter of a second to import, and only a process that counts days needs it

    try:
        yield from holidays.country_holidays(country, subdiv=part or None, years=_YEARS)
    except NotImplementedError:
        raise rules.UnreadableProfile(f"The holidays of {country} {part} are not known.") from None
