"""Typed rows of an agency's own list of children with names, where its standard carries none or it has no standard.

Belongs here: column names and their order. Not here: what they mean for the index (rules).
"""

import dataclasses
import datetime

from joinedup.exchange.opening.columns import Need, Table, date, text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One child with names, as any agency lists the children it knows."""

    id_scheme: str = text("id_scheme", expected=False)
    local_id: str = text(
        "local_id", expected=False, aliases=("id", "child_id", "case_id", "person_id", "reference", "unique_id")
    )
    given_name: str = text("given_name", aliases=("first_name", "forename", "first_names", "forenames"))
    middle_names: str = text("middle_names", expected=False, aliases=("middle_name",))
    family_name: str = text("family_name", aliases=("last_name", "surname"))
    known_as: str = text("known_as", expected=False, aliases=("preferred_name", "preferred_given_name"))
    former_family_name: str = text(
        "former_family_name", expected=False, aliases=("former_surname", "former_last_name", "previous_surname")
    )
    birth_date: datetime.date | None = date("date_of_birth", need=Need.READABLE, aliases=("dob", "birth_date"))
    sex: str = text("sex", expected=False, aliases=("gender",))
    nhs_number: str = text("nhs_number", expected=False, aliases=("nhs_no", "nhs"))
    upn: str = text("upn", expected=False, aliases=("unique_pupil_number",))
    address: str = text("address", expected=False, aliases=("home_address",))
    postcode: str = text("postcode", expected=False, aliases=("post_code", "home_postcode"))
    carer_1_name: str = text("carer_1_name", expected=False, aliases=("carer", "parent", "parent_1_name", "carer_name"))
    carer_1_relationship: str = text("carer_1_relationship", expected=False, aliases=("parent_1_relationship",))
    carer_1_phone: str = text("carer_1_phone", expected=False, aliases=("parent_1_phone", "carer_phone"))
    carer_2_name: str = text("carer_2_name", expected=False, aliases=("parent_2_name",))
    carer_2_relationship: str = text("carer_2_relationship", expected=False, aliases=("parent_2_relationship",))
    carer_2_phone: str = text("carer_2_phone", expected=False, aliases=("parent_2_phone",))
    key_worker: str = text(
        "key_worker", expected=False, aliases=("worker", "lead_professional", "social_worker", "allocated_worker")
    )
    key_worker_phone: str = text("key_worker_phone", expected=False, aliases=("phone", "worker_phone"))
    team_code: str = text("team_code", expected=False)
    service: str = text("service", expected=False, aliases=("team", "service_name"))
    service_type: str = text("service_type", expected=False)
    level: str = text("level", expected=False)
    involved_from: datetime.date | None = date(
        "involved_from", expected=False, aliases=("started_date", "start_date", "from")
    )
    involved_to: datetime.date | None = date(
        "involved_to", expected=False, may_be_future=True, aliases=("ended_date", "end_date", "to")
    )


TABLES = (Table(code="person", title="people", row=Person, file_words=("person", "people", "children", "names")),)
