"""A help that one agency tells of in two files stands once on the child's page, with whoever is named for it."""

import datetime
import uuid
from typing import Any

from joinedup.delivery.records import queries as records_queries
from joinedup.web.practitioner import showing

SINCE = datetime.date(2025, 12, 1)


def line(**given: Any) -> records_queries.HelpLine:
    plain = {
        "agency_id": uuid.UUID(int=1),
        "agency_phone": "",
        "answers": False,
        "kind": "child_in_need",
        "level": "specialist",
        "service": "Children's social care",
        "started_date": SINCE,
        "ended_date": None,
        "practitioner": "",
        "phone": "01632 960103",
        "agency_name": "Northshire",
        "source_record_id": uuid.uuid4(),
    }
    return records_queries.HelpLine(**{**plain, **given})


TEAM = {"service": "Child in need team west", "practitioner": "Leroy Khatri"}


def services(*lines: records_queries.HelpLine) -> list[str]:
    return [one.service for one in showing.involvements("2MCVARXQQ", lines)]


def test_by_the_team_and_its_person_where_another_file_names_the_agency_alone():
    assert services(line(), line(**TEAM)) == ["Child in need team west"]


def test_twice_where_it_began_on_another_day_or_another_agency_says_so():
    assert len(services(line(started_date=datetime.date(2025, 12, 19)), line(**TEAM))) == 2
    assert len(services(line(agency_name="Southshire"), line(**TEAM))) == 2
    assert len(services(line(kind="child_protection"), line(**TEAM))) == 2


def test_twice_where_no_day_is_known_or_another_person_is_named():
    assert len(services(line(started_date=None), line(**TEAM, started_date=None))) == 2
    assert len(services(line(practitioner="Ada Moss"), line(**TEAM))) == 2


def test_whoever_answers_is_never_left_out():
    answering = line()

    shown = showing.involvements("2MCVARXQQ", [answering, line(**TEAM)], answering=answering)

    assert [one.service for one in shown if one.answers] == ["Children's social care"]
