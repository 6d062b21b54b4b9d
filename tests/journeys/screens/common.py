"""Words and values that the hand-made screens share."""

import datetime
from typing import Any

from joinedup.web import furniture, presenters

#: One state of a page: the template, what it is given, and the place in the navigation.
State = tuple[str, Any, str]

TODAY = datetime.date(2026, 3, 3)
NOW = datetime.datetime(2026, 3, 3, 14, 5, tzinfo=datetime.UTC)
LONG_NAME = "Wilhelmina-Alexandrina Oluwaseun-Adebayo Featherstonehaugh-Cholmondeley-Warrington de la Bédoyère"
LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
LONG_TEXT = (
    "Safeguarding and targeted youth support for the northern cluster of neighbourhoods and surrounding villages"
)


def frame(place: str, *, is_in: bool) -> furniture.Furniture:
    if not is_in:
        return furniture.Furniture()
    places = (("Home", "/"), ("Find a child", "/find"), ("Bring in files", "/files"), ("Review looking", "/looking"))
    return furniture.Furniture(
        navigation=tuple(
            furniture.NavigationItem(text=text, href=href, is_current=text == place) for text, href in places
        ),
        signed_in=furniture.SignedIn(
            name="Amara Okafor", role="Front-door officer", agency="Northshire council", sign_out_href="/sign-out"
        ),
    )


def link(text: str, href: str = "#") -> presenters.Link:
    return presenters.Link(text=text, href=href)


def narrowing(name: str, label: str, *choices: str, within: str = "", chosen: str = "") -> presenters.Field:
    return presenters.Field(
        name=name,
        label=label,
        within=within,
        choices=tuple(presenters.Choice(value=text, text=text, is_chosen=text == chosen) for text in choices),
    )
