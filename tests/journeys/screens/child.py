"""A child's page in every state, and a source record."""

import dataclasses
import datetime
from typing import Any

from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import presenters, waterfalls
from joinedup.web.practitioner import presenters as practitioner
from tests.journeys.screens import common, sources


def involvement(service: str, agency: str, kind: str, level: str, **more: Any) -> practitioner.Involvement:
    tone = {"Specialist": presenters.Tone.PLAIN, "Targeted": presenters.Tone.PLAIN}.get(level, presenters.Tone.QUIET)
    return practitioner.Involvement(
        service=service,
        kind=kind,
        level=presenters.Tag(text=level, tone=tone),
        sources=(common.link(agency),),
        **more,
    )


def banner(**changes: Any) -> practitioner.IdentityBanner:
    return dataclasses.replace(
        practitioner.IdentityBanner(
            name="Katarzyna Ahmed",
            child_number="7K3M9Q2XR",
            on=common.TODAY,
            birth_date=datetime.date(2022, 11, 17),
            sex="Girl",
            also_known_as=("Kasia", "Katie Nowak"),
            nhs_number="9434765919",
            upn="H801200001001",
            address="14 Chapel Street, Millbrook, NS4 7QT",
            answering=practitioner.Answering(
                service="Children's social care, Millbrook team",
                practitioner="Tom Whitaker",
                phone="01632 960 114",
                since_date=datetime.date(2025, 9, 22),
            ),
            due=(
                practitioner.Due(
                    words="Review of the child in need plan",
                    due_date=datetime.date(2026, 2, 27),
                    is_overdue=True,
                    href="#",
                ),
                practitioner.Due(words="Two-year health review", due_date=datetime.date(2026, 3, 20)),
            ),
        ),
        **changes,
    )


def said(agency: str, *day: int) -> practitioner.Statement:
    return practitioner.Statement(agency=agency, said_date=datetime.date(*day), href="#")


def facts() -> tuple[practitioner.Fact, ...]:
    fact, value = practitioner.Fact, practitioner.FactValue
    everyone = (
        said("NHS patients", 2026, 2, 27),
        said("Holly Bank nursery", 2026, 1, 15),
        said("Northshire council", 2025, 9, 22),
    )
    return (
        fact(
            label="Name",
            values=(
                value(
                    words="Katarzyna Ahmed",
                    statements=everyone[:2],
                    is_shown=True,
                    note="the latest from a verified source",
                ),
                value(words="Katie Nowak", statements=(said("Northshire council", 2025, 9, 22),)),
                value(words="Kasia Ahmad", statements=(said("Millbrook swimming club", 2025, 6, 4),)),
            ),
        ),
        fact(
            label="Date of birth",
            values=(
                value(words="17 November 2022", statements=everyone[:1], is_shown=True, note="from the NHS"),
                value(words="11 July 2022", statements=(said("Northshire police", 2025, 8, 30),)),
            ),
        ),
        fact(label="Sex", values=(value(words="Girl", statements=everyone),)),
        fact(label="NHS number", values=(value(words="943 476 5919", statements=everyone[:1], note="verified"),)),
        fact(
            label="Address",
            values=(value(words="14 Chapel Street, Millbrook, NS4 7QT", statements=everyone, is_shown=True),),
        ),
    )


def chronology(many: bool = True, **changes: Any) -> practitioner.Chronology:
    rows = (
        ((2026, 2, 27), "Health", "Weighed and measured by the health visitor", "Northshire community health"),
        ((2026, 1, 5), "School", "Started at Holly Bank nursery", "Northshire schools"),
        ((2025, 11, 14), "Social care", "Review of the child in need plan held", "Northshire council"),
        ((2025, 9, 22), "Social care", "Child in need plan began", "Northshire council"),
        ((2025, 8, 30), "Police", "Police attended the home and told children's social care", "Northshire police"),
        ((2024, 6, 4), "Leisure", "Joined parent and baby swimming", "Leisure and sport"),
        ((2022, 11, 17), "Health", "Born", "NHS patients"),
    )
    events = tuple(
        practitioner.Event(happened_date=datetime.date(*day), kind=kind, words=words, agency=agency, href="#")
        for day, kind, words, agency in rows
    )
    filters = presenters.Filters(
        action_href="#happened",
        label="Filter what happened",
        target="chronology",
        fields=(
            common.narrowing("kind", "Kind", "Everything", "Health", "School", "Social care", "Police"),
            common.narrowing("agency", "Agency", "All agencies", "Northshire police", common.LONG_TEXT),
        ),
        kept=(("sort", "oldest"),),
    )
    return dataclasses.replace(
        practitioner.Chronology(
            events=events if many else (),
            filters=filters,
            sort=(
                presenters.SortLink(text="Newest first", direction="descending"),
                presenters.SortLink(text="Oldest first", href="#"),
            ),
            jumps=tuple(common.link(str(year), f"?year={year}#happened") for year in range(2026, 2009, -1)),
            pager=presenters.Pager(first=1, last=7, total=2_031, noun="event", plural="events", next_href="#"),
        ),
        **changes,
    )


