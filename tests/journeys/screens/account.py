"""Signing in, second factors, one's own sessions, what was kept, and who may sign in, in every state."""

import dataclasses
import uuid

from joinedup.web import presenters
from joinedup.web.account import presenters as account
from tests.journeys.screens import common

SQUARE = account.Square(view_box="0 0 10 10", outline="M2 2h6v6h-6z")


def code(error: str = "") -> presenters.Field:
    return presenters.Field(name="code", label="Code", hint="Six digits from your application", error=error)


def password(name: str, label: str, error: str = "") -> presenters.Field:
    return presenters.Field(
        name=name, label=label, hint="At least 12 characters." if name == "password" else "", error=error
    )


def enter(error: str = "", title: str = "Northshire council") -> account.EnterPage:
    return account.EnterPage(
        action_href="#",
        username=presenters.Field(name="username", label="User name", error=error),
        password=presenters.Field(name="password", label="Password"),
        passkey_href="#",
        directories=(common.link(title),),
        demo_href="/sign-in",
        notice="You were signed out. What you typed is kept for you." if error else "",
        errors=(presenters.FormError(text=error, href="#username"),) if error else (),
    )


def asked(error: str = "", set_up_href: str = "") -> account.CodePage:
    return account.CodePage(
        title="Show that it is you",
        why="What you are about to do matters.",
        action_href="#",
        code=code(error),
        passkey_href="#",
        next_href="/find",
        errors=presenters.errors_of(code(error)),
        set_up_href=set_up_href,
    )


def chosen(error: str = "", name: str = "Amara Okafor") -> account.PasswordPage:
    first = password("password", "New password", error)
    return account.PasswordPage(
        title="Set up how you sign in",
        words=f"This is for {name}.",
        action_href="#",
        password=first,
        again=password("again", "The same password again"),
        errors=presenters.errors_of(first),
    )


def changed(error: str = "") -> account.PasswordPage:
    present = password("present", "Your password now", error)
    return dataclasses.replace(
        chosen(), title="Change your password", present=present, errors=presenters.errors_of(present)
    )


def second_factor(error: str = "") -> account.SecondFactorPage:
    return account.SecondFactorPage(
        action_href="#",
        passkey_href="#",
        passkey_options_href="#",
        square=SQUARE,
        secret="JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
        code=code(error),
        sign_out_href="#",
        is_first=True,
        errors=presenters.errors_of(code(error)),
    )


def mine(long: bool = False) -> account.AccountPage:
    name = f"Passkey made with {common.LONG_WORD}" if long else "Passkey made with Firefox on Windows"
    return account.AccountPage(
        factors=tuple(
            account.Factor(name=each, set_up_at=common.NOW, used_at=None, remove_href="#")
            for each in (name, "Codes from an application")
        ),
        sessions=tuple(
            account.Session(browser=browser, started_at=common.NOW, seen_at=common.NOW, end_href=href)
            for browser, href in (("Firefox on Windows", ""), ("Safari on iPhone", "#"))
        ),
        add_href="#",
        codes_href="#",
        password_href="#",
        message=presenters.Message(heading="That browser is signed out") if long else None,
    )


def kept(
    text: str = "Rang the school. They will ring back on Tuesday.\nThe aunt has offered to collect.",
) -> account.KeptPage:
    form = account.Kept(
        id=uuid.UUID(int=1),
        action_href="#",
        fields=(("note", text), ("reason", "referral")),
        had_files=True,
        kept_at=common.NOW,
        discard_href="#",
    )
    return account.KeptPage(forms=(form, form), on_href="/")


def line(long: bool = False) -> account.UserLine:
    return account.UserLine(
        name=common.LONG_NAME if long else "Amara Okafor",
        username=common.LONG_WORD if long else "aokafor",
        roles="front door, social worker",
        href="#",
        open_sessions=2,
        last_signed_in_at=None if long else common.NOW,
        tag=presenters.Tag(text="Ended", tone=presenters.Tone.QUIET) if long else None,
    )


def user(long: bool = False) -> account.UserPage:
    return account.UserPage(
        user=line(long),
        roles=("front_door", "social_worker"),
        end_role_href="#",
        end_sessions_href="#",
        end_href="#",
        back_href="#",
        message=presenters.Message(heading="The role is ended") if long else None,
    )


def states() -> dict[str, common.State]:
    enter_page, code_page, second = "account/enter.jinja", "account/code.jinja", "account/second_factor.jinja"
    made_up = dataclasses.replace(mine(), factors=(), add_href="", codes_href="", password_href="")
    codes = account.RecoveryCodesPage(codes=tuple(f"{n:08}" for n in range(10)), on_href="/")
    return {
        "enter": (enter_page, enter(), ""),
        "enter_error": (enter_page, enter("The user name or password is not right", common.LONG_TEXT), ""),
        "code": (code_page, asked(), ""),
        "code_error": (code_page, asked("The code is not right, or has been used"), ""),
        "code_none_yet": (code_page, asked(set_up_href="#"), ""),
        "go_on": ("account/go_on.jinja", account.GoOnPage(title="Northshire council", href="#"), ""),
        "password": ("account/password.jinja", chosen(), ""),
        "password_error": ("account/password.jinja", chosen("This password is too common.", common.LONG_NAME), ""),
        "password_change": ("account/password.jinja", changed(), ""),
        "password_change_error": ("account/password.jinja", changed("That is not your password"), ""),
        "second_factor": (second, second_factor(), ""),
        "second_factor_error": (second, second_factor("The code is not the one shown now"), ""),
        "recovery_codes": ("account/recovery_codes.jinja", codes, ""),
        "account": ("account/account.jinja", mine(), ""),
        "account_long": ("account/account.jinja", mine(long=True), ""),
        "account_made_up": ("account/account.jinja", made_up, ""),
        "kept": ("account/kept.jinja", kept(), ""),
        "kept_long": ("account/kept.jinja", kept(f"{common.LONG_WORD * 3} {common.LONG_TEXT}"), ""),
        "kept_nothing": ("account/kept.jinja", account.KeptPage(forms=(), on_href="/"), ""),
        "users": ("account/users.jinja", account.UsersPage(users=(line(), line(long=True))), ""),
        "user": ("account/user.jinja", user(), ""),
        "user_long": ("account/user.jinja", user(long=True), ""),
    }
