"""How surely someone signed in, and when a session is over."""

import datetime
import enum


class Assurance(enum.StrEnum):
    """How surely the person of a session is known."""

    NONE = ""  #: nobody has signed in
    PASSWORD = "password"  #: by password alone: enough to set a second factor up, and for nothing else  # noqa: S105
    DEMO = "demo"  #: by one click, as a made-up person
    TWO_FACTORS = "two_factors"  #: by password and a code or passkey
    PASSKEY = "passkey"  #: by a passkey, which asks its holder for a finger, a face or a PIN
    DIRECTORY = "directory"  #: by their agency's own directory, which answers for how


def opens_pages(assurance: Assurance) -> bool:
    """Return whether someone known this surely may see more than the pages on which they set a second factor up."""
    return assurance not in {Assurance.NONE, Assurance.PASSWORD}


def session_over_at(
    *, signed_in_at: datetime.datetime, seen_at: datetime.datetime, idle: datetime.timedelta, most: datetime.timedelta
) -> datetime.datetime:
    """Return when a session ends: after so long without a request, and at the latest so long after signing in.

    Source: OWASP ASVS 5.0 7.3.1 and 7.3.2.
    """
    return min(seen_at + idle, signed_in_at + most)


_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    *(("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS")),
    *(("Mac OS", "a Mac"), ("Linux", "Linux")),
)


def browser_words(user_agent: str) -> str:
    """Return the kind of browser in words that its owner knows it by; nothing that tells one machine from another."""
    browser = next((words for sign, words in _BROWSERS if sign in user_agent), "A browser")
    system = next((words for sign, words in _SYSTEMS if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser
