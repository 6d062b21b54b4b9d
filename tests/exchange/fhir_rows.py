"""NHS patients as the tests want them: one plain patient, any patient, and what the reader answers.

Belongs here: builders. Not here: what must be true of them (the tests).
"""

import datetime
import io
import json

from hypothesis import strategies as st

from joinedup.exchange.fhir import read, schema, write
from joinedup.exchange.opening import formats
from joinedup.foundation import text

ON = datetime.date(2026, 11, 21)


def day(*parts):
    return datetime.date(*parts)


def a_patient(**changes):
    values = {
        "id": "9000000009",
        "nhs_number": "9000000009",
        "verification": "01",
        "names": (
            schema.Name(given=("Zoë", "Ann"), family="O'Neill", started_date=day(2020, 2, 1)),
            schema.Name(use="nickname", given=("Zo",)),
            schema.Name(use="old", given=("Zoë",), family="Smith", ended_date=day(2020, 1, 31)),
        ),
        "gender": "female",
        "birth_date": day(2012, 3, 4),
        "phone": "01632960587",
        "addresses": (
            schema.Address(lines=("1 Trevelyan Square", "Leeds"), postcode="LS1 6AE", started_date=day(2021, 1, 1)),
            schema.Address(use="temp", lines=("A hospital",), postcode="LS9 7TF", started_date=day(2026, 1, 1)),
        ),
        "practices": (schema.Practice(ods_code="Y12345", started_date=day(2012, 4, 1)),),
        "contacts": (schema.Contact(relationship="MTH", given=("Mary",), family="Smith", phone="07700900001"),),
    }
    return schema.Patient(**(values | changes))


def lines_of(*rows):
    out = io.BytesIO()
    write.write(rows, out)
    return out.getvalue()


def answers(content, name="patients.ndjson", *, first_byte=0, first_line=1):
    source = content if isinstance(content, formats.Source) else formats.Source.of_bytes(name, content)
    recognised = read.recognise(source.head())
    assert recognised is not None
    if first_byte:
        source = source.resuming_at(first_byte=first_byte, first_line=first_line)
    return list(read.read(source, recognised, formats.Context(on=ON)))


def kinds(found):
    return [type(answer).__name__ for answer in found]


def resource(**changes):
    return json.loads(lines_of(a_patient())) | changes


def read_one(**changes):
    (reading,) = answers(json.dumps(resource(**changes)).encode())
    return reading


def a_number(nine):
    digit = text.nhs_check_digit(f"{nine:09d}")
    return f"{nine:09d}{digit}" if digit is not None else "9000000009"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
MAYBE = st.none() | st.dates(day(1990, 1, 1), day(2026, 11, 1))
NUMBERS = st.integers(400_000_000, 799_999_999).map(a_number)
NAMES = st.builds(
    schema.Name,
    use=st.sampled_from(["usual", "nickname", "maiden", "old", "temp"]),
    given=st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    family=st.just("") | WORDS,
    prefix=st.sampled_from(["", "Miss"]),
    started_date=MAYBE,
    ended_date=MAYBE,
)
PATIENTS = st.builds(
    schema.Patient,
    id=st.from_regex(r"[A-Za-z0-9.-]{1,20}", fullmatch=True),
    nhs_number=NUMBERS,
    verification=st.sampled_from(["", *schema.VERIFICATION_STATUSES]),
    confidentiality=st.just("U"),
    version=st.just("3"),
    names=st.lists(NAMES, max_size=3).map(tuple),
    gender=st.sampled_from(["", "male", "female", "other", "unknown"]),
    birth_date=MAYBE,
    death_date=MAYBE,
    phone=st.sampled_from(["", "01632 960587"]),
    addresses=st.lists(
        st.builds(
            schema.Address,
            use=st.sampled_from(["home", "temp", "old"]),
            lines=st.lists(WORDS, min_size=1, max_size=4).map(tuple),
            postcode=st.just("LS1 6AE"),
            started_date=MAYBE,
            ended_date=MAYBE,
        ),
        max_size=2,
    ).map(tuple),
    practices=st.lists(
        st.builds(schema.Practice, ods_code=st.just("Y12345"), started_date=MAYBE, ended_date=MAYBE), max_size=2
    ).map(tuple),
    contacts=st.lists(
        st.builds(
            schema.Contact,
            relationship=st.sampled_from([*schema.RELATIONSHIPS, "neighbour"]),
            given=st.lists(WORDS, max_size=1).map(tuple),
            family=WORDS,
            phone=st.sampled_from(["", "07700900001"]),
        ),
        max_size=2,
    ).map(tuple),
)
RELATED = st.builds(
    schema.RelatedPerson,
    id=st.from_regex(r"[A-Z0-9]{8}", fullmatch=True),
    patient_nhs_number=NUMBERS,
    relationship=st.sampled_from([*schema.RELATIONSHIPS, "neighbour"]),
    nhs_number=st.just("") | NUMBERS,
    given=st.lists(WORDS, max_size=2).map(tuple),
    family=st.just("") | WORDS,
    phone=st.sampled_from(["", "07700900001"]),
    active=st.booleans(),
    started_date=MAYBE,
    ended_date=MAYBE,
)