def helping_now() -> tuple[practitioner.Involvement, ...]:
    return (
        involvement(
            "Millbrook team",
            "Northshire council",
            "Child in need",
            "Specialist",
            started_date=datetime.date(2025, 9, 22),
            practitioner="Tom Whitaker, social worker",
            phone="01632 960 114",
            answers=True,
        ),
        involvement(
            "Health visiting, east",
            "Northshire community health",
            "Health visitor",
            "Universal",
            started_date=datetime.date(2022, 12, 1),
            practitioner="Huda Rahman",
            phone="01632 960 220",
        ),
        involvement(
            "Holly Bank nursery",
            "Northshire schools",
            "On the roll",
            "Universal",
            started_date=datetime.date(2026, 1, 5),
            phone="01632 960 431",
        ),
        involvement("Chapel Street surgery", "NHS patients", "Registered patient", "Universal", phone="01632 960 077"),
        involvement(
            "Home-Start Millbrook",
            "Voluntary sector",
            "Family support",
            "Targeted",
            started_date=datetime.date(2025, 10, 13),
            practitioner="Joy Adeyemi",
        ),
    )


def helped_before() -> tuple[practitioner.Involvement, ...]:
    return (
        involvement(
            "Parent and baby swimming",
            "Leisure and sport",
            "Sport and play",
            "Universal",
            started_date=datetime.date(2024, 6, 4),
            ended_date=datetime.date(2025, 3, 1),
        ),
    )


def why(*parts: tuple[str, str], words: str) -> practitioner.WhyLinked:
    steps = [childindex_rules.Step(words=said[:24], bits=-3.0 if "less" in moves else 9.5) for said, moves in parts]
    return practitioner.WhyLinked(
        words=words,
        before="odds of about 10,000 to 1 against; two records taken at random are seldom one child.",
        parts=tuple(
            practitioner.Evidence(words=said, moves=moves, is_against=step.bits < 0, bits=waterfalls.bits(step.bits))
            for (said, moves), step in zip(parts, steps, strict=True)
        ),
        picture=waterfalls.frame(
            href="#", before_bits=-13.3, after_bits=-13.3 + sum(step.bits for step in steps), comparisons=len(steps)
        ),
        by_model="Weighed by the model of 3 March 2026, 5b1c9d2e",
    )


def records() -> tuple[practitioner.LinkedRecord, ...]:
    record, since = practitioner.LinkedRecord, common.TODAY
    names = (
        ("The given names are forms of one name, or one is the name the child is known by.", "About 30 times likelier"),
        ("The birth dates have day and month exchanged.", "About 12 times likelier"),
        ("The family names differ.", "About 8 times less likely"),
    )
    return (
        record(
            agency="NHS patients",
            scheme="NHS number",
            name="Katarzyna Ahmed",
            linked_date=since,
            href="#",
            why=why(
                ("The NHS numbers are the same.", "About 97,000 times likelier"),
                ("The addresses are the same.", "About 5,500 times likelier"),
                words="Odds of more than a million to 1 for this being the same child as in a record of Northshire council.",
            ),
        ),
        record(
            agency="Northshire council",
            scheme="Case number",
            name="Katie Nowak",
            linked_date=since,
            href="#",
            why=practitioner.WhyLinked(words="This was the child's first record; the others were compared with it."),
        ),
        record(
            agency=common.LONG_TEXT,
            scheme="Police reference",
            name=common.LONG_NAME,
            linked_date=since,
            why=why(
                *names,
                words="Odds of about 4,000 to 1 for this being the same child as in a record that is no longer linked here.",
            ),
        ),
    )


