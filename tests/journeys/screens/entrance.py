"""Sign-in, Home, About and the error pages, in every state."""

import dataclasses
import datetime
from typing import Any

from joinedup.web import presenters
from joinedup.web.entrance import presenters as entrance
from tests.journeys.screens import common


def personas(long: bool = False) -> tuple[entrance.PersonaGroup, ...]:
    people = {
        "Front line": [
            (
                "amara",
                "Amara Okafor",
                "Front-door officer",
                "Northshire council",
                "Looks up a child when a call comes in",
            ),
            ("tom", "Tom Whitaker", "Social worker", "Northshire council", "Leads the team around a child"),
            ("grace", "Grace Lim", "Teacher", "Holly Bank primary school", "Asks for help for a child in her class"),
            (
                "huda",
                "Huda Rahman",
                "Health visitor",
                "Northshire community health",
                "Sees families with young children",
            ),
        ],
        "Records and returns": [
            ("piotr", "Piotr Zając", "Index steward", "Northshire council", "Confirms or parts possible links"),
            ("beth", "Beth Morgan", "Analyst", "Northshire council", "Brings in files and checks returns"),
        ],
    }
    return tuple(
        entrance.PersonaGroup(
            heading=heading,
            personas=tuple(
                entrance.Persona(
                    value=value,
                    name=common.LONG_NAME if long else name,
                    role=common.LONG_TEXT if long else role,
                    agency=common.LONG_WORD if long else agency,
                    does=does,
                )
                for value, name, role, agency, does in rows
            ),
        )
        for heading, rows in people.items()
    )


def figures() -> tuple[presenters.Figure, ...]:
    figure = presenters.Figure
    tone = presenters.Tone
    return (
        figure(value=10_012, words="children known", hint="One page for each, from 180,397 records"),
        figure(
            value=214,
            words="children no one answers for",
            href="#",
            tone=tone.CARE,
            hint="Known to more than one service, and none has said that it answers",
        ),
        figure(
            value=389,
            words="possible links to look at",
            href="#",
            tone=tone.CARE,
            hint="Too unsure to join without a person",
        ),
        figure(
            value=1_288,
            words="children on whom agencies differ",
            href="#",
            hint="On name, date of birth, address or a number",
        ),
        figure(
            value=726,
            words="rows refused in the last files",
            href="#",
            tone=tone.ALARM,
            hint="With reasons, to be put right at the source",
        ),
    )


def feeds() -> tuple[entrance.AgencyFeed, ...]:
    rows = (
        ("Northshire council, children in need", 9_412, 1_871, 38, 2),
        ("Northshire schools", 118_204, 9_021, 412, 1),
        ("NHS patients", 10_344, 10_102, 7, 3),
        ("Northshire police", 2_418, 1_655, 61, 40),
        ("Youth justice service", 611, 404, 0, 9),
        ("Leisure and sport", 31_077, 4_210, 120, 5),
        ("Voluntary sector", 8_331, 1_904, 88, 5),
    )
    return tuple(
        entrance.AgencyFeed(
            agency=agency,
            records=records,
            files=children,
            refused=refused,
            last_received_at=common.NOW - datetime.timedelta(days=days_ago),
            href="#",
            tag=presenters.Tag(text="Late", tone=presenters.Tone.CARE) if days_ago > 31 else None,
        )
        for agency, records, children, refused, days_ago in rows
    )


def home(**changes: Any) -> entrance.HomePage:
    return dataclasses.replace(
        entrance.HomePage(
            greeting="Good afternoon, Amara",
            on=common.TODAY,
            find_href="/find",
            tasks=(common.link("Bring in files"),),
            figures=figures(),
            feeds=feeds(),
        ),
        **changes,
    )


PROBLEMS = {
    400: (
        "That request could not be understood",
        "The page may have been open for a long time, or the address was changed.",
    ),
    403: ("You may not see this", "Your role does not open this page."),
    404: ("This page was not found", "The address may be mistyped, or the search it belongs to has expired."),
    500: ("Something went wrong on our side", "The page could not be made."),
    503: ("Joinedup is not available for the moment", "The records cannot be reached."),
}


def problem(code: int) -> presenters.Problem:
    heading, happened = PROBLEMS[code]
    return presenters.Problem(
        heading=heading,
        happened=happened,
        kept="Nothing was changed, and nothing that was saved before is lost.",
        what_to_do=("Go back and try once more.",),
        links=(common.link("Home", "/"),),
        reference="7F3K2M" if code == 500 else "",
    )


def states() -> dict[str, common.State]:
    sign_in, at_home = "entrance/sign_in.jinja", "entrance/home.jinja"
    nothing_yet = presenters.EmptyState(
        heading="No records yet",
        words="Bring in the first file to begin.",
        action=common.link("Bring in files", "/files"),
    )
    wrong = entrance.SignInPage(action_href="#", groups=personas(long=True), error="Choose one of the people below")
    return {
        "sign_in": (sign_in, entrance.SignInPage(action_href="#", groups=personas()), ""),
        "sign_in_error": (sign_in, wrong, ""),
        "home": (at_home, home(), "Home"),
        "home_empty": (at_home, home(empty=nothing_yet, find_href="", figures=(), feeds=()), "Home"),
        "about": ("entrance/about.jinja", None, ""),
    } | {f"problem_{code}": ("errors/problem.jinja", problem(code), "") for code in PROBLEMS}
