"""The leisure trust and two charities: attendance at sessions, row by row.

Belongs here: projecting memberships onto sessions. Not here: who joins what (happenings).
"""

import dataclasses
import datetime
import random
from collections.abc import Iterator

from joinedup.exchange.csv_attendance import schema, write
from joinedup.synthesis import values
from joinedup.synthesis.agencies import desk as desks
from joinedup.synthesis.calendar_days import DAY

PROVIDERS = {
    "leisure": ("leisure", "NLT", "Northshire Leisure Trust", desks.phone(403)),
    "youth_club": ("voluntary", "BRC", "Bridge Youth Charity", desks.phone(404)),
    "family_support": ("voluntary", "HTF", "Hearth Family Charity", desks.phone(405)),
}


def write_files(desk: desks.Desk) -> Iterator[desks.FileWritten]:
    """Write the sessions of a year in one file."""
    name = f"attendance_{desk.ends_on.year - 1}_{desk.ends_on.year % 100:02d}.csv"
    pairs = sorted(_sessions(desk), key=lambda pair: (pair[1].session_date or desk.ends_on, pair[1].activity))
    for place, (key, row) in enumerate(pairs):
        _note(desk, key, row, f"{desk.agency}/{name}", place + 2)
    yield desk.write(name, (row for _, row in pairs), write.write)


def _note(desk: desks.Desk, key: int, row: schema.Session, path: str, line_number: int) -> None:
    if row.member_no:
        desk.truth.record(desk.agency, "member", row.member_no, key)
    elif row.birth_date is None:
        desk.truth.fault(path, line_number, "a name with neither a number nor a date of birth")
    else:
        desk.truth.row(desk.agency, "member", path, line_number, key)


def _sessions(desk: desks.Desk) -> Iterator[tuple[int, schema.Session]]:
    members = desks.LocalNumbers(desk.seed, desk.agency, prefix=PROVIDERS[desk.agency][1])
    for life in desk.lives:
        joined = [membership for membership in life.memberships if membership.agency == desk.agency]
        if not joined:
            continue
        chance = desk.chance(life.person)
        member = members.next()
        for membership in joined:
            if membership is not joined[0] and chance.random() < 3 * desk.habits.listed_twice:
                member = members.next()
            # A drop-in keeps a register of names, and no numbers.
            shown = "" if desk.agency == "youth_club" and chance.random() < 0.2 else member
            for row in _attended(desk, life, membership, shown, chance):
                yield life.person.key, row


def _attended(
    desk: desks.Desk, life: values.Life, membership: values.Membership, member: str, chance: random.Random
) -> Iterator[schema.Session]:
    sector, code, provider, phone = PROVIDERS[desk.agency]
    said = desk.scribe.write_down(life, membership.started_date, chance)
    if said.birth_date is None and not member and chance.random() < 0.85:
        # Most who run a register see that a name alone is not enough; the others' rows are faults to be refused.
        said = dataclasses.replace(said, birth_date=life.person.birth_date)
    adult = desks.carer(life) if chance.random() < 0.7 else None
    address, carer = desks.address_line(said.address), desks.carer_name(adult)
    for day in _session_days(desk, membership):
        yield schema.Session(
            member_no=member,
            given_name=said.given,
            family_name=said.family,
            known_as=said.known_as,
            birth_date=said.birth_date,
            sex=said.sex,
            address=address,
            postcode=said.postcode,
            carer_name=carer,
            carer_phone=adult.phone if adult else "",
            sector=sector,
            provider_code=code,
            provider=provider,
            activity=membership.activity,
            joined_date=membership.started_date,
            session_date=day,
            attended="Y" if chance.random() < membership.keenness else "N",
            contact_phone=phone,
        )


def _session_days(desk: desks.Desk, membership: values.Membership) -> Iterator[datetime.date]:
    """Yield the weekly sessions of the last year; August and the turn of the year are free."""
    first = max(membership.started_date, desk.ends_on - 364 * DAY)
    last = min(membership.ended_date or desk.ends_on, desk.ends_on - DAY)
    day = first + DAY * ((membership.weekday - first.weekday()) % 7)
    while day <= last:
        if day.month != 8 and not (day.month == 12 and day.day > 20) and not (day.month == 1 and day.day < 4):
            yield day
        day += 7 * DAY
