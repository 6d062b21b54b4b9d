"""Children of the census as the tests want them: one plain child, any child, and what the reader answers.

Belongs here: builders. Not here: what must be true of them (the tests).
"""

import datetime
import io

from hypothesis import strategies as st

from joinedup.exchange.cin_census import read, schema, write
from joinedup.exchange.opening import formats

ON = datetime.date(2026, 11, 21)
HEADER = schema.Header(
    year=2026,
    reference_date=datetime.date(2026, 3, 31),
    lea="201",
    sent_at=datetime.datetime(2026, 5, 1, 9, 30, tzinfo=datetime.UTC),
)


def day(*parts):
    return datetime.date(*parts)


def a_child(**changes):
    values = {
        "la_child_id": "C1001",
        "upn": "H801200001001",
        "birth_date": day(2015, 5, 1),
        "sex": "F",
        "ethnicity": "WBRI",
        "disabilities": ("AUT", "LD"),
        "episodes": (
            schema.Episode(
                referral_date=day(2025, 4, 7),
                referral_source="2A",
                primary_need="N1",
                conference_date=day(2025, 4, 28),
                assessments=(
                    schema.Assessment(
                        started_date=day(2025, 4, 8), authorised_date=day(2025, 5, 6), factors=("3B", "17A")
                    ),
                ),
                in_need_plans=(schema.InNeedPlan(started_date=day(2025, 5, 6), ended_date=day(2025, 5, 7)),),
                section47s=(
                    schema.Section47(
                        started_date=day(2025, 4, 9),
                        conference_target_date=day(2025, 5, 1),
                        conference_date=day(2025, 4, 28),
                    ),
                ),
                protection_plans=(
                    schema.ProtectionPlan(
                        started_date=day(2025, 4, 28),
                        first_category="NEG",
                        latest_category="EMO",
                        previous_plans=1,
                        review_dates=(day(2025, 7, 21), day(2026, 1, 12)),
                    ),
                ),
            ),
        ),
    }
    return schema.Child(**(values | changes))


def written(*children):
    out = io.BytesIO()
    write.write(children, out, header=HEADER)
    return out.getvalue()


def answers(content, *, first_byte=0):
    source = content if isinstance(content, formats.Source) else formats.Source.of_bytes("cin.xml", content)
    recognised = read.recognise(source.head())
    assert recognised is not None
    if first_byte:
        source = source.resuming_at(first_byte=first_byte, first_line=1)
    return list(read.read(source, recognised, formats.Context(on=ON)))


def kinds(found):
    return [type(answer).__name__ for answer in found]


def children_of(*ids, declaration=b"", before=b""):
    body = b"".join(
        b"<Child><ChildIdentifiers><LAchildID>%b</LAchildID><PersonBirthDate>2015-05-01</PersonBirthDate><Sex>F</Sex>"
        b"</ChildIdentifiers></Child>\n" % child_id
        for child_id in ids
    )
    return declaration + b"<Message>\n<Children>\n" + before + body + b"</Children></Message>"


def date_between(first, last):
    return st.dates(min_value=first, max_value=last)


DATES = date_between(day(2008, 1, 1), day(2026, 3, 31))
MAYBE = st.none() | DATES
PLANS = st.builds(
    schema.ProtectionPlan,
    started_date=DATES,
    ended_date=MAYBE,
    first_category=st.sampled_from(sorted(schema.CATEGORIES_OF_ABUSE)),
    latest_category=st.sampled_from(sorted(schema.CATEGORIES_OF_ABUSE)),
    previous_plans=st.integers(0, 9),
    review_dates=st.lists(DATES, max_size=3).map(tuple),
)
EPISODES = st.builds(
    schema.Episode,
    referral_date=DATES,
    referral_source=st.sampled_from(sorted(schema.REFERRAL_SOURCES)),
    primary_need=st.sampled_from(["", *schema.PRIMARY_NEEDS]),
    closure_date=MAYBE,
    closure_reason=st.sampled_from(["", *schema.CLOSURE_REASONS]),
    conference_date=MAYBE,
    assessments=st.lists(
        st.builds(
            schema.Assessment,
            started_date=DATES,
            review_date=MAYBE,
            authorised_date=MAYBE,
            factors=st.lists(st.sampled_from(schema.ASSESSMENT_FACTORS), max_size=3).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    in_need_plans=st.lists(st.builds(schema.InNeedPlan, started_date=DATES, ended_date=MAYBE), max_size=2).map(tuple),
    section47s=st.lists(
        st.builds(
            schema.Section47,
            started_date=DATES,
            conference_target_date=MAYBE,
            conference_date=MAYBE,
            conference_not_required=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    no_further_action=st.booleans(),
    protection_plans=st.lists(PLANS, max_size=2).map(tuple),
)
CHILDREN = st.builds(
    schema.Child,
    la_child_id=st.from_regex(r"[A-Za-z0-9&<>'\"]{1,20}", fullmatch=True),
    upn=st.sampled_from(["", "H801200001001"]),
    former_upn=st.just(""),
    upn_unknown=st.sampled_from(["", *schema.UPN_UNKNOWN_REASONS]),
    birth_date=MAYBE,
    expected_birth_date=MAYBE,
    sex=st.sampled_from(sorted(schema.SEXES)),
    death_date=MAYBE,
    ethnicity=st.sampled_from(sorted(schema.ETHNICITIES)),
    disabilities=st.lists(st.sampled_from(sorted(schema.DISABILITIES)), max_size=3).map(tuple),
    episodes=st.lists(EPISODES, min_size=1, max_size=2).map(tuple),
)
