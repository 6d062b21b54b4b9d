"""What the pages of the child's voice are given.

Belongs here: frozen values for voice/*.jinja. Not here: words (wording), whether someone may (participation).
"""

import dataclasses

from joinedup.web import presenters, voices


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """One view, and where it is answered by whoever owes the answer."""

    said: voices.Said
    answer_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One invitation and how it stands; `withdraw_href` is empty where there is nothing to take back."""

    heading: str
    quiet: str
    tag: presenters.Tag
    withdraw_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VoicePage:
    """voice/voice.jinja: what the child thinks and wants known, and who was invited to a page of their own."""

    name: str
    number: str
    heard: voices.Heard
    nothing: str
    views: tuple[Answerable, ...]
    invitations: tuple[Invitation, ...]
    invite_href: str
    back: presenters.Link
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """voice/link.jinja: the link of a new invitation, which is shown here and never again."""

    link: str
    until: str
    who: str
    back: presenters.Link
