"""What the pages of signing in show: ways in, second factors, one's own sessions, what was kept, and who may sign in.

Belongs here: frozen values for account/*.jinja. Not here: asking for them (the views beside).
"""

import dataclasses
import datetime
import uuid

from joinedup.web import presenters

_SHORT = 20


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EnterPage:
    """account/enter.jinja: by password, passkey or directory; `demo_href` is empty where there is no demonstration."""

    action_href: str
    username: presenters.Field
    password: presenters.Field
    passkey_href: str
    directories: tuple[presenters.Link, ...]
    next_href: str = ""
    demo_href: str = ""
    notice: str = ""
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """account/code.jinja: a code or a passkey is asked for, on the way in or before something that matters."""

    title: str
    why: str
    action_href: str
    code: presenters.Field
    passkey_href: str
    next_href: str = ""
    errors: tuple[presenters.FormError, ...] = ()
    set_up_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GoOnPage:
    """account/go_on.jinja: on to an agency's own sign-in page."""

    title: str
    href: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPage:
    """account/password.jinja: a password is chosen, twice; where one is held already, it is asked for first."""

    title: str
    words: str
    action_href: str
    password: presenters.Field
    again: presenters.Field
    present: presenters.Field | None = None
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """The square that a telephone reads: one outline, in a frame of so many units."""

    view_box: str
    outline: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorPage:
    """account/second_factor.jinja: a passkey or an application's codes are set up; `secret` is in groups of four."""

    action_href: str
    passkey_href: str
    passkey_options_href: str
    square: Square
    secret: str
    code: presenters.Field
    sign_out_href: str
    is_first: bool
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesPage:
    """account/recovery_codes.jinja: shown once."""

    codes: tuple[str, ...]
    on_href: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One second factor; `remove_href` is empty for the last, which stays."""

    name: str
    set_up_at: datetime.datetime
    used_at: datetime.datetime | None
    remove_href: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser that is signed in; `end_href` is empty for this one, which is ended by signing out."""

    browser: str
    started_at: datetime.datetime
    seen_at: datetime.datetime
    end_href: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """account/account.jinja: one's own second factors and sessions; a made-up person has only sessions."""

    factors: tuple[Factor, ...]
    sessions: tuple[Session, ...]
    add_href: str
    codes_href: str
    password_href: str
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was typed, on its way back to where it was going."""

    id: uuid.UUID
    action_href: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool
    kept_at: datetime.datetime
    discard_href: str

    @property
    def longer_texts(self) -> tuple[str, ...]:
        """What took time to type; the rest was chosen, or came from the page."""
        return tuple(value for _, value in self.fields if len(value) > _SHORT)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """account/kept.jinja: newest first."""

    forms: tuple[Kept, ...]
    on_href: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UserLine:
    """One line of those who may sign in."""

    name: str
    username: str
    roles: str
    href: str
    open_sessions: int
    last_signed_in_at: datetime.datetime | None
    tag: presenters.Tag | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UsersPage:
    """account/users.jinja."""

    users: tuple[UserLine, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UserPage:
    """account/user.jinja: one person's roles and sessions, each with its end."""

    user: UserLine
    roles: tuple[str, ...]
    end_role_href: str
    end_sessions_href: str
    end_href: str
    back_href: str
    message: presenters.Message | None = None
