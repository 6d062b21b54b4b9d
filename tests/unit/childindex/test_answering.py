"""Who answers for a child, when several lines of one agency's records claim it."""

import dataclasses
import datetime

from joinedup.processes.childindex import rules


@dataclasses.dataclass(frozen=True)
class Claim:
    answers: bool = True
    practitioner: str = ""
    started_date: datetime.date | None = None


def test_a_person_with_a_name_answers_before_a_workers_code_that_is_newer():
    named = Claim(practitioner="Bev Farrow", started_date=datetime.date(2023, 12, 12))
    coded = Claim(practitioner="SW134", started_date=datetime.date(2025, 4, 1))

    assert rules.who_answers([coded, named]) is named


def test_of_two_named_people_the_one_who_began_last_answers():
    before = Claim(practitioner="Bev Farrow", started_date=datetime.date(2023, 12, 12))
    now = Claim(practitioner="Ann Lee", started_date=datetime.date(2024, 1, 5))

    assert rules.who_answers([now, before]) is now


def test_nobody_answers_where_no_record_claims_it():
    assert rules.who_answers([Claim(answers=False, practitioner="Bev Farrow")]) is None
