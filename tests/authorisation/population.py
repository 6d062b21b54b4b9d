"""A small population for the tables: one person for each role and home, one child for each ground, seal and conflict.

Belongs here: writing it, and what each row of it says. Grounds by involvement come about as the product makes them;
the others are rows that its jobs would write. Every row bears a word that occurs nowhere else.
"""

import dataclasses
import datetime
import itertools
import uuid
from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone

from joinedup.delivery.agencies import models as agencies
from joinedup.delivery.agencies import rules as agencies_rules
from joinedup.delivery.records import models as records
from joinedup.delivery.records import rules as records_rules
from joinedup.foundation import ids
from joinedup.foundation.access import models as access
from joinedup.outcomes.people import models as people
from joinedup.processes.childindex import models as childindex
from joinedup.processes.childindex.operations import indexing, summaries
from tests.authorisation import expectations
from tests.integration.childindex import alone

#: Agencies by the letter that their rows bear: another ordinary one, the ordinary home, and one that is guarded.
KINDS = {"o": "council_education", "h": "community_health", "g": "police"}
HOMES = ("h", "g")
SEALS = ("open", "sealed", "past")
#: Rows that a person record holds, and their tier.
TIER_OF = {"c1": 1, "c2": 2, "c3": 3, "c4": 4, "service": 1, "relative": 1, "preferred": 1}
_KIND_OF = {"c1": "school", "c2": "immunisation", "c3": "referral", "c4": "police"}
_LEVELS = {"E": ("school", "universal"), "I": ("child_in_need", "targeted")}
#: What each agency's one refused row says of its reason.
REFUSED = "refusedbecause"
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_LONG_AGO = datetime.date(2019, 4, 1)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who looks."""

    id: uuid.UUID
    role: str
    home: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A child of the population, as the test knows them.

    Shapes: `home` says to which home's people the ground ties; `records` source records by the agency's letter.
    """

    id: uuid.UUID
    code: str
    number: str
    ground: str
    seal: str
    is_in_conflict: bool
    home: str
    family: str
    born: datetime.date
    address: str
    records: dict[str, uuid.UUID]

    def word(self, agency: str, row: str) -> str:
        """Return the word that only this row bears."""
        return word(self.code, agency, row)

    def raw(self, agency: str) -> str:
        """Return what only the bytes of this agency's row hold."""
        return raw(self.code, agency)

    def words(self) -> Iterator[tuple[str, str, str]]:
        """Return agency, row and word of all that is kept of this child."""
        for agency, row in itertools.product(KINDS, TIER_OF):
            yield agency, row, self.word(agency, row)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Everyone."""

    people: tuple[Person, ...]
    children: tuple[Subject, ...]
    agency_ids: dict[str, uuid.UUID]
    batch_ids: dict[str, uuid.UUID]

    def of(self, home: str) -> tuple[list[Person], list[Subject]]:
        """Return the people of one home, and the children to whom grounds tie them."""
        return [one for one in self.people if one.home == home], [one for one in self.children if one.home == home]

    def person(self, role: str, home: str = "h") -> Person:
        return next(one for one in self.people if (one.role, one.home) == (role, home))

    def child(self, ground: str, seal: str = "open", *, is_in_conflict: bool = False, home: str = "h") -> Subject:
        wanted = (ground, seal, is_in_conflict, home)
        return next(one for one in self.children if (one.ground, one.seal, one.is_in_conflict, one.home) == wanted)


def word(code: str, agency: str, row: str) -> str:
    return f"mark{code}{agency}{row}end"


def case(person: Person, child: Subject, *, has_reason: bool) -> expectations.Case:
    """Return the question that the second table answers for this person and this child."""
    is_tied = person.home == child.home
    return expectations.Case(
        roles=frozenset({person.role}),
        grounds=frozenset({child.ground} - {"N"}) if is_tied else frozenset(),
        is_sealed=child.seal != "open",
        is_past_seal=is_tied and child.seal == "past" and person.role in expectations.OVERRIDES,
        is_in_conflict=is_tied and child.is_in_conflict,
        has_reason=has_reason,
    )


def expected_words(person: Person, child: Subject, *, has_reason: bool) -> set[str]:
    """Return the words that this person may read of this child."""
    asked = case(person, child, has_reason=has_reason)
    return {
        found
        for agency, row, found in child.words()
        if expectations.shows(
            asked,
            tier=TIER_OF[row],
            is_own=agency == person.home,
            lowest_tier=agencies_rules.LOWEST_TIERS.get(KINDS[agency], 1),
        )
    }


def raw(code: str, agency: str) -> str:
    return f"bytes{code}{agency}end"


@transaction.atomic
def fill() -> Population:
    """Write everyone into an empty database, past every policy, as the server's administrator."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
    now_at = timezone.now()
    agency_ids = _agencies()
    everyone = _people(agency_ids)
    batches = _batches(agency_ids, now_at)
    run = alone.run(now_at)
    children = [
        _child(place, *what, agency_ids=agency_ids, batches=batches, run=run, at=now_at)
        for place, what in enumerate(_kinds_of_children())
    ]
    _write_file(batches["o"].file)
    summaries.refresh_all(at=now_at)
    _grounds(everyone, children, now_at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Population(
        people=everyone,
        children=tuple(children),
        agency_ids=agency_ids,
        batch_ids={letter: batch.id for letter, batch in batches.items()},
    )


def _kinds_of_children() -> Iterator[tuple[str, str, str, bool]]:
    for home, ground, seal, is_in_conflict in itertools.product(HOMES, expectations.GROUNDS, SEALS, (False, True)):
        if seal != "past" or ground == "B":
            yield home, ground, seal, is_in_conflict


def _agencies() -> dict[str, uuid.UUID]:
    made = {}
    for letter, kind in KINDS.items():
        agency = agencies.Agency.objects.create(
            code=f"agency-{letter}",
            name=f"Agency {letter}",
            kind=kind,
            phone="",
            lowest_tier=agencies_rules.LOWEST_TIERS.get(kind, 1),
        )
        agencies.Team.objects.create(agency=agency, code="*", name=agency.name, is_whole_agency=True)
        made[letter] = agency.id
    return made


def _people(agency_ids: dict[str, uuid.UUID]) -> tuple[Person, ...]:
    everyone = tuple(
        Person(id=ids.uuid7(), role=role, home=home) for home, role in itertools.product(HOMES, expectations.ROLES)
    )
    access.User.objects.bulk_create(
        access.User(id=one.id, username=f"{one.role}-{one.home}", display_name="Someone", password="!")
        for one in everyone
    )
    access.RoleHeld.objects.bulk_create(access.RoleHeld(user_id=one.id, role=one.role) for one in everyone)
    agencies.Practitioner.objects.bulk_create(
        agencies.Practitioner(user_id=one.id, agency_id=agency_ids[one.home], job_title="Someone") for one in everyone
    )
    return everyone


def _batches(agency_ids: dict[str, uuid.UUID], at: datetime.datetime) -> dict[str, records.Batch]:
    """Make a loading of each agency's, of one file that holds the rows of all."""
    file = records.SourceFile.objects.create(
        sha256=b"a" * 32, name="all.csv", size_bytes=1, is_complete=True, received_at=at
    )
    made = {
        letter: records.Batch.objects.create(
            agency_id=agency_id,
            file=file,
            file_name="all.csv",
            format="csv_person_list",
            state="loaded",
            received_at=at,
            received_by_name="test",
            rows_read=1,
            rows_refused=1,
        )
        for letter, agency_id in agency_ids.items()
    }
    for batch in made.values():
        records.Refusal.objects.create(batch=batch, line_number=1, byte_start=0, byte_length=20, reasons=[REFUSED])
    return made


def _write_file(file: records.SourceFile) -> None:
    """Keep the bytes that the source records point to: a word each, that only the agency which sent it may read."""
    content = b""
    for source in records.SourceRecord.objects.order_by("line_number"):
        source.byte_start = len(content)
        code = bytes(source.message_hash).decode().rstrip(".")
        content += raw(code[:-1], code[-1]).encode()
        source.byte_length = len(content) - source.byte_start
        source.save(update_fields=["byte_start", "byte_length"])
    records.SourceFileChunk.objects.create(file=file, position=0, content=content)


def _family(place: int) -> str:
    """Return a family name that neither looks nor sounds like another's."""
    letters = []
    for step in range(4):
        place, letter = (
            divmod(place * 37 + 11 * step, len(_CONSONANTS)) if step == 0 else divmod(place, len(_CONSONANTS))
        )
        letters.append(_CONSONANTS[letter] + _VOWELS[(letter + step) % len(_VOWELS)])
    return "".join(letters).capitalize()


def _child(place, home, ground, seal, is_in_conflict, *, agency_ids, batches, run, at) -> Subject:
    child = people.Child.objects.create(number=ids.new_child_number(), minted_at=at, is_sealed=seal != "open")
    if seal != "open":
        access.Seal.objects.create(
            subject_id=child.id, reason="test", asked_by_id=ids.uuid7(), agreed_by_id=ids.uuid7(), started_at=at
        )
    subject = Subject(
        id=child.id,
        code=f"{place:03d}",
        number=child.number,
        ground=ground,
        seal=seal,
        is_in_conflict=is_in_conflict,
        home=home,
        family=_family(place),
        born=datetime.date(2010, 1, 13) + datetime.timedelta(days=3 * place),
        # Twelve live together, which is as many as a page names beside a child. Where a sealed child lives, others are
        # not said to live.
        address=f"{place // 12 + 1} Long Lane" if seal == "open" else f"{place // 12 + 501} Far Lane",
        records={},
    )
    for agency in KINDS:
        subject.records[agency] = _say(subject, agency, agency_ids[agency], batches[agency], run, at)
    return subject


def _say(subject: Subject, agency: str, agency_id: uuid.UUID, batch: records.Batch, run, at) -> uuid.UUID:
    """Write one agency's person record with all that it says, and link it."""
    person = records.PersonRecord.objects.create(
        agency_id=agency_id, scheme="test", local_id=subject.code, first_received_at=at
    )
    childindex.Link.objects.create(person_record=person, child_id=subject.id, run=run, made_at=at)
    source = records.SourceRecord.objects.create(
        batch=batch,
        agency_id=agency_id,
        person_record=person,
        table="people",
        message_hash=f"{subject.code}{agency}".encode().ljust(16, b"."),
        content_hash=b"c" * 16,
        line_number=int(subject.code) * len(KINDS) + list(KINDS).index(agency),
        byte_start=0,
        byte_length=0,
    )
    shared = {"source_record": source, "person_record": person}
    identity = records_rules.Identity(
        given_name="Ada",
        family_name=subject.family,
        preferred_name=subject.word(agency, "preferred"),
        birth_date=subject.born,
        sex="F",
        address=subject.address if agency != "g" else "",
        postcode="ZZ1 1AA" if agency != "g" else "",
    )
    stated = {field.name: getattr(identity, field.name) for field in dataclasses.fields(identity)}
    records.IdentityStatement.objects.create(
        **shared, identity_hash=b"i" * 16, **{**stated, "former_nhs_numbers": None}
    )
    indexing.index_identities([(person.id, identity)])
    kind, level = _LEVELS.get(subject.ground, ("school", "universal"))
    is_present = agency == "o" or (agency == subject.home and subject.ground in _LEVELS)
    records.Involvement.objects.create(
        **shared,
        kind=kind,
        level=level,
        service=subject.word(agency, "service"),
        started_date=_LONG_AGO,
        ended_date=None if is_present else _LONG_AGO,
    )
    records.Relative.objects.create(**shared, relationship="mother", name=subject.word(agency, "relative"))
    for row, kind_of_row in _KIND_OF.items():
        records.ChronologyEntry.objects.create(
            **shared, kind=kind_of_row, words=subject.word(agency, row), happened_date=_LONG_AGO
        )
    return source.id


def _grounds(everyone: tuple[Person, ...], children: list[Subject], now_at: datetime.datetime) -> None:
    began_at, ends_at = now_at - datetime.timedelta(minutes=5), now_at + datetime.timedelta(minutes=55)
    held = []
    for person, child in itertools.product(everyone, children):
        if person.home != child.home:
            continue
        letters = {child.ground} - {"N", *_LEVELS} | ({"X"} if child.is_in_conflict else set())
        held += [
            access.GroundHeld(
                user_id=person.id,
                subject_id=child.id,
                ground=letter,
                origin="test",
                is_past_seal=letter == "B" and child.seal == "past" and person.role in expectations.OVERRIDES,
                started_at=began_at,
                ended_at=ends_at,
            )
            for letter in sorted(letters)
        ]
    access.GroundHeld.objects.bulk_create(held, batch_size=2000)