def looks() -> tuple[practitioner.Look, ...]:
    marks = (
        None,
        presenters.Tag(text="Refused", tone=presenters.Tone.CARE),
        presenters.Tag(text="Override", tone=presenters.Tone.ALARM),
    )
    return tuple(
        practitioner.Look(
            at=common.NOW,
            who=common.LONG_NAME if n else "Beth Morgan",
            role="Front-door officer",
            agency=common.LONG_WORD if n else "",
            what="The page of a child at the same address",
            purpose="A worry, or a request for help",
            times=n + 1,
            mark=mark,
        )
        for n, mark in enumerate(marks)
    )


def child(**changes: Any) -> practitioner.ChildPage:
    relation = practitioner.Relationship
    return dataclasses.replace(
        practitioner.ChildPage(
            banner=banner(),
            why_looking="You are looking because of your work with this child. That you looked is written down.",
            what_is_shown="Your work shows you who the child is and whom to ring.",
            back=common.link("Children found"),
            helping_now=helping_now(),
            helped_before=helped_before(),
            facts=facts(),
            relationships=(
                relation(
                    relationship="Mother",
                    name="Marta Nowak",
                    phone="07700 900 123",
                    sources=(common.link("Northshire council"),),
                ),
                relation(
                    relationship="Brother", name="Adam Ahmed", href="#", sources=(common.link("Northshire council"),)
                ),
                relation(relationship="Carer", name=""),
            ),
            chronology=chronology(),
            records=records(),
            looks=looks(),
        ),
        **changes,
    )


def bare_child() -> practitioner.ChildPage:
    unborn = banner(
        name="Baby Nowak",
        birth_date=None,
        expected_birth_date=datetime.date(2026, 6, 1),
        sex="",
        also_known_as=(),
        nhs_number="",
        upn="",
        address="",
        answering=None,
        due=(),
        tags=(presenters.Tag(text="Not born yet"),),
    )
    empty = chronology(many=False, pager=None, sort=(), jumps=())
    return child(
        banner=unborn,
        back=None,
        helping_now=(),
        helped_before=(),
        facts=(),
        relationships=(),
        looks=(),
        chronology=empty,
        records=(),
    )


def long_child() -> practitioner.ChildPage:
    helping = tuple(
        involvement(
            f"{common.LONG_TEXT} {common.LONG_WORD}",
            common.LONG_WORD,
            common.LONG_TEXT,
            "Specialist",
            practitioner=common.LONG_NAME,
            phone="+44 1632 960 114",
            started_date=common.TODAY,
        )
        for _ in range(3)
    )
    value = practitioner.FactValue(
        words=common.LONG_NAME,
        statements=tuple(said(f"{common.LONG_TEXT} {n}", 2025, 1, n) for n in range(1, 8)),
        is_shown=True,
    )
    odd = practitioner.FactValue(words=common.LONG_WORD * 2, statements=(said(common.LONG_WORD, 2025, 2, 2),))
    event = practitioner.Event(
        happened_date=common.TODAY,
        ended_date=common.TODAY,
        kind=common.LONG_TEXT,
        words=f"{common.LONG_TEXT} {common.LONG_WORD}",
        agency=common.LONG_WORD,
        href="#",
    )
    known = tuple(practitioner.Fact(label=label, values=(value, odd, odd, odd, odd)) for label in ("Name", "Address"))
    return child(
        banner=banner(
            name=common.LONG_NAME,
            also_known_as=(common.LONG_NAME, common.LONG_WORD),
            address=f"{common.LONG_TEXT}, {common.LONG_WORD}, NS4 7QT",
        ),
        helping_now=helping,
        facts=known,
        chronology=chronology(events=(event,) * 3),
    )


def states() -> dict[str, common.State]:
    page, record = "practitioner/child.jinja", "practitioner/source_record.jinja"
    return {
        "child": (page, child(), ""),
        "child_empty": (page, bare_child(), ""),
        "child_filtered_to_nothing": (page, child(chronology=chronology(many=False, is_filtered=True)), ""),
        "child_in_an_emergency": (
            page,
            child(
                warning=f"This record is sealed. {common.LONG_TEXT}",
                finish_href="#",
                emergency_href="#",
                step_up_href="#",
            ),
            "",
        ),
        "child_long": (page, long_child(), ""),
        "source_record": (record, sources.source_record(), ""),
        "source_record_withheld": (record, sources.source_record(raw=False), ""),
    }
