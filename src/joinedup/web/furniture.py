"""What stands around every page: who is signed in, where they can go, and what this site is.

Belongs here: the values that the layout template needs. Not here: anything about a child.
"""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """One place in the navigation."""

    text: str
    href: str
    is_current: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who is signed in, where they look after their sign-in, and the address to which signing out is posted."""

    name: str
    role: str
    agency: str
    sign_out_href: str
    account_href: str = "/account"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Everything around a page; the defaults are enough for an error page when nothing else works."""

    home_href: str = "/"
    about_href: str = "/about"
    navigation: tuple[NavigationItem, ...] = ()
    signed_in: SignedIn | None = None
    is_synthetic: bool = True
